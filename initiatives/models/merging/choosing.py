"""What is chosen of either listing when two become one: field by field, where several fields only make sense together
as one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative

AWAY = "away"


@dataclass(frozen=True, slots=True)
class Unit:
    """Fields that are taken from one listing together: a text with its language, a town with its point."""

    code: str
    label: str | Promise
    fields: tuple[str, ...]


UNITS: Mapping[str, Unit] = {
    unit.code: unit
    for unit in (
        Unit("name", _("Name"), ("name", "slug")),
        Unit("texts", _("Texts"), ("mission", "description", "language")),
        Unit("website", _("Website"), ("primary_url",)),
        Unit(
            "place",
            _("Place"),
            (
                "city_id",
                "country",
                "geographic_scope",
                "street_address",
                "postal_code",
                "latitude",
                "longitude",
            ),
        ),
        Unit("status", _("Status"), ("status",)),
        Unit("years", _("Years"), ("founded_year", "founded_precision", "closed_year")),
        Unit("structure", _("Structure"), ("organisational_structure",)),
        Unit("members", _("Members"), ("number_of_members",)),
        Unit("confirmed", _("Last confirmed"), ("confirmed_on", "confirmed_by_id")),
    )
}
# Goes with its unit, and alone is nothing to choose by.
UNSEEN = ("slug", "confirmed_by_id")
# What says nothing.
EMPTY = ("", None, "und", "unknown")


def says(listing: Initiative, unit: Unit) -> bool:
    """Whether it says anything there; its country alone is no place, and its language alone no text."""
    first = [name for name in unit.fields if name not in ("language", "country", "geographic_scope")]
    return any(getattr(listing, name) not in EMPTY for name in first)


def differ(one: Initiative, other: Initiative, unit: Unit) -> bool:
    """In what a reader sees of it."""
    return any(getattr(one, name) != getattr(other, name) for name in unit.fields if name not in UNSEEN)


def better(kept: Initiative, away: Initiative, *, stewarded: Iterable[int]) -> dict[str, str]:
    """The units that are better taken from the listing that goes: what only it says, or what it says with more weight
    (somebody keeps it, somebody confirmed it later). `stewarded`: the keys of those that have a steward."""
    known = frozenset(stewarded)
    return {
        code: AWAY
        for code, unit in UNITS.items()
        if differ(kept, away, unit) and _weight(away, unit, known) > _weight(kept, unit, known)
    }


def _weight(listing: Initiative, unit: Unit, stewarded: frozenset[int]) -> tuple[bool, bool, date, int]:
    length = len(listing.mission) + len(listing.description) if unit.code == "texts" else 0
    confirmed = listing.confirmed_on or date.min
    return says(listing, unit), listing.pk in stewarded, confirmed, length


def values_of(listing: Initiative, codes: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(listing, name) for code in codes for name in UNITS[code].fields}
