"""Facets: OR inside, AND across, and every count is that of the list one gets by clicking it.

Random directories and random choices, compared with plain Python over the same rows.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from initiatives.forms.browse import InitiativeFilter
from initiatives.forms.facets import facets
from initiatives.models import Initiative
from tests import people

CITIES = ("Ghent", "Antwerp", "Lille")
COUNTRIES = {"Ghent": "be", "Antwerp": "be", "Lille": "fr"}
DOMAINS = ("food", "energy", "housing")
LICENCES = {"MIT": "permissive", "GPL-3.0-or-later": "strong_copyleft", "AGPL-3.0-or-later": "network_copyleft"}
# Some words stand for another.
TAGS = {"wood": "wood", "timber": "wood", "steel": "steel"}
STATUSES = ("active", "completed", "unknown")
STRUCTURES = ("", "association", "mutual")
SCOPES = ("local", "national")
LANGUAGES = ("en", "nl", "und")


@dataclass(frozen=True)
class Told:
    """A listing in plain Python."""

    city: str | None
    status: str
    structure: str
    scope: str
    language: str
    translation: str | None
    domains: frozenset[str]
    tags: frozenset[str]
    licences: frozenset[str]
    is_public: bool = field(default=True)

    def values(self, facet: str) -> set[str]:
        """What it carries in a facet, as in the address."""
        return {
            "city": {self.city.lower()} if self.city else set(),
            "country": {COUNTRIES[self.city]} if self.city else set(),
            "status": {self.status},
            "structure": {self.structure} - {""},
            "scope": {self.scope},
            "language": {self.language, self.translation} - {None, "und"},
            "domain": set(self.domains),
            "tag": {TAGS[word] for word in self.tags},
            "protection": {LICENCES[licence] for licence in self.licences},
        }[facet]

    def answers(self, choices: dict[str, set[str]]) -> bool:
        return self.is_public and all(self.values(name) & chosen for name, chosen in choices.items())


def some(chance: random.Random, values: Iterable[str], most: int = 2) -> frozenset[str]:
    return frozenset(chance.sample(sorted(values), chance.randint(0, most)))


def tellings(seed: int, number: int) -> list[Told]:
    chance = random.Random(seed)
    return [
        Told(
            city=chance.choice([*CITIES, None]),
            status=chance.choice(STATUSES),
            structure=chance.choice(STRUCTURES),
            scope=chance.choice(SCOPES),
            language=chance.choice(LANGUAGES),
            translation=chance.choice(["fr", "nl", None]),
            domains=some(chance, DOMAINS),
            tags=some(chance, TAGS),
            licences=some(chance, LICENCES),
            is_public=chance.random() < 0.8,
        )
        for _ in range(number)
    ]


VALUES = {
    "city": [name.lower() for name in CITIES],
    "country": ["be", "fr"],
    "status": STATUSES,
    "structure": STRUCTURES[1:],
    "scope": SCOPES,
    "language": ["en", "nl", "fr"],
    "domain": DOMAINS,
    "tag": ["wood", "steel"],
    "protection": sorted(LICENCES.values()),
}
choices_made = st.dictionaries(
    st.sampled_from(sorted(VALUES)), st.integers(min_value=1, max_value=3), max_size=3
).flatmap(
    lambda picked: st.fixed_dictionaries(
        {name: st.sets(st.sampled_from(VALUES[name]), min_size=1, max_size=most) for name, most in picked.items()}
    )
)


def listed(told: Told) -> Initiative:
    """Every listing has a source, so that it may lack a city."""
    listing = people.initiative(
        source="list",
        source_id=str(Initiative.objects.count()),
        city=people.city(told.city) if told.city else None,
        status=told.status,
        organisational_structure=told.structure,
        geographic_scope=told.scope,
        language=told.language,
        domains=sorted(told.domains),
        tags=sorted(told.tags),
        licences=[(licence, "software") for licence in sorted(told.licences)],
        review_state="published" if told.is_public else "submitted",
    )
    if told.translation and told.translation != told.language:
        listing.translations.create(language=told.translation, mission="In other words")
    return listing


def make_all_values() -> None:
    """So that each can be chosen, whether a listing has it or not. Tags are known only where something carries them."""
    for name in CITIES:
        people.city(name)
    for slug in DOMAINS:
        people.domain(slug)
    people.tag("iron", synonym_of=people.tag("steel"))


def asked(choices: dict[str, Any]) -> InitiativeFilter:
    query = QueryDict(mutable=True)
    for name, values in choices.items():
        query.setlist(name, sorted(values))
    return InitiativeFilter(query)


def counted(asked_for: InitiativeFilter) -> dict[str, dict[str, int]]:
    return {facet.name: {option.value: option.count for option in facet.options} for facet in facets(asked_for)}


def expected(told: list[Told], choices: dict[str, set[str]]) -> dict[str, dict[str, int]]:
    """Each value that the list would still have, and each that is chosen, with the length of the list it leads to."""
    counts: dict[str, dict[str, int]] = {}
    for facet in InitiativeFilter.FACETS:
        others = {name: chosen for name, chosen in choices.items() if name != facet}
        seen = [each for each in told if each.answers(others)]
        values = {value for each in seen for value in each.values(facet)} | choices.get(facet, set())
        counts[facet] = {value: sum(value in each.values(facet) for each in seen) for value in values}
    return counts


@pytest.mark.django_db
class FacetTests:
    @pytest.mark.parametrize(("seed", "number"), [(1, 3), (2, 12), (3, 25)])
    def test_lists_and_counts_are_those_of_plain_python(self, seed: int, number: int) -> None:
        people.tag("timber", synonym_of=people.tag("wood"))
        told = tellings(seed, number)
        keys = [listed(each).pk for each in told]
        make_all_values()

        @settings(deadline=None, max_examples=25, database=None, phases=[Phase.generate])
        @given(choices_made)
        def compare(choices: dict[str, set[str]]) -> None:
            found = asked(choices)
            assert found.unknown == []
            wanted = {key for key, each in zip(keys, told, strict=True) if each.answers(choices)}
            assert set(found.results.values_list("pk", flat=True)) == wanted
            assert counted(found) == expected(told, choices)

        compare()

    def test_a_count_is_that_of_the_list_behind_it(self) -> None:
        """By clicking: each value of each facet, alone and beside a choice."""
        people.initiative(domains=["food"], tags=["wood"], city=people.city("Ghent"))
        people.initiative(domains=["food", "energy"], city=people.city("Lille"), status="completed")
        people.initiative(domains=["energy"], tags=["wood"], translations={"nl": "Ook"}, licences=[("MIT", "data")])
        for chosen in ({}, {"domain": ["food"]}, {"city": ["ghent"], "status": ["active"]}):
            for name, counts in counted(asked(chosen)).items():
                assert counts == {value: asked(chosen | {name: [value]}).results.count() for value in counts}, (
                    chosen,
                    name,
                )

    def test_chosen_values_come_first_and_the_rest_by_count(self) -> None:
        for name, number in (("Ghent", 1), ("Lille", 3), ("Antwerp", 2)):
            for _ in range(number):
                people.initiative(city=people.city(name))
        (city,) = [facet for facet in facets(asked({"city": ["ghent"]})) if facet.name == "city"]
        assert [(option.value, option.count, option.checked) for option in city.options] == [
            ("ghent", 1, True),
            ("lille", 3, False),
            ("antwerp", 2, False),
        ]

    def test_a_country_that_is_chosen_is_checked(self) -> None:
        people.initiative(city=people.city("Ghent"))
        (country,) = [facet for facet in facets(asked({"country": ["be"]})) if facet.name == "country"]
        assert [(option.value, option.label, option.checked) for option in country.options] == [("be", "Belgium", True)]


@pytest.mark.django_db
class UnknownTests:
    @pytest.mark.parametrize("facet", InitiativeFilter.FACETS)
    def test_an_unknown_value_matches_nothing_and_is_named(self, facet: str) -> None:
        people.initiative(domains=["food"], tags=["wood"], licences=[("MIT", "data")])
        found = asked({facet: ["atlantis"]})
        assert (list(found.results), found.unknown) == ([], [(facet, "atlantis")])

    @pytest.mark.parametrize("facet", InitiativeFilter.FACETS)
    def test_every_value_that_a_facet_offers_is_known(self, facet: str) -> None:
        people.initiative(
            domains=["food"],
            tags=["wood"],
            licences=[("MIT", "data")],
            organisational_structure="mutual",
            language="pt-BR",
            translations={"ca": "Un hort", "en-IE": "A garden"},
        )
        offered = counted(asked({}))[facet]
        assert offered
        assert asked({facet: offered}).unknown == []

    def test_beside_a_known_value_it_takes_nothing_away(self) -> None:
        listing = people.initiative(city=people.city("Ghent"))
        assert list(asked({"city": ["ghent", "atlantis"]}).results) == [listing]

    def test_parameters_of_others_are_ignored(self) -> None:
        people.initiative()
        assert asked({"utm_source": ["x"], "review_state": ["draft"], "name": ["y"]}).results.count() == 1

    def test_emptiness_is_no_choice(self) -> None:
        people.initiative()
        found = asked({"city": ["", "  "], "q": ["   "]})
        assert (found.results.count(), found.is_narrowed, found.unknown) == (1, False, [])

    def test_what_no_name_can_be_stays_and_matches_nothing(self) -> None:
        people.initiative()
        found = asked({"status": ["\0"], "city": ["x" * 500]})
        assert (found.results.count(), found.is_narrowed) == (0, True)
        assert found.unknown == [("city", "x" * 119 + "…"), ("status", "\ufffd")]

    @pytest.mark.parametrize("said", ["!!!", "🌱🌱", "\0", "_"])
    def test_what_holds_no_word_matches_nothing(self, said: str) -> None:
        people.initiative()
        found = asked({"q": [said]})
        assert (found.results.count(), found.without("city").count(), found.is_wordless) == (0, 0, True)
