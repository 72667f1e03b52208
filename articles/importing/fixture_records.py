"""The kinds of content a fixture may hold, and all that can be said of a record without the database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, IntegerField, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.importing.fixture_file import FixtureRefused, naming
from articles.models import (
    Article,
    ArticleFormerSlug,
    Author,
    AuthorFormerSlug,
    Column,
    ColumnFormerSlug,
    DistinctCouple,
    DistinctNames,
    FormerPlace,
    OldAddress,
    PairLink,
    Picture,
    QAPair,
    SynonymGroup,
    TaggedPair,
    Topic,
    TopicAlias,
    TopicFormerSlug,
)

# In the order in which they refer to each other; the records of a file may stand in any order.
ORDER = [
    Author,
    Column,
    Topic,
    TopicAlias,
    SynonymGroup,
    Article,
    QAPair,
    TaggedPair,
    PairLink,
    DistinctCouple,
    Picture,
    FormerPlace,
]
ORDER += [AuthorFormerSlug, ColumnFormerSlug, TopicFormerSlug, ArticleFormerSlug, OldAddress, DistinctNames]
MODELS = {model._meta.label_lower: model for model in ORDER}
# The fields that tell a row from all others; others have their slug.
NAMED_BY = {
    TopicAlias: ("name",),
    QAPair: ("article", "number"),
    TaggedPair: ("content_object", "tag"),
    PairLink: ("pair", "other"),
    DistinctCouple: ("pair", "other"),
    Picture: ("name",),
    FormerPlace: ("article", "number"),
    OldAddress: ("address",),
    DistinctNames: ("name", "other"),
}
LONG_KEYS = {QAPair: (str, int)}  # the kinds of value in a natural key; other keys are one text
# A dump has these too; they tell what was done to rows of one database and mean nothing in another.
PASSED_OVER = ("articles.topicmerge", "articles.revision", "articles.pendingrevision")
DERIVED = {"question_html", "answer_html"}  # a dump has them; they are made anew and never read
MAX_PK = 2**63 - 1


class Record(NamedTuple):
    """A record whose values fit their fields, by name; references are natural keys still to be looked up."""

    number: int
    values: dict[str, Any]


@cache
def fields_of(model: type[Model]) -> dict[str, Field]:
    """Return what a record of the model may state."""
    return {field.name: field for field in model._meta.concrete_fields if not field.primary_key}


@cache
def references_of(model: type[Model]) -> dict[str, ForeignKey]:
    return {name: field for name, field in fields_of(model).items() if isinstance(field, ForeignKey)}


@cache
def named_by(model: type[Model]) -> tuple[Field, ...]:
    """Return the fields that tell a row from all others."""
    return tuple(fields_of(model)[name] for name in NAMED_BY.get(model, ("slug",)))


@cache
def required_of(model: type[Model]) -> list[Field]:
    return [field for field in fields_of(model).values() if is_required(field)]


def check_records(numbered: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[tuple[type[Model], Record]]:
    """Yield the records with their models, without those that are passed over."""
    for number, raw in numbered:
        if raw.get("model") not in PASSED_OVER:
            with naming(number):
                checked = check_record(number, raw)
            yield checked


def check_record(number: int, raw: dict[str, Any]) -> tuple[type[Model], Record]:
    """Check all that can be said of a record without the database."""
    model = find_model(raw.get("model"))
    check_pk(raw.get("pk"))
    given = raw.get("fields")
    if not isinstance(given, dict):
        raise FixtureRefused(_("The record has no fields."))
    fields = fields_of(model)
    for name in given:
        if name not in fields:
            raise FixtureRefused(_("There is no such field."), field=name)
    for field in required_of(model):
        if field.name not in given:
            raise FixtureRefused(field.error_messages["blank"], field=field.name)
    values = {name: check_value(fields[name], value) for name, value in given.items() if name not in DERIVED}
    return model, Record(number, values)


def find_model(label: object) -> type[Model]:
    if not isinstance(label, str) or label.lower() not in MODELS:
        raise FixtureRefused(_("There is no such kind of content."), field="model")
    return MODELS[label.lower()]


def check_pk(pk: object) -> None:
    """Refuse what could not be a key, though rows are found by their natural keys and the number is not used."""
    if pk is not None and (type(pk) is not int or not 0 < pk <= MAX_PK):
        raise FixtureRefused(_("A key is a positive whole number."), field="pk")


def is_required(field: Field) -> bool:
    """Tell whether every record needs the field; a slug may be left empty in a form, but here it names the row."""
    return field.name == "slug" or not (field.blank or field.null or field.has_default())


def check_value(field: Field, value: object) -> Any:
    """Return the value as the model holds it."""
    try:
        if isinstance(field, ForeignKey):
            return check_reference(field, value)
        check_kind(field, value)
        if isinstance(value, str) and is_required(field) and not value.strip():
            raise ValidationError(field.error_messages["blank"])
        cleaned = field.clean(value, None)
        return check_moment(cleaned) if isinstance(cleaned, datetime) else cleaned
    except ValidationError as error:
        raise FixtureRefused(error.messages[0], field=field.name) from error


def check_kind(field: Field, value: object) -> None:
    if value is None and not field.null:  # Django does not ask this of fields that no form shows
        raise ValidationError(field.error_messages["null"])
    if isinstance(field, IntegerField) and type(value) not in (int, type(None)):
        raise ValidationError(_("A whole number is wanted here."))
    if not isinstance(field, IntegerField) and type(value) not in (str, type(None)):
        raise ValidationError(_("Text is wanted here."))
    if isinstance(value, str):
        check_text(value)


def check_text(text: str) -> None:
    if "\0" in text:
        raise ValidationError(_("Character %(position)d is a NUL.") % {"position": text.index("\0") + 1})
    try:
        text.encode()
    except UnicodeEncodeError as error:
        place = {"position": error.start + 1}
        raise ValidationError(_("Character %(position)d is half of one.") % place) from error


def check_moment(moment: datetime) -> datetime:
    """Return the moment, in the site's time zone where it names none; it must exist in every zone it is shown in."""
    try:
        aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
        return timezone.localtime(aware).astimezone(UTC)
    except OverflowError as error:
        raise ValidationError(_("This moment is too far away.")) from error


def check_reference(field: ForeignKey, value: object) -> tuple:
    kinds = LONG_KEYS.get(field.related_model, (str,))
    if not isinstance(value, list) or tuple(map(type, value)) != kinds:
        example = '["slug", 1]' if len(kinds) > 1 else '["slug"]'
        raise ValidationError(_("A reference is a list such as %(example)s.") % {"example": example})
    check_text(value[0])
    return tuple(value)
