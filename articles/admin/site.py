"""The admin as a whole: its names, and what of other apps does not belong in it."""

from django.conf import settings
from django.contrib import admin
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
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

# Django's Chinese sets these apart by blanks; what this app says in its catalogue comes first.
SAID_BETTER = [
    gettext_noop("Add %s"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Select %s to change"),
    gettext_noop("Select %s to view"),
]
