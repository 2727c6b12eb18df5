"""What a merge did to rows, kept as plain values, so that it can be taken back.

What has been changed since stays as it is: a row goes back only where it still is as the merge left it.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

Columns = dict[str, Any]


@dataclass(slots=True)
class Journal:
    """Rows by model and key: those that were altered, that were made and that were taken away."""

    altered: list[tuple[str, int, Columns, Columns]] = field(default_factory=list)  # model, key, was, became
    made: list[tuple[str, Columns]] = field(default_factory=list)  # model, what it is known by
    taken: list[tuple[str, Columns]] = field(default_factory=list)  # model, the whole row

    def alter(self, row: models.Model, **became: Any) -> None:
        """Where the database refuses it, all is as it was: the other listing has such a row already."""
        was = {name: getattr(row, name) for name in became}
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**became)
        self.altered.append((row._meta.model_name or "", row.pk, was, became))

    def make(self, noun: type[models.Model], *, known_by: Columns, **values: Any) -> None:
        noun._base_manager.create(**known_by, **values)
        self.made.append((noun._meta.model_name or "", known_by))

    def take(self, row: models.Model) -> None:
        columns = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
        self.taken.append((row._meta.model_name or "", plain(columns)))
        row.delete()

    def as_json(self) -> dict[str, Any]:
        return plain(asdict(self))

    def take_back(self) -> None:
        """The last first."""
        for name, known_by in reversed(self.made):
            _noun(name)._base_manager.filter(**known_by).delete()
        for name, key, was, became in reversed(self.altered):
            _put_back(_noun(name)._base_manager.filter(pk=key), was, became)
        for name, columns in reversed(self.taken):
            _give_back(_noun(name), columns)


def plain(value: Any) -> Any:
    """As JSON has it; moments to the microsecond, which Django's own encoder cuts off."""
    return json.loads(json.dumps(value, default=str))


def _noun(name: str) -> type[models.Model]:
    return apps.get_model("initiatives", name)


def _put_back(rows: models.QuerySet, was: Columns, became: Columns) -> None:
    try:
        with transaction.atomic():
            rows.filter(**became).update(**was)
    except IntegrityError:  # such a row has come to be there meanwhile: that one stays
        return


def _give_back(noun: type[models.Model], columns: Columns) -> None:
    fields = {each.attname: each for each in noun._meta.concrete_fields}
    row = noun(**{name: fields[name].to_python(value) for name, value in columns.items()})
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return
