"""Saving over somebody else's work: noticed by a fingerprint of what the form was filled with, and never done unasked."""

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext

from articles.admin.unsaved import kept_cards, unsaved_form
from articles.admin.versions import form_content, shown_comparison
from articles.models import Article, PendingRevision
from articles.pending import ADOPTED
from articles.revisions import Content, digest, merged, snapshots

FIELD = "fingerprint"
# What is sent with the form but says nothing of the article.
CONTROLS = {FIELD, "csrfmiddlewaretoken", "pending"}


class StaleGuard:
    """Refuses what was written on an outdated version, and shows both."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            article = self.get_object(request, unquote(object_id))
            if article is not None and self.has_change_permission(request, article):
                live = snapshots([article.pk], locked=True)[article.pk]
                waiting = self.waiting_revision(article)
                if self.is_stale(request, live, waiting):
                    return self.show_both(request, article, live, waiting)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def is_stale(self, request, live, waiting):
        """Tell whether another state than the stored one was written on, or a revision would be lost that waits."""
        is_outdated = FIELD in request.POST and request.POST[FIELD] != fingerprint(live, waiting)
        is_unseen = waiting is not None and "pending" not in request.POST
        return is_outdated or (is_unseen and self.hands_in(request, live["article"]["status"]))

    def render_change_form(self, request, context, **kwargs):
        """A form that comes back with errors keeps the fingerprint that it was opened with."""
        article = kwargs.get("obj")
        if article is not None:
            context[FIELD] = request.POST.get(FIELD) or stored_fingerprint(article)
        return super().render_change_form(request, context, **kwargs)

    def show_both(self, request, article, live, waiting):
        form, cards = unsaved_form(self, request, article)
        mine = form_content(form.instance, kept_cards(cards))
        hands_in = waiting is not None and self.hands_in(request, live["article"]["status"])
        theirs = merged(live, waiting.content, fields=ADOPTED) if hands_in else live
        context = {
            "title": gettext("Somebody else has saved this article"),
            "opts": self.opts,
            "original": article,
            "shown": shown_comparison(theirs, mine, gettext("Saved by the other"), gettext("Yours")),
            "last": last_entry(article),
            "sent": kept_fields(request.POST, article),
            "takes_place": hands_in or "pending" in request.POST,
            FIELD: fingerprint(live, waiting),
        }
        context |= self.admin_site.each_context(request)
        return render(request, "admin/articles/article/stale.html", context, status=409)


def last_entry(article: Article) -> LogEntry | None:
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Article), object_id=str(article.pk)
    )
    return entries.select_related("user").order_by("-action_time", "-pk").first()


def stored_fingerprint(article: Article, *, locked: bool = False) -> str:
    """Return the fingerprint of what is stored; locked: it stays so until the transaction ends. Four queries."""
    waiting = PendingRevision.objects.filter(article=article).first()
    return fingerprint(snapshots([article.pk], locked=locked)[article.pk], waiting)


def fingerprint(live: Content, waiting: PendingRevision | None) -> str:
    """Return a word that is another as soon as the article, or the revision that waits on it, says something else."""
    return digest(live) + (waiting.digest if waiting else "")


def kept_fields(data, article: Article) -> list[tuple[str, str]]:
    """Return what was sent, to be sent again; cards whose pair is gone become new ones, so that no text is lost."""
    alive = {str(pk) for pk in article.pairs.values_list("pk", flat=True)}
    fields = []
    for name, values in data.lists():
        is_gone = name.startswith("pairs-") and name.endswith("-id") and values[-1] not in alive
        fields += [] if name in CONTROLS else [(name, "" if is_gone else value) for value in values]
    return fields
