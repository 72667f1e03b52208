"""Pictures for answers: put in from the form, and the list of all."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.admin.desk import DeskAdmin
from articles.imaging import PictureRefused, prepare_picture
from articles.models import Picture


class PictureUpload:
    """Where the article form sends a picture that is chosen, pasted or dropped."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [path("add-picture/", wrap(self.add_picture), name="articles_article_add_picture")]
        return own + super().get_urls()

    @method_decorator([require_POST, never_cache])
    def add_picture(self, request):
        """Store the picture and answer with its address; with one sentence where it cannot be shown."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        file = request.FILES.get("picture")
        try:
            if file is None:
                raise PictureRefused(gettext("There is no picture."))
            stored = Picture.objects.keep(prepare_picture(file.read()))
        except PictureRefused as refusal:
            return JsonResponse({"reason": str(refusal)})
        return JsonResponse({"address": stored.get_absolute_url()})


@admin.register(Picture)
class PictureAdmin(DeskAdmin):
    list_display = ["name", "thumbnail", "size", "added_at"]
    search_fields = ["name"]
    list_per_page = 30

    def get_queryset(self, request):
        return super().get_queryset(request).defer("data")

    def has_add_permission(self, request):
        """Pictures come in where they are needed: in an answer."""
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("picture"))
    def thumbnail(self, picture):
        return format_html(
            '<a href="{0}"><img class="thumbnail" src="{0}" alt="{1}" width="{2}" height="{3}" loading="lazy"></a>',
            picture.get_absolute_url(),
            picture.name,
            picture.width,
            picture.height,
        )

    @admin.display(description=_("size"))
    def size(self, picture):
        return f"{picture.width} x {picture.height}"
