"""What articles from a file would change here: found beforehand, with reads alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.choices import Status
from articles.importing.copies import FIELD, ArticleCopy, PairCopy, Problem
from articles.importing.importer import known_topics
from articles.importing.questions import make_heading
from articles.models import Article, Column, QAPair
from articles.topics import clean_name, fold_name

NEW, CHANGED, SAME, REFUSED = OUTCOMES = "new", "changed", "same", "refused"
OWN = (
    "title",
    "slug",
    "summary",
    "status",
    "published_at",
    "expires_at",
    "review_by",
    "origin",
    "source_name",
    "source_url",
)
OF_PAIR = ("heading", "question", "answer", "signature")
PUBLISHERS_OWN = ("published_at", "expires_at")
AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Terms:
    """What an import is allowed, and where articles go that name no column."""

    column: Column | None = None
    keeps_status: bool = False
    may_publish: bool = True
    may_change: bool = True
    may_add_columns: bool = True
    may_add_topics: bool = True


@dataclass(slots=True)
class PairPlan:
    """A pair as it will be; changed names what differs, a new pair has no key yet."""

    pair: QAPair
    topics: tuple[str, ...] | None
    changed: bool


@dataclass(slots=True)
class Plan:
    """One article as it will be, how it differs from what is here, or why it is not taken."""

    copy: ArticleCopy
    article: Article
    column: Column | None = None
    pairs: list[PairPlan] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_reordered: bool = False

    @property
    def outcome(self) -> str:
        if self.problems:
            return REFUSED
        if self.article.pk is None:
            return NEW
        return CHANGED if self.changes else SAME

    def refuse(self, reason: str, name: str = "", place: str = "") -> None:
        label = str(FIELD[name].label) if name in FIELD else ""
        self.problems.append(Problem(place or self.copy.place, label, reason))


def plan_articles(copies: Sequence[ArticleCopy], terms: Terms) -> Iterator[Plan]:
    """Yield a plan for each article, in order. The number of queries grows by one with every few hundred articles."""
    planner = Planner(terms)
    for copy in copies:
        if not (copy.title or copy.values.get("slug")):
            copy.values["title"] = first_heading(copy)
    for copy_batch in batched_lists(copies):
        planner.look_up(copy_batch)
        for copy in copy_batch:
            yield planner.plan(copy)


def batched_lists(copies: Iterable[ArticleCopy]) -> Iterator[list[ArticleCopy]]:
    rest = list(copies)
    while rest:
        batch, rest = rest[:AT_ONCE], rest[AT_ONCE:]
        yield batch


class Planner:
    """Knows the columns and topics here, and the articles that a batch of copies may mean."""

    def __init__(self, terms: Terms):
        self.terms = terms
        self.columns = list(Column.objects.select_related("author"))
        self.topics = {fold_name(name): topic for name, topic in known_topics().items()}
        self.stored: list[Article] = []
        self.claimed: set[object] = set()

    def look_up(self, copies: Sequence[ArticleCopy]) -> None:
        slugs = [copy.values["slug"] for copy in copies if copy.values.get("slug")]
        titles = [copy.title for copy in copies if not copy.values.get("slug")]
        found = Article.objects.filter(Q(slug__in=slugs) | Q(title__in=titles)).order_by("pk")
        self.stored = list(found.for_listing())
        self.by_slug = {article.slug: article for article in self.stored}

    def plan(self, copy: ArticleCopy) -> Plan:
        plan = Plan(copy, Article(), problems=list(copy.problems))
        if not copy.pairs and not copy.problems:
            plan.refuse(_("There is no question."))
        plan.column = self.find_column(copy)
        self.find_article(plan)
        if not plan.problems:
            self.take_values(plan)
            self.take_pairs(plan)
            self.check(plan)
        return plan

    def find_column(self, copy: ArticleCopy) -> Column | None:
        """Return the column of that title, of that author if there are several; None where one has to be made."""
        title, author = copy.values.get("column", ""), copy.values.get("author", "")
        if not title:
            return self.terms.column
        same = [column for column in self.columns if column.title.casefold() == title.casefold()]
        by_author = [column for column in same if not author or column.author.name.casefold() == author.casefold()]
        return (by_author or same or [None])[0]

    def find_article(self, plan: Plan) -> None:
        """Find what the copy means here: by its slug, else by title and column where only one bears them."""
        copy, slug = plan.copy, plan.copy.values.get("slug", "")
        if slug:
            found = [self.by_slug[slug]] if slug in self.by_slug else []
        else:
            found = [row for row in self.stored if row.title == copy.title and plan.column in (None, row.column)]
        if len(found) > 1:
            plan.refuse(_("Several articles here have this title; a slug tells which is meant."), "title")
        elif found:
            plan.article = found[0]
            self.check_stored(plan)
        claim = plan.article.pk or slug or (copy.title, plan.column and plan.column.pk, copy.values.get("column"))
        if claim in self.claimed:
            plan.refuse(_("Another article of the file has this slug or title."), "slug" if slug else "title")
        self.claimed.add(claim)

    def check_stored(self, plan: Plan) -> None:
        if plan.copy.is_new_only:
            plan.refuse(_("Already imported as %(slug)s.") % {"slug": plan.article.slug})
        elif plan.article.status == Status.TRASHED:
            plan.refuse(_("This article lies in the trash here."))
        elif not self.terms.may_change:
            plan.refuse(_("This article is here already, and you may not change it."))

    def take_values(self, plan: Plan) -> None:
        article, values = plan.article, dict(plan.copy.values)
        if not self.terms.keeps_status:
            values.pop("status", None)
        if article.pk and not self.terms.may_publish:
            values = {name: value for name, value in values.items() if name not in PUBLISHERS_OWN}
        if article.pk is None:
            values["title"] = plan.copy.title or first_heading(plan.copy)
            article.source_text = plan.copy.source_text
        for name in OWN:
            if name in values and not is_same(getattr(article, name), values[name]):
                setattr(article, name, values[name])
                plan.changes.append(name)
        if (
            plan.column is not None
            and article.column_id != plan.column.pk
            and (article.pk is None or plan.copy.values.get("column"))
        ):
            article.column = plan.column
            plan.changes.append("column")

    def take_pairs(self, plan: Plan) -> None:
        stored = list(plan.article.pairs.all()) if plan.article.pk else []
        left = list(stored)
        for copy in plan.copy.pairs:
            pair = match_pair(copy, left)
            if pair is not None:
                left.remove(pair)
            plan.pairs.append(self.take_pair(pair, copy, plan))
        is_whole = not left and bool(stored)
        plan.is_reordered = is_whole and [item.pair.pk for item in plan.pairs if item.pair.pk] != [
            row.pk for row in stored
        ]
        if any(item.changed for item in plan.pairs) or plan.is_reordered:
            plan.changes.append("question")

    def take_pair(self, pair: QAPair | None, copy: PairCopy, plan: Plan) -> PairPlan:
        values = copy.values
        topics = self.canonical(values["topics"]) if "topics" in values else None
        if pair is None:
            return PairPlan(new_pair(values), topics or (), True)
        changed = False
        for name in OF_PAIR:
            if name in values and getattr(pair, name) != values[name]:
                setattr(pair, name, values[name])
                changed = True
        is_retagged = topics is not None and set(topics) != {topic.name for topic in pair.topics.all()}
        return PairPlan(pair, topics if is_retagged else None, changed or is_retagged)

    def canonical(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the topics that the names mean, new ones as they are written."""
        return tuple(dict.fromkeys(self.topics.get(fold_name(name), clean_name(name)) for name in names))

    # Rules

    def check(self, plan: Plan) -> None:
        article = plan.article
        if plan.column is None and article.column_id is None:
            self.check_new_column(plan)
        for name, reason in field_errors(article, OWN):
            plan.refuse(reason, name)
        if article.expires_at and article.published_at and article.expires_at <= article.published_at:
            plan.refuse(_("It would expire before it is published."), "expires_at")
        for item, copy in zip(plan.pairs, plan.copy.pairs, strict=True):
            self.check_pair(plan, item, copy)

    def check_new_column(self, plan: Plan) -> None:
        values = plan.copy.values
        if not values.get("column"):
            plan.refuse(_("No column is named, and none was chosen for such articles."), "column")
        elif not self.terms.may_add_columns:
            plan.refuse(_("There is no column “%(title)s” here.") % {"title": values["column"]}, "column")
        elif len(values["column"]) > 100 or len(values.get("author", "")) > 60:
            plan.refuse(_("The name is too long."), "column")

    def check_pair(self, plan: Plan, item: PairPlan, copy: PairCopy) -> None:
        pair = item.pair
        for name, reason in field_errors(pair, OF_PAIR):
            plan.refuse(reason, name, copy.place)
        if plan.article.status == Status.PUBLISHED:
            for name in ("heading", "question", "answer"):
                if not getattr(pair, name).strip():
                    plan.refuse(_("A published article has no gaps."), name, copy.place)
        for name in item.topics or ():
            if len(name) > 100:
                plan.refuse(_("The topic “%(name)s…” is too long.") % {"name": name[:20]}, "topics", copy.place)
            elif not self.terms.may_add_topics and fold_name(name) not in self.topics:
                plan.refuse(_("There is no topic “%(name)s” here.") % {"name": name}, "topics", copy.place)


