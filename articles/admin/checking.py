"""The list beside the form of what to look at before an article is published."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.admin.duplicates import card_address
from articles.admin.unsaved import article_text, kept_cards, unsaved_form
from articles.deadlinks import dead_places
from articles.innerlinks import place_of
from articles.models import Article
from articles.models.bases import TEXT_LIMIT
from articles.numbering import number_lists
from articles.proofreading import ArticleText, Finding, Twin, link_targets, proofread
from articles.reading_time import reading_minutes
from articles.related.duplicates import alike_to, couples_of


class CheckViews:
    """What the article admin says of an article beside its form."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        views = [
            ("check/", self.check_unsaved, "check_new"),
            ("<int:pk>/check/", self.check_unsaved, "check"),
            ("number-lists/", self.number_lists, "number_lists"),
        ]
        return [path(route, wrap(view), name=f"articles_article_{name}") for route, view, name in views] + (
            super().get_urls()
        )

    def render_change_form(self, request, context, **kwargs):
        if self.has_change_permission(request, context["original"]):
            form = context["adminform"].form
            cards = next((inline.formset for inline in context["inline_admin_formsets"]), None)
            context["checks"] = self.checks(request, form.instance, cards)
        return super().render_change_form(request, context, **kwargs)

    @method_decorator([require_POST, never_cache])
    def check_unsaved(self, request, pk=None):
        """Answer with the list for what the form holds, saved or not."""
        article = get_object_or_404(Article, pk=pk) if pk else None
        self.demand_writing(request, article)
        form, formset = unsaved_form(self, request, article)
        checks = self.checks(request, form.instance, formset)
        return render(request, "admin/articles/article/check_list.html", {"checks": checks})

    @method_decorator([require_POST, never_cache])
    def number_lists(self, request):
        """Write numbered lines as Markdown lists."""
        self.demand_rights(request)
        text = request.POST.get("text", "").replace("\r\n", "\n")
        return HttpResponse(number_lists(text[:TEXT_LIMIT]) + text[TEXT_LIMIT:], content_type="text/plain")

    def checks(self, request, article, formset) -> dict:
        cards = kept_cards(formset)
        text = article_text(article, cards)
        hosts = {request.get_host(), urlsplit(settings.SITE_URL).netloc}
        findings = proofread(text, dead_links=dead_links(text, hosts), twins=find_twins(cards))
        ids = [f"id_{formset.prefix}-{formset.sent_index(card)}" for card in cards]
        texts = [part for pair in text.pairs for part in (pair.question, pair.answer)]
        return {
            "rows": [(finding, field_id(finding, ids)) for finding in findings],
            "several": len(cards) > 1,
            "gaps": sum(finding.is_gap for finding in findings),
            "minutes": reading_minutes(*texts) if any(texts) else 0,
        }


def field_id(finding: Finding, ids: list[str]) -> str:
    """Return the id of the input that a finding is about."""
    if finding.pair is not None:
        return f"{ids[finding.pair]}-{finding.field}"
    return "pairs-group" if finding.field == "pairs" else f"id_{finding.field}"


def dead_links(text: ArticleText, hosts: set[str]) -> set[str]:
    """Return the targets of links within the site that readers cannot open; at most one query for each kind of page."""
    targets = {target for pair in text.pairs for target in link_targets(pair.answer)}
    places = {target: place for target in targets if (place := place_of(target, hosts))}
    dead = dead_places(places.values())
    return {target for target, place in places.items() if place in dead}


def find_twins(cards) -> dict[int, list[Twin]]:
    """Return the twins of each pair by its place: saved texts by the stored couples, unsaved ones by a search."""
    unsaved = {place for place, card in enumerate(cards) if is_rewritten(card)}
    stored = {card.instance.pk: place for place, card in enumerate(cards) if place not in unsaved}
    twins: dict[int, list[Twin]] = {}
    for couple in couples_of(stored) if stored else []:
        if couple.other.article_id != couple.pair.article_id:
            twins.setdefault(stored[couple.pair.pk], []).append(to_twin(couple.other, couple.likeness))
    for place in unsaved:
        pair = cards[place].instance
        found = alike_to(pair.heading, pair.question, apart_from=pair)
        twins[place] = [to_twin(other, likeness) for other, likeness in found]
    return twins


def is_rewritten(card) -> bool:
    return card.is_bound and (card.instance.pk is None or not {"heading", "question"}.isdisjoint(card.changed_data))


def to_twin(pair, likeness: int) -> Twin:
    return Twin(pair.heading, card_address(pair), likeness)
