"""Writes a parsed page as an article: the only way by which pages enter the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.choices import Origin, Status
from articles.importing.parser import parse_page
from articles.importing.records import PageRefused, ParsedPage, ParsedPair
from articles.importing.review import Review, review_page
from articles.models import Article, Author, Column, QAPair, Topic, TopicAlias
from articles.revisions import record


class AlreadyImported(PageRefused):
    """The page came in before, as the article."""

    def __init__(self, article: Article):
        super().__init__(_("Already imported as %(slug)s.") % {"slug": article.slug})
        self.article = article


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import wrote, or would have written."""

    article: Article
    pairs: int
    topics: tuple[str, ...]
    warnings: tuple[str, ...]
    is_new_column: bool
    is_new_author: bool


def parse_for_site(text: str, *, column: Column | None = None) -> ParsedPage:
    """Parse a page with the topics and salutations that the site knows. Costs at most three queries."""
    return parse_page(text, salutations=known_salutations(column), topics=known_topics())


def review_for_site(text: str) -> Review:
    """Read a page, as parse_for_site does, for an editor to correct."""
    return review_page(text, salutations=known_salutations(), topics=known_topics())


def known_salutations(column: Column | None = None) -> list[str]:
    columns = [column] if column else Column.objects.exclude(salutations="")
    return [word for known in columns for word in known.salutation_list]


def known_topics() -> Mapping[str, str]:
    """Map every topic's name and aliases to its name."""
    aliases = TopicAlias.objects.values_list("name", "topic__name")
    return dict(aliases) | {name: name for name in Topic.objects.values_list("name", flat=True)}


@transaction.atomic
def import_page(
    page: ParsedPage,
    *,
    column: Column | None = None,
    origin: Origin | None = None,
    publish: bool = False,
    dry_run: bool = False,
    by: AbstractBaseUser | None = None,
) -> ImportResult:
    """Write the page as one article, a draft unless it is to be published; all of it or nothing.

    A page that was published elsewhere is a reprint unless its origin is given. Raises PageRefused for a page that is here already, or that breaks a rule of the tables.
    """
    if known := find_known(page):
        raise AlreadyImported(known)
    columns, authors = Column.objects.count(), Author.objects.count()
    try:
        article = write_article(page, column or find_column(page), origin or origin_of(page), publish=publish)
        write_pairs(page, article)
    except ValidationError as error:
        raise PageRefused(" ".join(error.messages)) from error
    record([article], by=by, note=_("Imported"))
    result = ImportResult(
        article=article,
        pairs=len(page.pairs),
        topics=page.topics,
        warnings=page.warnings,
        is_new_column=Column.objects.count() > columns,
        is_new_author=Author.objects.count() > authors,
    )
    transaction.set_rollback(dry_run)
    return result


def find_known(page: ParsedPage) -> Article | None:
    """Return the article as which a page with this address, or without an address this text, was imported before.

    An article that retells a page has its address too, but no raw text: the page itself may still come in.
    """
    same = {"source_url": page.source_url} if page.source_url else {"source_text": page.raw_text}
    return Article.objects.filter(**same).exclude(source_text="").first()


def find_column(page: ParsedPage) -> Column:
    """Return the column of the page's title, or make it."""
    return known_column(page) or write(Column(title=column_title(page)[:100], author=find_author(page)))


def known_column(page: ParsedPage) -> Column | None:
    same = Column.objects.filter(title__iexact=column_title(page))
    return same.filter(author__name=page.author_name).first() or same.first()


def column_title(page: ParsedPage) -> str:
    """Return the column that the page names; one that names none belongs to its publisher, or else its author."""
    return page.column_title or page.source_name or page.author_name or _("Readers' questions")


def find_author(page: ParsedPage) -> Author:
    """Return the author the page names, or make one; a page that names nobody is answered by the editors."""
    name = (page.author_name or _("Editors"))[:60]
    return Author.objects.filter(name__iexact=name).first() or write(Author(name=name))


def origin_of(page: ParsedPage) -> Origin:
    return Origin.REPRINT if page.source_url or page.source_name else Origin.ORIGINAL


def write_article(page: ParsedPage, column: Column, origin: Origin, *, publish: bool) -> Article:
    article = Article(
        column=column,
        title=page.title[:200],
        status=Status.PUBLISHED if publish else Status.DRAFT,
        published_at=time_of(page) or (timezone.now() if publish else None),
        origin=origin,
        source_name=page.source_name[:100],
        source_url=valid_url(page.source_url),
        source_text=page.raw_text,
    )
    return write(article)


def write_pairs(page: ParsedPage, article: Article) -> None:
    """Write the pairs with their topics; a name that is no topic's is looked up among the aliases, or made a topic."""
    topics = {topic.name: topic for topic in Topic.objects.filter(name__in=page_topics(page))}
    for number, parsed in enumerate(page.pairs, 1):
        pair = write_pair(parsed, article, number)
        pair.topics.add(*(topics.get(name, name) for name in parsed.topics))


def write_pair(parsed: ParsedPair, article: Article, number: int) -> QAPair:
    pair = QAPair(
        article=article,
        number=number,
        position=number,
        heading=parsed.heading,
        question=parsed.question,
        answer=parsed.answer,
        signature=parsed.signature,
    )
    try:
        return write(pair)
    except ValidationError as error:
        place = {"number": number, "reason": " ".join(error.messages)}
        raise PageRefused(_("Question %(number)d: %(reason)s") % place) from error


def page_topics(page: ParsedPage) -> set[str]:
    return {name for pair in page.pairs for name in pair.topics}


def write(row):
    """Save a row that keeps the rules the admin would hold it to; raise ValidationError for others."""
    row.full_clean(exclude={"slug"})  # made from the name on saving
    row.save()
    return row


def time_of(page: ParsedPage) -> datetime | None:
    """Return when the page was published: what it states, else the middle between its neighbours, else the nearer one."""
    if page.published_at:
        return page.published_at
    if page.earliest and page.latest:
        middle = page.earliest + (page.latest - page.earliest) / 2
        return middle.replace(second=0, microsecond=0)
    return page.earliest or page.latest


def valid_url(url: str) -> str:
    """Return the address, or nothing where the page gives none that a browser could follow."""
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return ""
    return url if len(url) <= 500 else ""
