"""What an article said before, and what it is to say once somebody who publishes has looked."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article

MOST_NOTE = 200


class Version(models.Model):
    """The whole of an article with its pairs and topics at one moment, and whose work it is.

    The content is made by articles.revisions: {"article": fields, "pairs": in order, each with its number and topics}.
    """

    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    # Who made it is told when the account is gone, too.
    made_by_name = models.CharField(_("name of who made it"), max_length=150, blank=True)
    note = models.CharField(_("what changed"), max_length=MOST_NOTE, blank=True)
    content = models.JSONField(_("content"))
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True


class RevisionManager(models.Manager):
    def get_by_natural_key(self, slug: str, number: int):
        return self.get(article__slug=slug, number=number)


class Revision(Version):
    """A version that was the article's. What is stored stays as it is, but for the newest if it saved itself."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("number"))
    size = models.PositiveIntegerField(_("characters"))
    # By a form that saves itself: the same person's next version takes its place within the hour.
    is_autosaved = models.BooleanField(_("saved by itself"), default=False)
    approved_by_name = models.CharField(_("name of who adopted it"), max_length=150, blank=True)

    objects = RevisionManager()

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of articles")
        ordering = ["article", "-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_unique")]

    def __str__(self) -> str:
        return f"#{self.number}"

    def natural_key(self) -> tuple[str, int]:
        return (*self.article.natural_key(), self.number)

    natural_key.dependencies = ["articles.article"]


class PendingRevisionManager(models.Manager):
    def get_by_natural_key(self, slug: str):
        return self.get(article__slug=slug)


class PendingRevision(Version):
    """What a live article is to say once it is adopted. New pairs have no number yet."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="pending_revision", verbose_name=_("article"))
    # What the article said when the revision was made from it.
    base_digest = models.CharField(max_length=64)
    returned_at = models.DateTimeField(_("sent back at"), null=True, blank=True)
    returned_by_name = models.CharField(_("name of who sent it back"), max_length=150, blank=True)
    reply = models.CharField(_("why it was sent back"), max_length=500, blank=True)

    objects = PendingRevisionManager()

    class Meta:
        verbose_name = _("revision to be adopted")
        verbose_name_plural = _("revisions to be adopted")
        constraints = [
            models.CheckConstraint(
                name="pendingrevision_returned_by_somebody",
                condition=models.Q(returned_at__isnull=True, reply="") | models.Q(returned_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.made_by_name

    def natural_key(self) -> tuple[str]:
        return self.article.natural_key()

    natural_key.dependencies = ["articles.article"]

    @property
    def is_returned(self) -> bool:
        return self.returned_at is not None
