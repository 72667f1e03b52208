"""Saving over somebody else's work: noticed by a fingerprint of what the form was filled with, and never done unasked."""

import hashlib
import json

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.admin.unsaved import kept_cards, topic_names, unsaved_form
from articles.differences import compare
from articles.models import Article, QAPair

FIELD = "fingerprint"
ARTICLE_FIELDS = [
    *("title", "column", "status", "published_at", "expires_at", "review_by"),
    *("origin", "source_name", "source_url", "slug", "summary"),
]
PAIR_FIELDS = ["heading", "question", "signature", "answer"]
# What is sent with the form but says nothing of the article.
CONTROLS = {FIELD, "csrfmiddlewaretoken"}


class StaleGuard:
    """Refuses what was written on an outdated version, and shows both."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None or FIELD not in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            article = self.get_object(request, unquote(object_id))
            if article is not None and self.has_change_permission(request, article) and is_stale(article, request.POST):
                return self.show_both(request, article)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, **kwargs):
        """A form that comes back with errors keeps the fingerprint that it was opened with."""
        article = kwargs.get("obj")
        if article is not None:
            context[FIELD] = request.POST.get(FIELD) or fingerprint(stored_state(article.pk))
        return super().render_change_form(request, context, **kwargs)

    def show_both(self, request, article):
        theirs = stored_state(article.pk)
        form, cards = unsaved_form(self, request, article)
        rows = differing_rows(theirs, state_of(form.instance, typed_pairs(kept_cards(cards))))
        last = last_entry(article)
        context = {
            "title": gettext("Somebody else has saved this article"),
            "opts": self.opts,
            "original": article,
            "rows": rows,
            "last": last,
            "sent": kept_fields(request.POST, article),
            FIELD: fingerprint(theirs),
        }
        context |= self.admin_site.each_context(request)
        return render(request, "admin/articles/article/stale.html", context, status=409)


def is_stale(article: Article, data) -> bool:
    """Tell whether the article is another than the form was filled with; holds it until the transaction ends."""
    Article.objects.select_for_update().filter(pk=article.pk).order_by().values_list("pk").first()
    return data[FIELD] != fingerprint(stored_state(article.pk))


def last_entry(article: Article) -> LogEntry | None:
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Article), object_id=str(article.pk)
    )
    return entries.select_related("user").order_by("-action_time", "-pk").first()


def stored_state(article_id: int) -> dict[str, str]:
    """Return all that the form can change, as stored; three queries."""
    article = Article.objects.select_related("column").get(pk=article_id)
    pairs = QAPair.objects.filter(article=article_id).with_topics()
    return state_of(article, [(pair, [topic.name for topic in pair.topics.all()]) for pair in pairs])


def typed_pairs(cards) -> list[tuple[QAPair, list[str]]]:
    return [(card.instance, topic_names(card)) for card in cards]


def state_of(article: Article, pairs: list[tuple[QAPair, list[str]]]) -> dict[str, str]:
    """Return each field of article and pairs as text under its key, in the order of the form."""
    state = {name: shown(article, name) for name in ARTICLE_FIELDS}
    state["order"] = " → ".join(anchor(pair) for pair, _names in pairs)
    for place, (pair, names) in enumerate(pairs, 1):
        key = pair.pk or f"new{place}"
        state |= {f"{key} {name}": getattr(pair, name) for name in PAIR_FIELDS}
        state[f"{key} topics"] = "、".join(sorted(names))
    return state


def anchor(pair: QAPair) -> str:
    return f"#{pair.anchor}" if pair.pk else gettext("New question")


def shown(article: Article, name: str) -> str:
    """Return the value of a field as people write it."""
    if name == "column":
        return str(article.column) if article.column_id else ""
    value = getattr(article, f"get_{name}_display", lambda: getattr(article, name))()
    return formats.localize(timezone.template_localtime(value)) if hasattr(value, "year") else str(value or "")


def fingerprint(state: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(state, sort_keys=True, default=str).encode("utf-8", "replace")).hexdigest()


def differing_rows(theirs: dict[str, str], mine: dict[str, str]) -> list[tuple]:
    """Return label, their pieces and my pieces of each field that differs."""
    keys = dict.fromkeys([*theirs, *mine])
    texts = [(key, theirs.get(key, ""), mine.get(key, "")) for key in keys]
    return [(label(key, theirs, mine), *compare(their, my)) for key, their, my in texts if their != my]


def label(key: str, theirs: dict[str, str], mine: dict[str, str]) -> str:
    """Name a field; a pair by its heading, which is longer remembered than its place."""
    if key == "order":
        return gettext("Order")
    pair, _blank, name = key.rpartition(" ")
    if not pair:
        return capfirst(Article._meta.get_field(name).verbose_name)
    heading = theirs.get(f"{pair} heading") or mine.get(f"{pair} heading") or gettext("New question")
    return f"{heading} · {capfirst(QAPair._meta.get_field(name).verbose_name)}"


def kept_fields(data, article: Article) -> list[tuple[str, str]]:
    """Return what was sent, to be sent again; cards whose pair is gone become new ones, so that no text is lost."""
    alive = {str(pk) for pk in article.pairs.values_list("pk", flat=True)}
    fields = []
    for name, values in data.lists():
        is_gone = name.startswith("pairs-") and name.endswith("-id") and values[-1] not in alive
        fields += [] if name in CONTROLS else [(name, "" if is_gone else value) for value in values]
    return fields
