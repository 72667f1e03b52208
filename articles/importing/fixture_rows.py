"""Writes checked records as rows, a batch at a time, by few queries."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Field, Model
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _

from articles.importing.fixture_file import FixtureRefused, naming
from articles.importing.fixture_records import Record, fields_of, named_by, references_of
from articles.importing.spool import Spool
from articles.models import QAPair

Keys = dict[tuple, int]


@contextmanager
def database_refusals() -> Iterator[None]:
    """Say in one line what the database refuses, or the temporary one that is used on the way."""
    try:
        yield
    except (DatabaseError, sqlite3.Error) as error:
        raise FixtureRefused(_("The database refuses it: %(reason)s") % {"reason": error}) from error


def write_batch(model: type[Model], records: Sequence[Record], spool: Spool) -> Counter[str]:
    """Write the records and count them by what became of them. Raises FixtureRefused.

    Together the rows are held to the rules of their fields only; the database keeps the others. Whatever stands
    against that, each is then checked and written alone: that tells which record it is, and why.
    """
    if model.clean is Model.clean:
        try:
            with transaction.atomic():
                return write_rows(model, records, spool, clean_fields)
        except (FixtureRefused, DatabaseError):
            pass
    outcomes: Counter[str] = Counter()
    for record in records:
        with naming(record.number), database_refusals():
            outcomes += write_rows(model, [record], spool, clean_fully)
    return outcomes


def write_rows(
    model: type[Model], records: Sequence[Record], spool: Spool, clean: Callable[[Model, Record], None]
) -> Counter[str]:
    """Write the rows that are not here, and of others what differs; the number of queries does not grow with them."""
    rows = build(model, records)
    refuse_repeats(records, rows, spool)
    stored = find_stored(model, rows)
    created: list[Model] = []
    changed: defaultdict[tuple[str, ...], list[Model]] = defaultdict(list)
    for record, row in zip(records, rows, strict=True):
        known = stored.get(name_of(row))
        if known is None:
            clean(row, record)
            created.append(row)
        elif names := take_over(row, known, record):
            clean(known, record)
            changed[names].append(known)
    for names, known_rows in changed.items():
        model._base_manager.bulk_update(known_rows, names)
    model._base_manager.bulk_create(created)
    differing = sum(map(len, changed.values()))
    return Counter(created=len(created), changed=differing, unchanged=len(records) - len(created) - differing)


def refuse_repeats(records: Sequence[Record], rows: Sequence[Model], spool: Spool) -> None:
    """Raise FixtureRefused for a row that an earlier record is about."""
    names = [(repr(name_of(row)), record.number) for record, row in zip(records, rows, strict=True)]
    for earlier in spool.claim(rows[0]._meta.label_lower, names).values():
        reason = _("Record %(number)d is about the same row.") % {"number": earlier}
        raise FixtureRefused(reason, field=named_by(type(rows[0]))[-1].name)


def build(model: type[Model], records: Sequence[Record]) -> list[Model]:
    """Return the rows that the records describe, in the form in which they would be stored."""
    references = references_of(model)
    keys = {
        name: find_keys(field.related_model, {record.values[name] for record in records})
        for name, field in references.items()
    }
    rows = []
    for record in records:
        values = dict(record.values)
        for name, field in references.items():
            values[field.attname] = refer(field, keys[name], values.pop(name))
        row = model(**values)
        pre_save.send(sender=model, instance=row, raw=True)
        rows.append(row)
    return rows


def find_keys(model: type[Model], names: Collection[tuple]) -> Keys:
    """Return the keys of the rows with the natural keys, of which the first part is a slug."""
    slug = "article__slug" if model is QAPair else "slug"
    parts = (slug, "number") if model is QAPair else (slug,)
    found = model._default_manager.filter(**{f"{slug}__in": {name[0] for name in names}}).order_by()
    return {tuple(name): pk for pk, *name in found.values_list("pk", *parts)}


def refer(field: Field, keys: Keys, name: tuple) -> int:
    if name not in keys:
        wanted = {"kind": field.related_model._meta.verbose_name, "key": " ".join(map(str, name))}
        raise FixtureRefused(
            _("Neither the file nor the database has the %(kind)s “%(key)s”.") % wanted, field=field.name
        )
    return keys[name]


def find_stored(model: type[Model], rows: Sequence[Model]) -> dict[tuple, Model]:
    """Return the rows here that the given ones stand for, by what names them."""
    first = named_by(model)[0]
    found = model._default_manager.filter(**{f"{first.name}__in": {getattr(row, first.attname) for row in rows}})
    return {name_of(row): row for row in found.order_by()}


def name_of(row: Model) -> tuple:
    return tuple(getattr(row, field.attname) for field in named_by(type(row)))


def take_over(row: Model, stored: Model, record: Record) -> tuple[str, ...]:
    """Put what the record says into the stored row and return the names of the fields that differed."""
    changed = []
    for name in record.values:
        attribute = fields_of(type(row))[name].attname
        value = getattr(row, attribute)
        if name == "last_number":
            value = max(value, stored.last_number)  # an older file must not have numbers given twice
        if value != getattr(stored, attribute):
            setattr(stored, attribute, value)
            changed.append(name)
    return tuple(changed)


def clean_fields(row: Model, record: Record) -> None:
    """Check the fields that do not simply have what the record says, which is checked already."""
    said = {name for name, value in record.values.items() if row.__dict__.get(name) is value}
    check(row.clean_fields, references_of(type(row)).keys() | said)


def clean_fully(row: Model, record: Record) -> None:
    check(row.full_clean, references_of(type(row)).keys())


def check(clean: Callable[..., None], exclude: Set[str]) -> None:
    """Check without the given fields; references were found a moment ago, and asking again would cost a query each."""
    try:
        clean(exclude=exclude)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise FixtureRefused(messages[0], field="" if field == NON_FIELD_ERRORS else field) from error
