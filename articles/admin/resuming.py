"""Opens the form of a live article with the revision that waits, for it to be gone on with."""

from articles.admin.recording import NOTE
from articles.choices import Status
from articles.models import QAPair
from articles.pending import ADOPTED
from articles.revisions import set_field

FIELD = "pending"


class Resuming:
    """Fills the form in with the revision; what is sent back is compared with the article all the same."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.resumed = None
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_object(self, request, object_id, from_field=None):
        article = super().get_object(request, object_id, from_field)
        if article is None or not hasattr(request, "resumed"):
            return article
        request.waiting = self.waiting_revision(article)
        if request.method == "GET" and request.waiting and self.is_resumed(request, article):
            request.resumed = request.waiting
            for name in ADOPTED:
                set_field(article, name, request.waiting.content["article"][name])
        return article

    def is_resumed(self, request, article):
        """Those who cannot change what readers see go on with the revision in any case."""
        is_asked_for = FIELD in request.GET or not self.has_publish_permission(request)
        return is_asked_for and article.status == Status.PUBLISHED and self.has_change_permission(request, article)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        resumed = getattr(request, "resumed", None)
        return kwargs | ({"resumed": resumed.content["pairs"]} if resumed and inline.model is QAPair else {})

    def render_change_form(self, request, context, **kwargs):
        article = kwargs.get("obj")
        status = context["adminform"].form.initial.get("status", article.status if article else Status.DRAFT)
        waiting = getattr(request, "waiting", None)
        is_live = article is not None and status == Status.PUBLISHED
        may_change = article is None or self.has_change_permission(request, article)
        hands_in = is_live and may_change and not self.has_publish_permission(request)
        is_resumed = waiting is not None and (request.resumed is not None or FIELD in request.POST)
        context |= {
            "waiting": waiting,
            "is_resumed": is_resumed,
            "hands_in": hands_in,
            "may_pend": is_live and may_change and not hands_in and (waiting is None or is_resumed),
            "revision_note": request.POST.get(NOTE, waiting.note if is_resumed else ""),
            "may_note": may_change,
        }
        if hands_in:
            context["show_save_and_continue"] = False
        return super().render_change_form(request, context, **kwargs)
