"""Pictures in answers, kept in the database: one backup has all, and several web hosts show the same."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.imaging import NAME
from articles.querysets import PictureManager


class PictureData(models.BinaryField):
    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValueError as error:
            raise ValidationError(_("This is no picture in Base64.")) from error


class Picture(models.Model):
    """A picture as readers get it; the name is made of its content, so it never changes under a name."""

    name = models.CharField(_("name"), max_length=60, unique=True, validators=[RegexValidator(rf"^{NAME}\Z")])
    data = PictureData(_("content"))
    width = models.PositiveSmallIntegerField(_("width"))
    height = models.PositiveSmallIntegerField(_("height"))
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = PictureManager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:picture", args=[self.name])

    def natural_key(self) -> tuple[str]:
        return (self.name,)
