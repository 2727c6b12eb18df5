"""What an edit changed, field by field, in words: for officers, who see it after it went live."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models.changes import MARKED, Change
from initiatives.models.choices import GeographicScope, OrganisationalStructure, SelfDescription, Status
from initiatives.models.city import City
from initiatives.models.domain import Domain
from initiatives.places import country_name, language_name

FIELDS = {
    "name": _("Name"),
    "nickname": _("Also called"),
    "primary_url": _("Website"),
    "urls": _("Other addresses on the web"),
    "mission": _("What it does, in a sentence"),
    "description": _("More about it"),
    "translations": _("Translations"),
    "language": _("Language of the text"),
    "city": _("City"),
    "country": _("Country"),
    "geographic_scope": _("Reach"),
    "street_address": _("Street and number"),
    "postal_code": _("Postal code"),
    "domains": _("Domains"),
    "tags": _("Tags"),
    "licences": _("Licences"),
    "exchanges": _("Needs and offers"),
    "status": _("Status"),
    "founded_year": _("Founded in"),
    "founded_precision": _("How exact the year is"),
    "closed_year": _("Ended in"),
    "organisational_structure": _("Structure"),
    "self_description": _("Calls itself"),
    "number_of_members": _("Members"),
}
CHOICES: Mapping[str, type[models.TextChoices]] = {
    "status": Status,
    "geographic_scope": GeographicScope,
    "organisational_structure": OrganisationalStructure,
    "self_description": SelfDescription,
}


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """`is_marked`: whoever changes this may have made another initiative of it."""

    label: str
    was: str
    became: str
    is_marked: bool


@dataclass(frozen=True)
class ChangeBook:
    """The names that changes speak of, looked up once for all of a page: two queries at most."""

    cities: Mapping[str, str]
    domains: Mapping[str, str]

    @classmethod
    def of(cls, changes: Iterable[Change]) -> "ChangeBook":
        sides = [side for change in changes for side in (change.was, change.became)]
        cities = {side["city"] for side in sides if side.get("city")}
        domains = {slug for side in sides for slug in side.get("domains", ())}
        return cls(
            {city.slug: str(city) for city in (City.objects.either((), cities) if cities else ())},
            {domain.slug: str(domain) for domain in (Domain.objects.filter(slug__in=domains) if domains else ())},
        )

    def fields(self, change: Change) -> list[FieldChanged]:
        """In the order in which a listing is read."""
        return [
            FieldChanged(
                str(label),
                self.words(name, change.was.get(name)),
                self.words(name, change.became[name]),
                name in MARKED,
            )
            for name, label in FIELDS.items()
            if name in change.became
        ]

    def words(self, name: str, value: Any) -> str:
        """A stored value as people read it; empty for nothing."""
        if value in (None, "", []):
            return ""
        if isinstance(value, list):
            return ", ".join(self.words(name, each) for each in value)
        if isinstance(value, dict):
            return value.get("title") or f"{language_name(value['language'])}: {value.get('mission', '')}"
        return self._word(name, value)

    def _word(self, name: str, value: Any) -> str:
        if choices := CHOICES.get(name):
            return str(choices(value).label) if value in choices.values else str(value)
        if name == "country":
            return country_name(value)
        if name == "language":
            return language_name(value)
        names = {"city": self.cities, "domains": self.domains}.get(name, {})
        return names.get(value, str(value))


def labels(changes: Iterable[Change]) -> list[str]:
    """Which fields were changed, each once."""
    changed = {name for change in changes for name in change.became}
    return [str(label) for name, label in FIELDS.items() if name in changed]
