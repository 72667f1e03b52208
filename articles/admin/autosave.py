"""A draft is saved while it is written: without an entry in its history, without new topics, and deleting nothing."""

from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.admin.stale import FIELD, stored_fingerprint
from articles.admin.unsaved import kept_cards, unsaved_form
from articles.choices import Status
from articles.models import Article, Topic


class Autosave:
    """The address that the form of a draft is sent to now and then."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        views = [("autosave/", "autosave_new"), ("<int:pk>/autosave/", "autosave")]
        return [path(route, wrap(self.autosave), name=f"articles_article_{name}") for route, name in views] + (
            super().get_urls()
        )

    def render_change_form(self, request, context, **kwargs):
        article = kwargs.get("obj")
        # A form that comes back with errors has written what was chosen into the article already.
        status = context["adminform"].form.initial.get("status", article.status) if article else Status.DRAFT
        if status == Status.DRAFT and (article is None or self.has_change_permission(request, article)):
            context["autosave_address"] = autosave_address(article)
        return super().render_change_form(request, context, **kwargs)

    @method_decorator([require_POST, never_cache])
    def autosave(self, request, pk=None):
        """Save what is sent and answer with what the form has to know of it; or say in one line why it was not saved."""
        with transaction.atomic():
            article = get_object_or_404(Article, pk=pk) if pk else None
            self.demand_writing(request, article)
            if refusal := article and why_not(article, request.POST):
                return JsonResponse({"problem": refusal, "is_final": True})
            request.POST = to_be_kept(request.POST, article)
            form, cards = unsaved_form(self, request, article)
            if problem := first_problem(form, cards):
                return JsonResponse({"problem": problem})
            self.write_draft(request, form, cards, change=article is not None)
            return JsonResponse(news(form.instance, cards))

    def write_draft(self, request, form, cards, *, change: bool) -> None:
        for card in kept_cards(cards):
            # A name that is still being typed is no topic yet.
            known = Topic.objects.resolve(card.cleaned_data.get("topics", []))
            card.cleaned_data["topics"] = list(known)
        request.is_autosaved = True
        article = self.save_form(request, form, change=change)
        self.save_model(request, article, form, change)
        self.save_related(request, form, [cards], change)


def autosave_address(article: Article | None) -> str:
    if article is None:
        return reverse("admin:articles_article_autosave_new")
    return reverse("admin:articles_article_autosave", args=[article.pk])


def why_not(article: Article, data) -> str:
    """Return why a stored article is not overwritten, or nothing."""
    if article.status != Status.DRAFT:
        return gettext("This is no draft any more: please save it yourself.")
    if data.get(FIELD) != stored_fingerprint(article, locked=True):
        return gettext("Somebody else has saved it meanwhile; when you save, you will see both versions.")
    return ""


def to_be_kept(data, article: Article | None):
    """Return what was sent as a draft that loses nothing: questions are deleted, and addresses made, when one saves."""
    data = data.copy()
    data["status"] = Status.DRAFT
    if article is not None and not data.get("slug"):
        data["slug"] = article.slug
    for name in [name for name in data if name.endswith("-DELETE")]:
        if data.get(f"{name.removesuffix('DELETE')}id"):
            del data[name]
    return data


def first_problem(form, cards) -> str:
    for part in (form, *(card for card in kept_cards(cards))):
        for name, messages in part.errors.items():
            label = capfirst(part.fields[name].label) if name in part.fields else ""
            return f"{label} {messages[0]}".strip()
    return str(next(iter(cards.non_form_errors()), ""))


def news(article: Article, cards) -> dict:
    """Return what the open form has to know to go on: keys of what is new, and the state it now stands on."""
    return {
        "time": formats.time_format(timezone.localtime(), "H:i"),
        FIELD: stored_fingerprint(article),
        "pairs": {cards.sent_index(card): card.instance.pk for card in kept_cards(cards)},
        "change": reverse("admin:articles_article_change", args=[article.pk]),
        "autosave": autosave_address(article),
        "check": reverse("admin:articles_article_check", args=[article.pk]),
        "preview": reverse("admin:articles_article_preview_unsaved", args=[article.pk]),
    }
