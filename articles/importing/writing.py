"""Writes the articles of a file as they were planned: all in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.choices import Status
from articles.importing.copies import ArticleCopy
from articles.importing.planning import CHANGED, NEW, REFUSED, SAME, Plan, Terms, plan_articles
from articles.models import Article, Author, Column
from articles.publishing import public_content, touch_content


@dataclass(slots=True)
class Written:
    """What an import did, or would do: articles by outcome, and the plans that were refused."""

    new: list[Article] = field(default_factory=list)
    changed: list[Article] = field(default_factory=list)
    same: int = 0
    refused: list[Plan] = field(default_factory=list)
    pairs: int = 0


def write_articles(
    copies: Sequence[ArticleCopy],
    terms: Terms,
    *,
    skips_refused: bool = False,
    dry_run: bool = False,
    report: Callable[[float], None] = lambda share: None,
) -> Written:
    """Write the articles; where one is refused, none is written unless the refused are to be skipped."""
    written = Written()
    with transaction.atomic():
        plans = list(plan_articles(copies, terms))
        written.refused = [plan for plan in plans if plan.outcome == REFUSED]
        written.same = sum(plan.outcome == SAME for plan in plans)
        if written.refused and not skips_refused and not dry_run:
            return written
        writer = Writer(now=timezone.now())
        for number, plan in enumerate(plans, 1):
            if plan.outcome in (NEW, CHANGED):
                (written.new if plan.outcome == NEW else written.changed).append(plan.article)
                written.pairs += sum(item.changed for item in plan.pairs)
                if not dry_run:
                    writer.write(plan)
            report(number / len(plans))
    return written


class Writer:
    """Writes plans one after the other; knows the columns that it made on the way."""

    def __init__(self, now: datetime):
        self.now = now
        self.columns: dict[tuple[str, str], Column] = {}

    def write(self, plan: Plan) -> None:
        article = plan.article
        before = public_content(article.pk)
        if article.column_id is None:
            article.column = self.make_column(plan.copy)
        if article.status == Status.PUBLISHED:
            article.published_at = article.published_at or self.now
        article.save()
        self.write_pairs(plan)
        touch_content(article, before=before, now=self.now)

    def make_column(self, copy: ArticleCopy) -> Column:
        title, name = copy.values["column"], copy.values.get("author") or _("Editors")
        if (title, name) not in self.columns:
            author = Author.objects.filter(name__iexact=name).first() or Author.objects.create(name=name)
            self.columns[title, name] = Column.objects.create(title=title, author=author)
        return self.columns[title, name]

    def write_pairs(self, plan: Plan) -> None:
        article = plan.article
        article.refresh_from_db(fields=["last_number"])
        for position, item in enumerate(plan.pairs, 1):
            is_new = item.pair.pk is None
            if is_new:
                item.pair.article = article
                if item.pair.number is not None and item.pair.number <= article.last_number:
                    item.pair.number = None  # was given to another pair once
            if plan.is_reordered or (is_new and not article.last_number):
                item.pair.position = position
            if item.changed or plan.is_reordered:
                item.pair.save()
            if item.topics is not None:
                item.pair.topics.set(item.topics)
