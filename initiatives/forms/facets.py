"""The facets of the list: every value with the number of initiatives one would see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from initiatives.forms.browse import CODES, InitiativeFilter
from initiatives.models import City, Domain, Tag
from initiatives.models.initiative import UNKNOWN_LANGUAGE
from initiatives.places import country_name, language_name

# A list of cities or tags can be thousands long: the pages of cities and tags are for those.
MOST_OPTIONS = 40


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    checked: bool
    domain: Domain | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str | Promise
    options: list[Option]


# Counts by key, the most frequent first, cut to what is shown.
Counts = list[tuple[Any, int]]
Labels = dict[Any, tuple[str, str, Domain | None]]  # key → value in the address, words, domain


def facets(asked: InitiativeFilter) -> list[Facet]:
    """A fixed number of queries: one or two a facet, however many values it has."""
    return [facet(asked, name) for name in InitiativeFilter.FACETS]


def chosen_facets(asked: InitiativeFilter) -> list[Facet]:
    """Only what was chosen and nothing counted: enough for chips, in one query a facet that has a choice."""
    return [_chosen_facet(asked, name) for name in InitiativeFilter.FACETS if asked.chosen[name]]


def _chosen_facet(asked: InitiativeFilter, name: str) -> Facet:
    labels = LABELS.get(name, _coded)(name, [], asked.chosen[name])
    options = [Option(value, label, 0, checked=True, domain=domain) for value, label, domain in labels.values()]
    return Facet(name, asked.filters[name].label, options)


def facet(asked: InitiativeFilter, name: str) -> Facet:
    counts = getattr(asked.without(name), f"count_by_{name}")()
    chosen = asked.chosen[name]
    labels = LABELS.get(name, _coded)(name, _shown(counts), chosen)
    numbers = dict(counts)
    options = [
        Option(value, label, numbers.get(key, 0), value in chosen, domain)
        for key, (value, label, domain) in labels.items()
    ]
    options.sort(key=lambda option: (not option.checked, -option.count, option.label.casefold()))
    return Facet(name, asked.filters[name].label, options)


def _shown(counts: Counts) -> list[Any]:
    ordered = sorted(counts, key=lambda row: (-row[1], str(row[0])))
    return [key for key, _ in ordered[:MOST_OPTIONS]]


def _domains(_name: str, keys: list[int], chosen: list[str]) -> Labels:
    return {row.pk: (row.slug, str(row), row) for row in Domain.objects.all() if row.pk in keys or row.slug in chosen}


def _cities(_name: str, keys: list[int], chosen: list[str]) -> Labels:
    return {row.pk: (row.slug, str(row), None) for row in City.objects.either(keys, chosen)}


def _tags(_name: str, keys: list[int], chosen: list[str]) -> Labels:
    return {row.pk: (row.slug, str(row), None) for row in Tag.objects.public().either(keys, chosen)}


def _countries(_name: str, keys: list[str], chosen: list[str]) -> Labels:
    return {code: (code.lower(), country_name(code), None) for code in _with_chosen(keys, chosen, str.upper) if code}


def _languages(_name: str, keys: list[str], chosen: list[str]) -> Labels:
    known = (code for code in _with_chosen(keys, chosen, str) if code != UNKNOWN_LANGUAGE)
    return {code: (code, language_name(code), None) for code in known}


def _coded(name: str, keys: list[str], chosen: list[str]) -> Labels:
    choices = CODES[name]
    known = (code for code in _with_chosen(keys, chosen, str) if code in choices.values)
    return {code: (code, str(choices(code).label), None) for code in known}


def _with_chosen(keys: list[str], chosen: list[str], key: Callable[[str], str]) -> list[str]:
    return list(dict.fromkeys([*keys, *map(key, chosen)]))


LABELS: dict[str, Callable[[str, list[Any], list[str]], Labels]] = {
    "domain": _domains,
    "city": _cities,
    "tag": _tags,
    "country": _countries,
    "language": _languages,
}
