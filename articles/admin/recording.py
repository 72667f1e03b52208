"""Every save of the article form becomes a version; on a live article, from those who may not publish, a revision."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext

from articles import pending, revisions
from articles.choices import Status

NOTE = "revision_note"


class Recording:
    """The one place where what the form of an article writes is kept, for the article admin."""

    def hands_in(self, request, status) -> bool:
        """Tell whether the form of an article that was stored with the status makes a revision to be adopted."""
        return status == Status.PUBLISHED and ("_pend" in request.POST or not self.has_publish_permission(request))

    def save_model(self, request, obj, form, change):
        request.is_handed_in = change and self.hands_in(request, form.initial.get("status", obj.status))
        if change:
            revisions.catch_up([obj])
        request.before_saving = transaction.savepoint() if request.is_handed_in else None
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        article, note = form.instance, request.POST.get(NOTE, "").strip()
        if request.is_handed_in:
            content = revisions.snapshot(article)
            transaction.savepoint_rollback(request.before_saving)
            pending.hand_in(article, content, by=request.user, note=note)
        else:
            self.record_save(request, article, note)

    def record_save(self, request, article, note):
        """Keep what was saved; what was saved out of a revision that waited is that revision, adopted."""
        waiting = self.waiting_revision(article) if "pending" in request.POST else None
        credit = {"by": request.user, "note": note, "is_autosaved": getattr(request, "is_autosaved", False)}
        if waiting is not None:
            credit = {"by": waiting.made_by, "by_name": waiting.made_by_name, "approved_by": request.user}
            credit["note"] = note or waiting.note
            waiting.delete()
        revisions.record([article], **credit)

    def log_change(self, request, obj, message):
        if getattr(request, "is_handed_in", False):
            message = gettext("Handed in a revision.")
        return super().log_change(request, obj, message)

    def response_change(self, request, obj):
        if not getattr(request, "is_handed_in", False):
            return super().response_change(request, obj)
        text = gettext("The revision waits for somebody who publishes; until then readers see what they saw.")
        self.message_user(request, text, messages.SUCCESS)
        return redirect("admin:articles_article_pending", obj.pk)