def first_heading(copy: ArticleCopy) -> str:
    """Return a title for an article that the file gives none: what its first pair asks."""
    return next((new_pair(pair.values).heading for pair in copy.pairs), "")[:200]


def new_pair(values: dict[str, Any]) -> QAPair:
    heading, question = values.get("heading"), values.get("question")
    return QAPair(
        number=values.get("number"),
        heading=make_heading(question)[:120] if heading is None and question else heading or "",
        question=heading or "" if question is None else question,
        answer=values.get("answer", ""),
        signature=values.get("signature", ""),
    )


def match_pair(copy: PairCopy, stored: Sequence[QAPair]) -> QAPair | None:
    """Return the pair that the copy means: by number, or where it gives none, by question or heading."""
    if (number := copy.values.get("number")) is not None:
        return next((pair for pair in stored if pair.number == number), None)
    stated = [(name, copy.values[name]) for name in ("question", "heading") if copy.values.get(name)]
    return next((pair for name, text in stated for pair in stored if getattr(pair, name) == text), None)


def is_same(stored: Any, given: Any) -> bool:
    """Tell whether the values are one; a file keeps seconds at most, a spreadsheet only minutes."""
    if not (isinstance(stored, datetime) and isinstance(given, datetime)):
        return stored == given
    whole = stored.replace(microsecond=0)
    return given in (stored, whole, whole.replace(second=0))


def field_errors(row: Article | QAPair, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with values that are there; whether gaps are allowed is another question."""
    for name in names:
        value = getattr(row, name)
        if value in (None, "") and name != "title":
            continue
        try:
            row._meta.get_field(name).clean(value, row)
        except ValidationError as error:
            yield name, error.messages[0]
