"""Plain values of a listing as people read them: what an edit changed, line by line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models.changes import MARKED
from initiatives.models.choices import (
    ExchangeType,
    GeographicScope,
    ItemType,
    OrganisationalStructure,
    OutputKind,
    SelfDescription,
    Status,
    TransactionType,
    YearPrecision,
)
from initiatives.models.city import City
from initiatives.models.domain import Domain
from initiatives.places import country_name, language_name

LABELS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "nickname": gettext_lazy("Other names it goes by"),
    "primary_url": gettext_lazy("Website"),
    "urls": gettext_lazy("Other addresses on the web"),
    "mission": gettext_lazy("What it does, for whom"),
    "description": gettext_lazy("More about it"),
    "language": gettext_lazy("Language of these texts"),
    "city": gettext_lazy("Town or city"),
    "country": gettext_lazy("Country"),
    "geographic_scope": gettext_lazy("How far it reaches"),
    "street_address": gettext_lazy("Street and number"),
    "postal_code": gettext_lazy("Postal code"),
    "status": gettext_lazy("Status"),
    "founded_year": gettext_lazy("Founded in"),
    "founded_precision": gettext_lazy("How exact the year is"),
    "closed_year": gettext_lazy("Ended in"),
    "organisational_structure": gettext_lazy("Structure"),
    "self_description": gettext_lazy("What it calls itself"),
    "number_of_members": gettext_lazy("Number of members"),
    "domains": gettext_lazy("Fields of work"),
    "tags": gettext_lazy("Tags"),
    "licences": gettext_lazy("Licences"),
    "exchanges": gettext_lazy("Needs and offers"),
    "translations": gettext_lazy("Translations"),
    "contact": gettext_lazy("E-mail address for messages"),
    "shows_contact": gettext_lazy("Whether an address in its texts may be read by everybody"),
    # Of one need or offer, and of one translation.
    "exchange_type": gettext_lazy("Need or offer"),
    "item_type": gettext_lazy("What kind of thing"),
    "transaction_type": gettext_lazy("On what terms"),
    "title": gettext_lazy("What it is"),
    "expires_on": gettext_lazy("Until"),
}
CODED: dict[str, type[models.TextChoices]] = {
    "geographic_scope": GeographicScope,
    "status": Status,
    "founded_precision": YearPrecision,
    "organisational_structure": OrganisationalStructure,
    "self_description": SelfDescription,
    "exchange_type": ExchangeType,
    "item_type": ItemType,
    "transaction_type": TransactionType,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what it was and what it became, each in lines."""

    name: str
    label: str | Promise
    was: list[str]
    became: list[str]

    @property
    def is_marked(self) -> bool:
        """Whoever changes this may have made another initiative of it."""
        return self.name in MARKED

    @classmethod
    def of(cls, name: str, was: Any, became: Any) -> "Line":
        return cls(name, LABELS[name], words_of(name, was), words_of(name, became))


def words_of(name: str, value: Any) -> list[str]:
    """A plain value in the reader's language; nothing where it says nothing."""
    if value in ("", None, []):
        return []
    if name in WORDS:
        return WORDS[name](value)
    if name in CODED:
        return [str(CODED[name](code).label) for code in (value if isinstance(value, list) else [value])]
    return [str(each) for each in (value if isinstance(value, list) else [value])]


def _city(slug: str) -> list[str]:
    return [str(City.objects.at(slug) or slug)]


def _domains(slugs: list[str]) -> list[str]:
    names = Domain.objects.in_bulk(slugs, field_name="slug")
    return [str(names.get(slug, slug)) for slug in slugs]


def _licences(licences: list[list[str]]) -> list[str]:
    return [f"{spdx} ({OutputKind(output).label})" for spdx, output in licences]


def _exchanges(rows: list[dict[str, Any]]) -> list[str]:
    return [f"{ExchangeType(row['exchange_type']).label}: {row['title']}" for row in rows]


def _translations(rows: list[dict[str, Any]]) -> list[str]:
    return [f"{language_name(row['language'])}: {row['mission']} {row['description']}".strip() for row in rows]


def _day(value: str) -> list[str]:
    return [date_format(date.fromisoformat(value))]


WORDS: dict[str, Callable[[Any], list[str]]] = {
    "city": _city,
    "domains": _domains,
    "licences": _licences,
    "exchanges": _exchanges,
    "translations": _translations,
    "expires_on": _day,
    "language": lambda code: [language_name(code)],
    "country": lambda code: [country_name(code)],
    "shows_contact": lambda value: [_("Yes") if value else _("No")],
}
