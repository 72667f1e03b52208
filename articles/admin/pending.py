"""The revision that waits on a live article: beside what readers see, adopted, sent back, gone on with, taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles import pending, revisions
from articles.admin.versions import shown_comparison
from articles.models import Article, PendingRevision

FIELD = "pending"


class Pending:
    """Pages and buttons of the revision that waits, for the article admin."""

    def get_urls(self):
        views = [
            ("pending/", self.show_pending, "pending"),
            ("pending/adopt/", self.adopt_pending, "adopt"),
            ("pending/send-back/", self.send_back_pending, "send_back"),
            ("pending/take-back/", self.take_back_pending, "take_back"),
        ]
        wrap = self.admin_site.admin_view
        own = [path(f"<int:pk>/{route}", wrap(view), name=f"articles_article_{name}") for route, view, name in views]
        return own + super().get_urls()

    def waiting_revision(self, article) -> PendingRevision | None:
        return PendingRevision.objects.filter(article=article).first() if article is not None else None

    # The page of the revision

    @method_decorator([require_safe, never_cache])
    def show_pending(self, request, pk):
        article = get_object_or_404(Article, pk=pk)
        self.demand_rights(request, article)
        waiting = self.waiting_revision(article)
        if waiting is None:
            return self.nothing_waits(request, pk)
        live = revisions.snapshot(article)
        after = revisions.merged(live, waiting.content, fields=pending.ADOPTED)
        is_own = waiting.made_by_id == request.user.pk
        context = {
            "title": gettext("Revision to be adopted"),
            "shown": shown_comparison(live, after, gettext("What readers see"), gettext("The revision")),
            "waiting": waiting,
            "is_outdated": waiting.base_digest != revisions.digest(live),
            "seen": seen_as(waiting, live),
            "may_publish": self.has_publish_permission(request) and self.has_change_permission(request, article),
            "may_change": self.has_change_permission(request, article),
            "may_take_back": self.has_change_permission(request, article)
            and (is_own or self.has_publish_permission(request)),
            "most_reply": pending.MOST_REPLY,
        }
        return self.render_versions(request, "pending.html", article, context)

    def nothing_waits(self, request, pk):
        self.message_user(request, gettext("No revision of this article waits."), messages.INFO)
        return redirect("admin:articles_article_change", pk)

    def demand_publishing(self, request, article):
        if not (self.has_publish_permission(request) and self.has_change_permission(request, article)):
            raise PermissionDenied

    @method_decorator([require_POST, never_cache, transaction.atomic])
    def adopt_pending(self, request, pk):
        article = get_object_or_404(Article, pk=pk)
        self.demand_publishing(request, article)
        live, waiting = revisions.snapshots([pk], locked=True)[pk], self.waiting_revision(article)
        if waiting is None:
            return self.nothing_waits(request, pk)
        if request.POST.get("seen") != seen_as(waiting, live):
            text = gettext("The article or its revision was changed meanwhile. Please look again before you adopt it.")
            self.message_user(request, text, messages.WARNING)
            return redirect("admin:articles_article_pending", pk)
        return self.carry_out_adoption(request, waiting)

    def carry_out_adoption(self, request, waiting):
        article, name = waiting.article, waiting.made_by_name
        try:
            pending.adopt(waiting, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect("admin:articles_article_pending", article.pk)
        self.log_change(request, article, gettext("Adopted the revision by %(name)s.") % {"name": name})
        self.message_user(request, gettext("The revision is adopted; readers see it now."), messages.SUCCESS)
        return redirect("admin:articles_article_history", article.pk)

    @method_decorator([require_POST, never_cache, transaction.atomic])
    def send_back_pending(self, request, pk):
        article = get_object_or_404(Article, pk=pk)
        self.demand_publishing(request, article)
        waiting, reply = self.waiting_revision(article), request.POST.get("reply", "").replace("\x00", "").strip()
        if waiting is None:
            return self.nothing_waits(request, pk)
        if not reply:
            self.message_user(request, gettext("Say in a word why it goes back."), messages.ERROR)
        else:
            pending.send_back(waiting, by=request.user, reply=reply)
            self.log_change(request, article, gettext("Sent the revision back: %(reply)s") % {"reply": reply})
            self.message_user(request, gettext("The revision was sent back."), messages.SUCCESS)
        return redirect("admin:articles_article_pending", pk)

    @method_decorator([require_POST, never_cache, transaction.atomic])
    def take_back_pending(self, request, pk):
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        waiting = self.waiting_revision(article)
        if waiting is None:
            return self.nothing_waits(request, pk)
        if waiting.made_by_id != request.user.pk and not self.has_publish_permission(request):
            raise PermissionDenied
        waiting.delete()
        self.log_change(request, article, gettext("Took the revision back."))
        self.message_user(request, gettext("The revision is gone; the article stays as it is."), messages.SUCCESS)
        return redirect("admin:articles_article_change", pk)


def seen_as(waiting, live) -> str:
    """Return a word for what somebody who adopts has looked at: the revision, and what it takes the place of."""
    return revisions.digest(live) + waiting.digest
