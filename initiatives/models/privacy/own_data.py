"""Everything that the directory knows about a person, as JSON."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

from initiatives.models.data_classes import DataClass, fields_of
from initiatives.models.privacy.whose import deeds_of, rows_of

if TYPE_CHECKING:
    from initiatives.models.people import User

# Of a row that is theirs all but what opens doors, and who else had to do with it. Of what they did elsewhere what it
# was, and their words.
OWN = (
    DataClass.PUBLIC_FACT,
    DataClass.PUBLIC_TEXT,
    DataClass.RECORD,
    DataClass.INTERNAL_TEXT,
    DataClass.ADDRESS,
    DataClass.PERSONAL,
)
DONE = (DataClass.PUBLIC_FACT, DataClass.RECORD, DataClass.INTERNAL_TEXT)


def own_data(person: "User") -> dict[str, Any]:
    """`about_you`: the rows that are theirs; `what_you_did`: rows that say that they did something. By table."""
    return {
        "about_you": _tables(rows_of(person), OWN),
        "what_you_did": _tables(deeds_of(person), DONE),
    }


def _tables(tables: Iterable[models.QuerySet], classes: Iterable[DataClass]) -> dict[str, list[dict[str, Any]]]:
    found = {rows.model._meta.label: _rows(rows, fields_of(rows.model, *classes)) for rows in tables}
    return {label: rows for label, rows in found.items() if rows}


def _rows(rows: models.QuerySet, fields: list[models.Field]) -> list[dict[str, Any]]:
    """What a key leads to is told as the site tells it in public: a listing by its public id, a city by its slug."""
    told = [field for field in fields if not field.primary_key]
    names = [field.name for field in told]
    return [dict(zip(names, row, strict=True)) for row in rows.values_list(*map(_told_as, told))]


def _told_as(field: models.Field) -> str:
    if not field.is_relation:
        return field.name
    names = {each.name for each in field.related_model._meta.get_fields()}
    told = next((name for name in ("public_id", "spdx_id", "slug", "code") if name in names), "pk")
    return f"{field.name}__{told}"
