"""From rows to records: a draft for each row that is taken, a refusal with its reason for each that is not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext as _

from initiatives.importing import cleaning
from initiatives.importing.mapping import Mapping
from initiatives.importing.places import Cities
from initiatives.importing.reading import TOO_MANY, Row
from initiatives.importing.records import Record
from initiatives.importing.verdicts import REFUSED, Refused, Verdict
from initiatives.overlap.values import Identity, Likeness


@dataclass(slots=True)
class Draft:
    """`town` is the city's name, or what the list calls the place; `notes` tell what was left out."""

    row: int
    record: Record
    town: str = ""
    notes: list[str] = field(default_factory=list)
    # Why it is refused if it should turn out to be new.
    doubt: str = ""
    # What is asked about it on its way in.
    key: int | None = None
    asked: bool = False
    likeness: Likeness | None = None

    @property
    def identity(self) -> Identity:
        record = self.record
        return Identity(
            name=record.name,
            nicknames=tuple(record.nickname),
            website=record.primary_url or next(iter(record.urls), ""),
            city=self.town,
            country=record.country,
            latitude=record.latitude,
            longitude=record.longitude,
        )


class Maker(Protocol):
    """How the rows of one kind of list become records."""

    mapping: Mapping
    cities: Cities

    def learn(self, rows: Sequence[Row]) -> None:
        """Ask the database what a batch needs, at once."""

    def draft(self, row: Row) -> Draft:
        """Raises Refused."""


def drafts(maker: Maker, rows: Sequence[Row]) -> Iterator[Draft | Verdict]:
    """In the order of the rows."""
    sound: list[Row | Verdict] = [_checked(row, maker.mapping) for row in rows]
    maker.learn([row for row in sound if isinstance(row, Row)])
    for row in sound:
        if isinstance(row, Verdict):
            yield row
            continue
        try:
            yield maker.draft(row)
        except Refused as error:
            yield refusal(row, maker.mapping, str(error))


def _checked(row: Row, mapping: Mapping) -> Row | Verdict:
    try:
        if TOO_MANY in row.cells:
            raise Refused(_("it has %(number)s") % {"number": row.cells[TOO_MANY]})
        cleaning.refuse_what_cannot_be_kept(row.cells, sorted(mapping.used))
        _refuse_by_rule(row, mapping)
    except Refused as error:
        return refusal(row, mapping, str(error))
    return row


def _refuse_by_rule(row: Row, mapping: Mapping) -> None:
    for rule in mapping.refusals:
        if rule.holds(row.cells):
            raise Refused(rule.reason)


def refusal(row: Row, mapping: Mapping, reason: str) -> Verdict:
    """The name is shown as far as it can be."""
    told = first(row.cells, mapping.columns["name"])
    shown = cleaning.line(cleaning.CONTROL.sub("", cleaning.SURROGATE.sub("", told)))
    return Verdict(row=row.number, outcome=REFUSED, name=shown[:80], reason=reason)


def first(cells: dict[str, str], columns: Iterable[str]) -> str:
    """The first of these that says anything."""
    return next((told for name in columns if (told := cells.get(name, "").strip())), "")
