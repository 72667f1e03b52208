"""Writes the articles of a file as they were planned: all in one transaction."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.choices import Status
from articles.importing.copies import ArticleCopy
from articles.importing.planning import (
    AT_ONCE,
    CHANGED,
    NEW,
    OF_PAIR,
    OWN,
    REFUSED,
    SAME,
    PairPlan,
    Plan,
    Terms,
    plan_articles,
)
from articles.models import Article, Author, Column, OldAddress, QAPair, TaggedPair, Topic
from articles.publishing import public_contents, touch_contents
from articles.revisions import recorded
from articles.search.postings import chunks
from articles.slugs import make_slug, numbered_slug
from articles.topics import fold_name

# Of the whole work, the part that planning takes.
PLANNING = 0.3


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
    by: AbstractBaseUser | None = None,
    report: Callable[[float], None] = lambda share: None,
) -> Written:
    """Write the articles; where one is refused, none is written unless the refused are to be skipped."""
    written = Written()
    with transaction.atomic():
        plans = []
        for plan in plan_articles(copies, terms):
            plans.append(plan)
            report(PLANNING * len(plans) / len(copies))
        written.refused = [plan for plan in plans if plan.outcome == REFUSED]
        written.same = sum(plan.outcome == SAME for plan in plans)
        if written.refused and not skips_refused and not dry_run:
            return written
        taken = [plan for plan in plans if plan.outcome in (NEW, CHANGED)]
        written.new = [plan.article for plan in taken if plan.outcome == NEW]
        written.changed = [plan.article for plan in taken if plan.outcome == CHANGED]
        written.pairs = sum(item.changed for plan in taken for item in plan.pairs)
        if not dry_run:
            writer = Writer({article.slug for article in written.new}, now=timezone.now())
            for done, part in enumerate(chunks(taken, AT_ONCE)):
                report(PLANNING + (1 - PLANNING) * done * AT_ONCE / len(taken))
                with recorded([plan.article for plan in part], by=by, note=_("Imported")):
                    writer.write(part)
        report(1)
    return written


class Writer:
    """Writes plans, many at a time by few queries; knows the columns and topics, and those that it made on the way."""

    def __init__(self, reserved: set[str], *, now: datetime):
        self.reserved = reserved  # slugs that new articles have by the file, and others may not take
        self.now = now
        self.columns: dict[tuple[str, str], Column] = {}
        self.topics = {fold_name(topic.name): topic for topic in Topic.objects.all()}

    def write(self, plans: Sequence[Plan]) -> None:
        before = public_contents([plan.article.pk for plan in plans])
        for plan in plans:
            self.complete(plan)
        self.write_articles(plans)
        self.write_pairs(plans)
        self.write_topics([item for plan in plans for item in plan.pairs if item.topics is not None])
        touch_contents(before, now=self.now)

    def complete(self, plan: Plan) -> None:
        """Give the article what it needs and the file does not say."""
        article = plan.article
        if article.column_id is None:
            article.column = self.make_column(plan.copy)
            plan.changes.append("column")
        if article.status == Status.PUBLISHED and article.published_at is None:
            article.published_at = self.now
            plan.changes.append("published_at")

    def make_column(self, copy: ArticleCopy) -> Column:
        title, name = copy.values["column"], copy.values.get("author") or _("Editors")
        if (title, name) not in self.columns:
            author = Author.objects.filter(name__iexact=name).first() or Author.objects.create(name=name)
            self.columns[title, name] = Column.objects.create(title=title, author=author)
        return self.columns[title, name]

    def write_articles(self, plans: Sequence[Plan]) -> None:
        changed: defaultdict[tuple[str, ...], list[Article]] = defaultdict(list)
        for plan in plans:
            if names := tuple(name for name in plan.changes if plan.article.pk and name in (*OWN, "column")):
                changed[names].append(plan.article)
        for names, articles in changed.items():
            Article.objects.bulk_update(articles, names)
        new = [plan.article for plan in plans if plan.article.pk is None]
        self.give_slugs([article for article in new if not article.slug])
        Article.objects.bulk_create(new)
        # The first that claims an address keeps it: another post of that address is its later copy.
        OldAddress.objects.bulk_create(
            [OldAddress(address=a, target=plan.article) for plan in plans for a in plan.copy.addresses],
            ignore_conflicts=True,
        )

    def give_slugs(self, articles: Sequence[Article]) -> None:
        bases = [make_slug(article.title) for article in articles]
        repeated = {base for base, count in Counter(bases).items() if count > 1}
        stored = Article.objects.values_list("slug", flat=True)
        taken = self.reserved | set(stored.filter(slug__in=bases))
        for base in repeated | (taken & set(bases)):
            taken |= set(stored.filter(slug__startswith=f"{base}-"))
        for article, base in zip(articles, bases, strict=True):
            article.slug = numbered_slug(base, taken.__contains__)
            taken.add(article.slug)

    def write_pairs(self, plans: Sequence[Plan]) -> None:
        new: list[QAPair] = []
        changed: list[QAPair] = []
        moved: list[QAPair] = []
        last = dict(Article.objects.filter(pk__in=[plan.article.pk for plan in plans]).values_list("pk", "last_number"))
        for plan in plans:
            place_pairs(plan, last[plan.article.pk])
            for item in plan.pairs:
                if item.pair.pk is None:
                    new.append(item.pair)
                elif item.changed:
                    changed.append(item.pair)
                elif plan.is_reordered:
                    moved.append(item.pair)
        QAPair.objects.bulk_update(changed, (*OF_PAIR, "position"))
        QAPair.objects.bulk_update(moved, ["position"])
        QAPair.objects.bulk_create(new)

    def write_topics(self, items: Sequence[PairPlan]) -> None:
        """Give each pair the topics that it shall have, and no others."""
        self.make_topics([name for item in items for name in item.topics])
        wanted = {(item.pair.pk, self.topics[fold_name(name)].pk): None for item in items for name in item.topics}
        tagged = TaggedPair.objects.filter(content_object__in=[item.pair.pk for item in items])
        stored = {(pair, topic): pk for pk, pair, topic in tagged.values_list("pk", "content_object_id", "tag_id")}
        for part in chunks(pk for couple, pk in stored.items() if couple not in wanted):
            TaggedPair.objects.filter(pk__in=part).delete()
        TaggedPair.objects.bulk_create(
            TaggedPair(content_object_id=pair, tag_id=topic) for pair, topic in wanted if (pair, topic) not in stored
        )

    def make_topics(self, names: Iterable[str]) -> None:
        new = [name for name in names if fold_name(name) not in self.topics]
        Topic.objects.refuse_new(new)
        for name in new:
            if (folded := fold_name(name)) not in self.topics:
                self.topics[folded] = Topic.objects.create(name=name)


def place_pairs(plan: Plan, last: int) -> None:
    """Give the article's new pairs their numbers and places; a number that was given once is not given again."""
    highest = last
    for position, item in enumerate(plan.pairs, 1):
        pair, is_new = item.pair, item.pair.pk is None
        if is_new:
            pair.article = plan.article
            if pair.number is None or pair.number <= last:
                pair.number = highest + 1
            highest = max(highest, pair.number)
        if plan.is_reordered or (is_new and not last):
            pair.position = position
        pair.position = pair.position or pair.number
