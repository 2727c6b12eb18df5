"""The tables of words in fixtures/: whole, in every language they promise, and never saying two things at once."""

import csv
import gzip
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from initiatives.overlap.language import joined
from initiatives.text import fold, words

FIXTURES = Path(__file__).parents[2] / "fixtures"
LANGUAGES = {"en", "nl", "it", "es", "ca", "fr", "de"}
INTERFACE = {"en", "nl"}
PROTECTION = [
    "public_domain",
    "permissive",
    "weak_copyleft",
    "strong_copyleft",
    "network_copyleft",
    "reciprocity",
    "non_commercial",
    "source_available",
    "proprietary",
]
PROMISED_LICENCES = [
    "CC0-1.0",
    "PDDL-1.0",
    "MIT",
    "Apache-2.0",
    "CC-BY-4.0",
    "ODC-By-1.0",
    "CERN-OHL-P-2.0",
    "MPL-2.0",
    "EUPL-1.2",
    "CERN-OHL-W-2.0",
    "GPL-3.0-or-later",
    "AGPL-3.0-or-later",
    "CC-BY-SA-4.0",
    "ODbL-1.0",
    "CERN-OHL-S-2.0",
    "CAL-1.0",
    "PPL",
    "CC-BY-NC-SA-4.0",
    "LicenseRef-CoopyLeft",
    "LicenseRef-CopyFair",
    "LicenseRef-AllRightsReserved",
]


@cache
def table(name: str) -> dict[str, Any]:
    return tomllib.loads((FIXTURES / f"{name}.toml").read_text(encoding="utf-8"))


def activities() -> list[dict[str, Any]]:
    return table("activities")["activity"]


def domain_codes() -> list[str]:
    return [row["code"] for row in table("domains")["domain"]]


def no_repeats(values: list[str]) -> bool:
    return len(values) == len(set(values))


def test_sixteen_domains_in_four_families_of_four_hatchings() -> None:
    rows = table("domains")["domain"]
    assert len(rows) == 16
    assert no_repeats([row["code"] for row in rows])
    assert no_repeats([row["slug"] for row in rows])
    assert len({(row["family"], row["hatch"]) for row in rows}) == 16
    assert {row["family"] for row in rows} == {"land", "home", "make", "know"}


@pytest.mark.parametrize("row", table("domains")["domain"], ids=lambda row: row["code"])
def test_a_domain_is_named_and_told(row: dict[str, Any]) -> None:
    assert row["names"].keys() >= LANGUAGES
    assert row["descriptions"].keys() >= INTERFACE
    assert all(text.endswith(".") for text in row["descriptions"].values())
    schemes = table("domains")["essglobal"]
    assert all(link["scheme"] in schemes and link["code"] and link["label"] for link in row["essglobal"])


def test_protection_classes_are_the_nine_of_the_domain() -> None:
    assert [row["code"] for row in table("licences")["protection"]] == PROTECTION


def test_every_promised_licence_is_there_once() -> None:
    ids = [row["spdx_id"] for row in table("licences")["licence"]]
    assert no_repeats(ids)
    assert set(PROMISED_LICENCES) <= set(ids)


@pytest.mark.parametrize("row", table("licences")["licence"], ids=lambda row: row["spdx_id"])
def test_a_licence_says_what_it_means(row: dict[str, Any]) -> None:
    assert row["protection"] in PROTECTION
    assert set(row["applies_to"]) <= {"software", "data", "content", "hardware"}
    assert row["applies_to"]
    for key in ("companies_may_use", "changes_shared_back", "profit_shared_back"):
        assert row[key] in {"yes", "no", "partly", "unknown"}
    assert row["names"].keys() >= INTERFACE
    assert row["explanations"].keys() >= INTERFACE
    assert all(text.strip().endswith(".") for text in row["explanations"].values())


def test_activities_cover_every_domain() -> None:
    assert no_repeats([row["code"] for row in activities()])
    assert {row["domain"] for row in activities()} == set(domain_codes())


@pytest.mark.parametrize("row", activities(), ids=lambda row: row["code"])
def test_an_activity_is_told_in_every_language(row: dict[str, Any]) -> None:
    assert row["terms"].keys() == LANGUAGES
    assert all(len(terms) >= 2 for terms in row["terms"].values())
    for texts in (row["label"], row["both"], row["all"]):
        assert texts.keys() == INTERFACE
    assert all(text.endswith(".") for key in ("both", "all") for text in row[key].values())
    assert not any(text.endswith(".") or ":" in text for text in row["label"].values())


def test_a_term_belongs_to_one_activity() -> None:
    """As the engine reads it: without case, accents and hyphens."""
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in activities():
        for terms in row["terms"].values():
            for term in terms:
                owners[tuple(words(joined(fold(term))))].add(row["code"])
    assert () not in owners
    assert {term: codes for term, codes in owners.items() if len(codes) > 1} == {}


@cache
def cities() -> list[dict[str, str]]:
    with gzip.open(FIXTURES / "cities.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_cities_have_slugs_of_their_own_and_lie_on_the_earth() -> None:
    assert len(cities()) > 30_000
    assert no_repeats([row["slug"] for row in cities()])
    keys = [int(row["geonames_id"]) for row in cities()]
    assert keys == sorted(set(keys))
    assert all(abs(float(row["latitude"])) <= 90 and abs(float(row["longitude"])) <= 180 for row in cities())


def test_the_largest_bearer_of_a_name_has_it_bare() -> None:
    by_slug = {row["slug"]: row for row in cities()}
    assert (by_slug["ghent"]["country"], by_slug["the-hague"]["country"]) == ("BE", "NL")
    bearers = [row for row in cities() if row["name"] == "Valencia"]
    assert max(bearers, key=lambda row: int(row["population"]))["slug"] == "valencia"


def test_curated_names_are_of_known_cities() -> None:
    known = {row["geonames_id"] for row in cities()}
    assert {str(row["geonames_id"]) for row in table("city_names")["city"]} <= known


def test_every_tag_has_a_dutch_name() -> None:
    files = [tomllib.loads(file.read_text(encoding="utf-8")) for file in (FIXTURES / "tags").glob("*.toml")]
    effective = {name for words in files for name in words["synonyms"]}
    assert set(table("tags/nl")["names"]) == effective


def test_a_dutch_name_is_a_word_of_the_tag_itself() -> None:
    """Else two tags could be shown under one name."""
    words = table("tags/nl")
    own = {name: {name, *words["synonyms"].get(name, ())} for name in words["names"]}
    assert [name for name, said in words["names"].items() if said not in own[name]] == []
