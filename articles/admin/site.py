"""The admin as a whole: its names, and what of other apps does not belong in it."""

from django.conf import settings
from django.contrib import admin
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from taggit import admin as taggit_admin  # registers taggit's own tags, which this site does not use
from taggit.models import Tag

admin.site.site_header = format_lazy("{} · {}", settings.SITE_NAME, _("Editors' desk"))
admin.site.site_title = _("Editors' desk")
admin.site.index_title = _("Today")
admin.site.enable_nav_sidebar = False
admin.site.model_order = tuple(
    f"articles.{name}" for name in ("article", "topic", "column", "author", "synonymgroup", "picture")
)
if admin.site.is_registered(Tag):
    admin.site.unregister(taggit_admin.Tag)
