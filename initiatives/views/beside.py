"""Two listings unit by unit, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from initiatives.forms.merging import ONE, OTHER, MergeForm
from initiatives.models import Initiative
from initiatives.models.merging import UNITS, Unit
from initiatives.places import country_name, language_name


@dataclass(frozen=True, slots=True)
class Side:
    """What one of them says; `chosen` is the value that its radio sends."""

    value: str
    lines: list[str]
    lang: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Compared:
    unit: Unit
    name: str
    label: str | Promise
    sides: list[Side]
    differs: bool
    errors: Any = ()


def compared(form: MergeForm) -> list[Compared]:
    """Those that differ first: there something is to be chosen."""
    rows = [_compared(form, unit) for unit in UNITS.values()]
    return sorted((row for row in rows if any(side.lines for side in row.sides)), key=lambda row: not row.differs)


def _compared(form: MergeForm, unit: Unit) -> Compared:
    differs = unit.code in form.fields
    bound = form[unit.code] if differs else None
    checked = bound.value() if bound else ""
    sides = [
        Side(side, list(_lines(form.pair[side], unit.code)), form.pair[side].lang, side == checked)
        for side in (ONE, OTHER)
    ]
    return Compared(unit, bound.html_name if bound else "", unit.label, sides, differs, bound.errors if bound else ())


def _lines(listing: Initiative, code: str) -> Iterator[str]:
    return (str(line) for line in _said(listing, code) if line)


def _said(listing: Initiative, code: str) -> Iterator[Any]:
    match code:
        case "name":
            yield listing.name
        case "texts":
            yield from (listing.mission, listing.description)
            yield language_name(listing.language) if listing.lang else ""
        case "website":
            yield listing.primary_url
        case "place":
            yield listing.city or country_name(listing.country)
            yield from (listing.street_address, listing.postal_code)
            yield f"{listing.latitude:.4f}, {listing.longitude:.4f}" if listing.is_located else ""
            yield listing.get_geographic_scope_display() if listing.geographic_scope != "unknown" else ""
        case "status":
            yield listing.get_status_display()
        case "years":
            about = (
                _("founded about %(year)d") if listing.founded_precision == "approximate" else _("founded in %(year)d")
            )
            yield about % {"year": listing.founded_year} if listing.founded_year else ""
            yield _("ended in %(year)d") % {"year": listing.closed_year} if listing.closed_year else ""
        case "structure":
            yield listing.get_organisational_structure_display()
        case "members":
            yield listing.number_of_members
        case "confirmed":
            yield date_format(listing.confirmed_on, "DATE_FORMAT") if listing.confirmed_on else ""
