"""Rows of a table as articles: one row is one pair, rows of one slug or title are one article."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles.importing.copies import FIELD, FIELDS, ArticleCopy, PairCopy, Problem, read_values

MAPPABLE = [kind.name for kind in FIELDS]
REQUIRED = ("question", "heading")  # one of them tells a pair
TELLS_PAIR = ("question", "heading", "answer")
# An empty cell of these says nothing; of the others, that there is none.
SILENT = ("title", "column", "author", "slug", "status", "published_at", "origin", "number")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the field that each of its columns is for; "" stands for none."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    mapping: Sequence[str]

    @property
    def labels(self) -> dict[str, str]:
        """How the file calls each field."""
        return {name: label for name, label in zip(self.mapping, self.header, strict=False) if name}

    @property
    def columns(self) -> list[tuple[str, str, list[str]]]:
        """Each column's header, field, and first values, to choose by."""
        samples = (
            [row[i] for row in self.rows[:40] if i < len(row) and row[i].strip()][:2] for i in range(len(self.header))
        )
        return list(zip(self.header, self.mapping, samples, strict=True))


def guess_mapping(header: Sequence[str]) -> list[str]:
    """Return the field of each column by its heading, each field once; "" where the heading says nothing."""
    found: list[str] = []
    for text in header:
        names = (kind.name for kind in FIELDS if kind.is_called(text) and kind.name not in found)
        found.append(next(names, "") if text.strip() else "")
    if "heading" not in found and "title" in found and "question" not in found:
        found[found.index("title")] = "heading"
    return found


def mapping_problems(mapping: Sequence[str]) -> list[str]:
    """Return what keeps a table of this mapping from being read."""
    chosen = [name for name in mapping if name]
    twice = sorted({str(FIELD[name].label) for name in chosen if chosen.count(name) > 1})
    problems = [_("“%(field)s” is given to two columns.") % {"field": label} for label in twice]
    if not set(chosen) & set(REQUIRED):
        problems.append(_("No column is the question."))
    return problems


def read_articles(table: Table) -> list[ArticleCopy]:
    """Return the articles in the order of their first rows, each with the problems of its rows."""
    articles: dict[tuple, ArticleCopy] = {}
    current: ArticleCopy | None = None
    for number, row in enumerate(table.rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        place = _("row %(row)d") % {"row": number}
        given = {
            name: cell for name, cell in zip(table.mapping, row, strict=False) if name and says_something(name, cell)
        }
        values, problems = read_values(given, place, table.labels)
        key = article_key(values, place, bool({"title", "slug"} & set(table.mapping)))
        if key or current is None:
            current = articles.setdefault(key or (place,), ArticleCopy(place))
        current.problems += problems
        add_row(current, values, place, table.labels)
    return list(articles.values())


def article_key(values: dict[str, Any], place: str, is_keyed: bool) -> tuple:
    """Return what the rows of one article share; nothing for a row that goes on with the article above."""
    if not is_keyed:
        return (place,)
    if values.get("slug"):
        return (values["slug"],)
    return (values["title"], values.get("column", "")) if values.get("title") else ()


def says_something(name: str, cell: str) -> bool:
    return bool(cell.strip()) or name not in SILENT


def add_row(article: ArticleCopy, values: dict[str, Any], place: str, labels: dict[str, str]) -> None:
    """Add the row's pair; what it says of the article must be what earlier rows said."""
    own = {name: value for name, value in values.items() if not FIELD[name].of_pair}
    for name, value in own.items():
        before = article.values.get(name)
        if before and value and value != before:
            reason = _("This differs from %(place)s of the same article.") % {"place": article.place}
            article.problems.append(Problem(place, labels.get(name, name), reason))
        article.values[name] = before or value
    pair = PairCopy(place, {name: value for name, value in values.items() if FIELD[name].of_pair})
    for name, other in (("heading", "question"), ("question", "heading")):
        if pair.values.get(other) and not pair.values.get(name):
            pair.values.pop(name, None)  # one of them is made from the other
    if any(pair.values.get(name) for name in TELLS_PAIR):
        check_number(article, pair, labels)
        article.pairs.append(pair)


def check_number(article: ArticleCopy, pair: PairCopy, labels: dict[str, str]) -> None:
    number = pair.values.get("number")
    twin = next((other for other in article.pairs if number and other.values.get("number") == number), None)
    if twin:
        reason = _("%(place)s has this number already.") % {"place": twin.place}
        article.problems.append(Problem(pair.place, labels.get("number", ""), reason))
