"""The box on the article form that holds a link for those who cannot sign in."""

from django.forms import Media, Script
from django.utils import timezone

from articles.addresses import absolute
from articles.preview_links import LASTS, is_previewed, preview_path


class PreviewLinks:
    """Gives the form of an unpublished article a link that shows it as it is saved, for some days from now."""

    @property
    def media(self):
        own = Media(
            css={"all": ["admin/opsqa/preview-link.css"]}, js=[Script("admin/opsqa/preview-link.js", defer=True)]
        )
        return super().media + own

    def render_change_form(self, request, context, *args, **kwargs):
        article = context["original"]
        if article is not None and is_previewed(article) and self.has_change_permission(request, article):
            context["preview_link"] = absolute(request, preview_path(article))
            context["preview_until"] = timezone.localdate(timezone.now() + LASTS)
        return super().render_change_form(request, context, *args, **kwargs)
