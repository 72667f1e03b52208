"""The versions of an article: who made which when, any two of them side by side, and the way back to one."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F, Window
from django.db.models.fields.json import KT
from django.db.models.functions import Lag
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles import pending, revisions
from articles.admin.versions import shown_comparison
from articles.choices import Status
from articles.models import Article, Revision

PER_PAGE = 50
MOST_ENTRIES = 200
# An entry of the history and a version, so near each other and of the same person, tell of one act.
SAME_ACT = timedelta(seconds=5)


class History:
    """Pages of an article's versions, for the article admin."""

    def get_urls(self):
        views = [
            ("<int:pk>/compare/", self.compare_versions, "compare"),
            ("<int:pk>/versions/<int:number>/restore/", self.restore_version, "restore_version"),
        ]
        wrap = self.admin_site.admin_view
        own = [path(route, wrap(view), name=f"articles_article_{name}") for route, view, name in views]
        return own + super().get_urls()

    def render_versions(self, request, template, article, context):
        context = {"opts": self.opts, "original": article} | context
        context |= self.admin_site.each_context(request)
        return render(request, f"admin/articles/article/{template}", context)

    @method_decorator([never_cache])
    def history_view(self, request, object_id, extra_context=None):
        article = self.get_object(request, unquote(object_id))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        page = Paginator(versions_of(article), PER_PAGE).get_page(request.GET.get("page"))
        latest = revisions.latest([article.pk]).get(article.pk)
        context = {
            "title": gettext("Versions"),
            "page": page,
            "rows": merge(list(page), entries_beside(article, page)),
            "latest": latest,
            "is_kept": latest is not None and latest.digest == revisions.digest(revisions.snapshot(article)),
            "waiting": self.waiting_revision(article),
            "may_restore": self.has_change_permission(request, article),
        }
        return self.render_versions(request, "object_history.html", article, context)

    @method_decorator([require_safe, never_cache])
    def compare_versions(self, request, pk):
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        sides = chosen_sides(request.GET.get("old", ""), request.GET.get("new", ""))
        kept = Revision.objects.filter(article=article, number__in=[side for side in sides if side])
        found = {revision.number: revision for revision in kept}
        if any(side and side not in found for side in sides):
            self.message_user(request, gettext("Choose two versions to compare."), messages.WARNING)
            return redirect("admin:articles_article_history", pk)
        contents = [found[side].content if side else revisions.snapshot(article) for side in sides]
        names = [version_name(side) for side in sides]
        context = {
            "title": gettext("Compare versions"),
            "shown": shown_comparison(*contents, *names),
            "old": found.get(sides[0]),
            "new": found.get(sides[1]),
            "may_restore": self.has_change_permission(request, article),
        }
        return self.render_versions(request, "compare.html", article, context)

    @method_decorator([require_http_methods(["GET", "HEAD", "POST"]), never_cache])
    def restore_version(self, request, pk, number):
        """Show what going back to the version would change; do it once that was seen as it stands."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        revision = Revision.objects.filter(article=article, number=number).first()
        if revision is None:
            raise Http404
        with transaction.atomic():
            live = revisions.snapshots([pk], locked=True)[pk]
            if request.method == "POST":
                done = self.carry_out_restore(request, article, revision, seen=revisions.digest(live))
                if done is not None:
                    return done
        context = {
            "title": gettext("Restore version %(number)d") % {"number": number},
            "shown": shown_comparison(
                live, revisions.merged(live, revision.content), gettext("Now"), version_name(number)
            ),
            "revision": revision,
            "seen": revisions.digest(live),
            "hands_in": self.hands_in(request, article.status),
        }
        return self.render_versions(request, "restore_version.html", article, context)

    def carry_out_restore(self, request, article, revision, *, seen):
        """Go back, and return where to; None, with a word why, where that is not to be."""
        if request.POST.get("seen") != seen:
            self.message_user(
                request, gettext("Meanwhile the article was changed. Please look again."), messages.WARNING
            )
            return None
        if self.hands_in(request, article.status):
            return self.hand_in_version(request, article, revision)
        try:
            revisions.restore(revision, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return None
        said = gettext("Version %(number)d restored.") % {"number": revision.number}
        self.log_change(request, article, said)
        self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:articles_article_history", article.pk)

    def hand_in_version(self, request, article, revision):
        if self.waiting_revision(article) is not None:
            self.message_user(
                request, gettext("Another revision waits already. Please go on with that one."), messages.ERROR
            )
            return redirect("admin:articles_article_pending", article.pk)
        note = gettext("Version %(number)d restored") % {"number": revision.number}
        content = revisions.merged(revisions.snapshot(article), revision.content)
        pending.hand_in(article, content, by=request.user, note=note)
        self.log_change(request, article, gettext("Handed in a revision."))
        return redirect("admin:articles_article_pending", article.pk)


def versions_of(article):
    """Return the versions, the newest first, each with its state and the size of the one before."""
    before = Window(Lag("size"), order_by=F("number").asc())
    kept = Revision.objects.filter(article=article).defer("content").order_by("-number")
    return kept.annotate(size_before=before, status=KT("content__article__status"))


def entries_beside(article, page) -> list[LogEntry]:
    """Return the entries of the history from the time that the page spans."""
    entries = LogEntry.objects.filter(content_type=get_content_type_for_model(Article), object_id=str(article.pk))
    versions = list(page)
    if page.has_previous() and versions:
        entries = entries.filter(action_time__lte=versions[0].made_at + SAME_ACT)
    if page.has_next() and versions:
        entries = entries.filter(action_time__gt=versions[-1].made_at - SAME_ACT)
    return list(entries.select_related("user").order_by("-action_time", "-pk")[:MOST_ENTRIES])


def merge(versions, entries) -> list[dict]:
    """Return the versions and the entries by time, the newest first; an entry of a version's own act goes with it."""
    rows, left = [], list(entries)
    for version in versions:
        own = next((entry for entry in left if is_same_act(version, entry)), None)
        if own is not None:
            left.remove(own)
        grown = version.size - (version.size_before or 0)
        label = dict(Status.choices).get(version.status, version.status)
        rows.append({"time": version.made_at, "version": version, "entry": own, "grown": grown, "state": label})
    rows += [{"time": entry.action_time, "entry": entry} for entry in left]
    return sorted(rows, key=lambda row: row["time"], reverse=True)


def is_same_act(version, entry) -> bool:
    is_own = version.made_by_id == entry.user_id or version.approved_by_name != ""
    return is_own and abs(version.made_at - entry.action_time) <= SAME_ACT


def chosen_sides(old: str, new: str) -> tuple[int, int]:
    """Return the numbers of two versions, the older first; 0 stands for what the article says now, -1 for nonsense."""
    first, second = (number_of(side) for side in (old, new))
    return (second, first) if first == 0 or (second > 0 and first > second) else (first, second)


def number_of(side: str) -> int:
    if side == "now":
        return 0
    return int(side) if side.isascii() and side.isdecimal() and 0 < len(side) < 9 and int(side) else -1


def version_name(number: int) -> str:
    return gettext("Version %(number)d") % {"number": number} if number else gettext("Now")
