"""Loads fixture files of content: every record checked as the admin would, all of a file or nothing.

Rows are found by their natural keys, never by pk, so that no stranger's row is overwritten. What a record
does not mention keeps its value; a record that says what is stored already writes nothing.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Field, ForeignKey, IntegerField, Model
from django.db.models.signals import pre_save
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.importing.fixture_file import FixtureRefused, naming, read_fixture
from articles.models import (
    Article,
    ArticleFormerSlug,
    Author,
    AuthorFormerSlug,
    Column,
    ColumnFormerSlug,
    DistinctCouple,
    DistinctNames,
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
]
ORDER += [AuthorFormerSlug, ColumnFormerSlug, TopicFormerSlug, ArticleFormerSlug, DistinctNames]
MODELS = {model._meta.label_lower: model for model in ORDER}
NAMED_BY = {TopicAlias: "name", QAPair: "number", TaggedPair: "tag"}  # others by their slug
NAMED_BY |= {PairLink: "other", DistinctCouple: "other", Picture: "name", DistinctNames: "other"}
LONG_KEYS = {QAPair: (str, int)}  # the kinds of value in a natural key; other keys are one text
# A dump has these too; they tell what was done to rows of one database and mean nothing in another.
PASSED_OVER = ("articles.topicmerge",)
DERIVED = {"question_html", "answer_html"}  # a dump has them; they are made anew and never read
MAX_PK = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Record:
    """A record whose values fit their fields; references are natural keys still to be looked up."""

    number: int
    model: type[Model]
    values: dict[Field, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many of a file's records made a row, changed one, or found it as it should be."""

    created: int
    changed: int
    unchanged: int


def load_fixture(path: Path, *, check: bool = False) -> Loaded:
    """Load the file in one transaction; with check, undo it at the end. Raises FixtureRefused."""
    records = [check_record(number, raw) for number, raw in read_fixture(path) if raw.get("model") not in PASSED_OVER]
    loader = Loader()
    with database_refusals(), transaction.atomic():
        for record in sorted(records, key=lambda record: ORDER.index(record.model)):
            with naming(record.number), database_refusals():
                loader.load(record)
        if check:
            transaction.set_rollback(True)
    return Loaded(**{outcome: loader.outcomes[outcome] for outcome in Loaded.__slots__})


@contextmanager
def database_refusals() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise FixtureRefused(_("The database refuses it: %(reason)s") % {"reason": error}) from error


def check_record(number: int, raw: dict[str, Any]) -> Record:
    """Check all that can be said of a record without the database."""
    with naming(number):
        model = find_model(raw.get("model"))
        check_pk(raw.get("pk"))
        given = raw.get("fields")
        if not isinstance(given, dict):
            raise FixtureRefused(_("The record has no fields."))
        fields = {field.name: field for field in model._meta.concrete_fields if not field.primary_key}
        for name in given:
            if name not in fields:
                raise FixtureRefused(_("There is no such field."), field=name)
        for field in fields.values():
            if is_required(field) and field.name not in given:
                raise FixtureRefused(field.error_messages["blank"], field=field.name)
        values = {
            fields[name]: check_value(fields[name], value) for name, value in given.items() if name not in DERIVED
        }
        return Record(number, model, values)


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
        if is_required(field) and isinstance(value, str) and not value.strip():
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


class Loader:
    """Writes checked records one after the other; knows the rows that the file has named so far."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.rows: dict[tuple[type[Model], tuple], Model] = {}
        self.numbers: dict[tuple[type[Model], tuple], int] = {}

    def load(self, record: Record) -> None:
        row = self.build(record)
        name = record.model, tuple(row.natural_key())
        if name in self.numbers:
            reason = _("Record %(number)d is about the same row.") % {"number": self.numbers[name]}
            raise FixtureRefused(reason, field=NAMED_BY.get(record.model, "slug"))
        self.numbers[name] = record.number
        stored = self.find(*name)
        if stored is None:
            validate(row)
            row.save(force_insert=True)
            self.outcomes["created"] += 1
        elif changed := take_over(row, stored, record):
            validate(stored)
            stored.save(update_fields=changed)
            self.outcomes["changed"] += 1
        else:
            self.outcomes["unchanged"] += 1
        self.rows[name] = stored or row

    def build(self, record: Record) -> Model:
        """Return the row that the record describes, in the form in which it would be stored."""
        row = record.model()
        for field, value in record.values.items():
            setattr(row, field.name, self.refer(field, value) if isinstance(field, ForeignKey) else value)
        pre_save.send(sender=record.model, instance=row, raw=True)
        return row

    def refer(self, field: ForeignKey, key: tuple) -> Model:
        row = self.find(field.related_model, key)
        if row is None:
            wanted = {"kind": field.related_model._meta.verbose_name, "key": " ".join(map(str, key))}
            raise FixtureRefused(
                _("Neither the file nor the database has the %(kind)s “%(key)s”.") % wanted, field=field.name
            )
        return row

    def find(self, model: type[Model], key: tuple) -> Model | None:
        if (model, key) not in self.rows:
            try:
                self.rows[model, key] = model._default_manager.get_by_natural_key(*key)
            except ObjectDoesNotExist:
                return None
        return self.rows[model, key]


def take_over(row: Model, stored: Model, record: Record) -> list[str]:
    """Put what the record says into the stored row and return the names of the fields that differed."""
    changed = []
    for field in record.values:
        value = getattr(row, field.name)
        if field.name == "last_number":
            value = max(value, stored.last_number)  # an older file must not have numbers given twice
        if value != getattr(stored, field.name):
            setattr(stored, field.name, value)
            changed.append(field.name)
    return changed


def validate(row: Model) -> None:
    references = {field.name for field in row._meta.concrete_fields if isinstance(field, ForeignKey)}
    try:
        row.full_clean(exclude=references)  # found a moment ago; asking again would cost a query each
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise FixtureRefused(messages[0], field="" if field == NON_FIELD_ERRORS else field) from error
