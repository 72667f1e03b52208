"""Articles as a file to take away: chosen in the list, in the format of the page that follows."""

from tempfile import TemporaryFile

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.exporting.formats import FORMATS, ExportRefused
from articles.models import Article

MOST_ARTICLES = 5_000
SHOWN_TITLES = 20


class ExportForm(forms.Form):
    format = forms.ChoiceField(choices=[(name, kind.label) for name, kind in FORMATS.items()])
    drafts = forms.BooleanField(required=False)


class ExportAction:
    """The action of the article list that hands out what is selected; what readers cannot see only when asked."""

    actions = ["export_selected"]

    @admin.action(description=_("Export…"), permissions=["view"])
    def export_selected(self, request, queryset):
        kept = Article.objects.kept().filter(pk__in=queryset.order_by().values("pk"))
        form = ExportForm(request.POST if "format" in request.POST else None)
        if form.is_valid():
            chosen = kept if form.cleaned_data["drafts"] else kept.published()
            if (refusal := export_refusal(chosen)) is None:
                return self.hand_out(request, FORMATS[form.cleaned_data["format"]], chosen)
            self.message_user(request, refusal, messages.WARNING)
        count, public = kept.count(), kept.published().count()
        across = request.POST.get("select_across") == "1"
        keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
        context = {
            "title": gettext("Export"),
            "opts": self.opts,
            "media": self.media,
            "formats": FORMATS,
            "chosen": form["format"].value() or "csv",
            "public": public,
            "hidden": count - public,
            "titles": kept.newest_first()[:SHOWN_TITLES],
            "more": max(count - SHOWN_TITLES, 0),
            "across": across,
            "keys": keys[:1] if across else keys,
        }
        return render(request, "admin/articles/article/export.html", self.admin_site.each_context(request) | context)

    def hand_out(self, request, kind, articles):
        """Answer with the whole file: what goes wrong shows before the first byte is sent."""
        file = TemporaryFile()  # noqa: SIM115 – the response closes it
        try:
            kind.write(articles, file)
        except ExportRefused as refusal:
            file.close()
            self.message_user(request, str(refusal), messages.WARNING)
            return None
        file.seek(0)
        name = f"articles-{timezone.localdate():%Y-%m-%d}.{kind.suffix}"
        return FileResponse(file, as_attachment=True, filename=name, content_type=kind.media_type)


def export_refusal(articles) -> str | None:
    """Return why these articles are not handed out here, if so."""
    count = articles.count()
    if count > MOST_ARTICLES:
        most = {"most": MOST_ARTICLES}
        return gettext("More than %(most)d articles take too long here. Use manage.py export_articles.") % most
    return None if count else gettext("Nothing is left to export: readers see none of these articles.")
