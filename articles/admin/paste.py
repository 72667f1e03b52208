"""Pasting a page: the form for it, the review where an editor corrects what the parser read, and the draft it becomes."""

from itertools import count

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.admin.paste_forms import (
    MOST_CHARACTERS,
    MOST_ROWS,
    FactsForm,
    PasteForm,
    facts_of,
    problems_of,
    read_rows,
)
from articles.admin.widgets import TopicsInput
from articles.importing.extraction import extract_html
from articles.importing.importer import AlreadyImported, find_known, import_page, known_topics, review_for_site
from articles.importing.page import clean_text
from articles.importing.records import PageRefused
from articles.importing.review import Group, Part, Review, make_groups
from articles.models import Article

# What an editor chooses from for each paragraph, with the key that chooses it.
PARTS = [
    (Part.QUESTION, pgettext_lazy("paragraph", "Q"), "Q"),
    (Part.ANSWER, pgettext_lazy("paragraph", "A"), "A"),
    (Part.HEADING, pgettext_lazy("paragraph", "Heading"), "H"),
    (Part.DROPPED, pgettext_lazy("paragraph", "Drop"), "D"),
]


class PasteViews:
    """What the article admin adds for pages that come from elsewhere. Nothing is stored before the last step."""

    def get_urls(self):
        views = [
            ("paste/", self.paste, "paste"),
            ("paste/review/", self.review_paste, "review_paste"),
            ("paste/markdown/", self.paste_markdown, "paste_markdown"),
        ]
        wrap = self.admin_site.admin_view
        own = [path(route, wrap(view), name=f"articles_article_{name}") for route, view, name in views]
        return own + super().get_urls()

    def makes_columns(self, request) -> bool:
        return request.user.has_perms(["articles.add_column", "articles.add_author"])

    @method_decorator([require_http_methods(["GET", "HEAD", "POST"]), never_cache])
    def paste(self, request):
        self.demand_writing(request)
        form = PasteForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            try:
                return self.open_review(request, review_for_site(form.cleaned_data["source"]))
            except PageRefused as refusal:
                form.add_error(None, str(refusal))
        return self.render_paste(request, "paste", {"title": gettext("Paste a page"), "form": form})

    def open_review(self, request, review: Review):
        if len(review.rows) > MOST_ROWS:
            reason = gettext("The page has %(rows)d paragraphs; at most %(most)d are reviewed at once.")
            raise PageRefused(reason % {"rows": len(review.rows), "most": MOST_ROWS})
        facts = FactsForm(initial=facts_of(review.page), makes_columns=self.makes_columns(request))
        notes = [*map(str, review.page.warnings)]
        if not review.page.pairs:
            notes.insert(0, gettext("No question with an answer was found. Mark the questions yourself."))
        if known := find_known(review.page):
            notes.insert(0, name_known(known))
        return self.render_review(request, facts, make_groups(review.rows), notes=notes)

    @method_decorator([require_POST, never_cache])
    def review_paste(self, request):
        """Show the rows again as they were corrected, or save what they make."""
        self.demand_writing(request)
        facts = FactsForm(request.POST, makes_columns=self.makes_columns(request))
        groups = make_groups(read_rows(request.POST), known_topics())
        pairs = [group.pair for group in groups if group.pair]
        problems = problems_of(pairs) if "_save" in request.POST else []
        if "_save" in request.POST and facts.is_valid() and not problems:
            try:
                return self.save_paste(request, facts, pairs)
            except AlreadyImported as refusal:
                problems = [name_known(refusal.article)]
            except PageRefused as refusal:
                problems = [str(refusal)]
        return self.render_review(request, facts, groups, problems)

    def save_paste(self, request, facts: FactsForm, pairs):
        data = facts.cleaned_data
        with transaction.atomic():
            result = import_page(facts.page(pairs), column=data["column"], origin=data["origin"], by=request.user)
            said = ngettext("Pasted as a draft: {} question.", "Pasted as a draft: {} questions.", result.pairs)
            said = said.format(result.pairs)
            self.log_addition(request, result.article, said)
        self.message_user(request, said, messages.SUCCESS)
        if self.has_view_or_change_permission(request, result.article):
            return redirect("admin:articles_article_change", result.article.pk)
        return redirect("admin:index")

    @method_decorator([require_POST, never_cache])
    def paste_markdown(self, request):
        """Return HTML from a clipboard as Markdown, as the parser would read it; empty where it cannot."""
        self.demand_writing(request)
        html = clean_text(request.POST.get("html", "")[:MOST_CHARACTERS])
        try:
            text = extract_html(html)[0] if html.strip() else ""
        except PageRefused:
            text = ""
        return HttpResponse(text, content_type="text/plain; charset=utf-8")

    def render_review(self, request, facts: FactsForm, groups: list[Group], problems=(), notes=()):
        numbers = count()
        context = {
            "title": gettext("Review what was read"),
            "facts": facts,
            "groups": [shown_group(group, numbers) for group in groups],
            "pairs": sum(group.pair is not None for group in groups),
            "problems": problems,
            "notes": notes,
            "parts": PARTS,
            "new_topics": TopicsInput().render("row-__index__-topics", "", {"id": "row-__index__-topics"}),
        }
        return self.render_paste(request, "review_paste", context | {"rows": next(numbers)})

    def render_paste(self, request, template: str, context: dict):
        context = self.admin_site.each_context(request) | {"opts": self.opts} | context
        return render(request, f"admin/articles/article/{template}.html", context)


def name_known(article: Article):
    link = reverse("admin:articles_article_change", args=[article.pk])
    return format_html(gettext("This page was imported before: {}"), format_html('<a href="{}">{}</a>', link, article))


def shown_group(group: Group, numbers) -> dict:
    """Return the group for the template, its rows numbered through the page."""
    rows = [(next(numbers), row) for row in group.rows]
    index, first = rows[0]
    shown = {"rows": rows, "index": index, "head": first.head, "pair": group.pair}
    if first.head:
        name = f"row-{index}-topics"
        shown["topics"] = TopicsInput().render(name, "、".join(first.head.topics or ()), {"id": name})
    return shown
