"""Versions of an article as people read them: values in words, fields by their labels, changes side by side."""

from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.admin.unsaved import topic_names
from articles.comparing import Comparison, PairChange, TextChange, compare
from articles.models import Article, Column, QAPair
from articles.revisions import FIELDS, TEXTS, Content, plain


@dataclass(frozen=True)
class Labelled:
    """A text that changed, under the name that the form gives it."""

    label: str
    change: TextChange

    @property
    def is_letter(self) -> bool:
        return self.change.name == "question"


@dataclass(frozen=True)
class ShownPair:
    change: PairChange
    texts: list[Labelled]


@dataclass(frozen=True)
class ShownComparison:
    """What the page of a comparison shows, under a name for each of its sides."""

    comparison: Comparison
    old_name: str
    new_name: str

    @property
    def fields(self) -> list[Labelled]:
        return [Labelled(label_of(Article, change.name), change) for change in self.comparison.fields]

    @property
    def pairs(self) -> list[ShownPair]:
        changed = [pair for pair in self.comparison.pairs if not pair.is_same]
        return [
            ShownPair(pair, [Labelled(label_of(QAPair, text.name), text) for text in pair.texts]) for pair in changed
        ]

    @property
    def same_count(self) -> int:
        return sum(pair.is_same for pair in self.comparison.pairs)


def label_of(model, name: str) -> str:
    return capfirst(model._meta.get_field(name).verbose_name)


def shown_comparison(old: Content, new: Content, old_name: str, new_name: str) -> ShownComparison:
    """Compare two versions for people to read. One query for the columns."""
    columns = Column.objects.in_bulk({content["article"]["column"] for content in (old, new)})
    return ShownComparison(compare(in_words(old, columns), in_words(new, columns)), old_name, new_name)


def in_words(content: Content, columns) -> Content:
    fields = {name: value_in_words(name, value, columns) for name, value in content["article"].items()}
    return content | {"article": fields}


def value_in_words(name: str, value, columns) -> str:
    """Return the value of a field as people write it."""
    field = Article._meta.get_field(name)
    if name == "column":
        return str(columns.get(value) or gettext("(a column that is gone)")) if value else ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    value = field.to_python(value)
    return formats.localize(timezone.template_localtime(value)) if hasattr(value, "year") else str(value or "")


def form_content(article: Article, cards) -> Content:
    """Return what a form holds, as a version: the article and its cards in order."""
    fields = {name: plain(getattr(article, article._meta.get_field(name).attname)) for name in FIELDS}
    pairs = [
        {"number": card.instance.number if card.instance.pk else None, "topics": sorted(topic_names(card))}
        | {name: getattr(card.instance, name) for name in TEXTS}
        for card in cards
    ]
    return {"article": fields, "pairs": pairs}
