"""The demonstration data keep to their rules: real, borne out, nothing guessed. No database."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from initiatives.importing.demonstration import entries
from initiatives.importing.vocabulary import toml
from initiatives.models.choices import (
    GeographicScope,
    ItemType,
    OrganisationalStructure,
    OutputKind,
    RelationshipKind,
    SelfDescription,
    Status,
    TransactionType,
    YearPrecision,
)

ENTRIES = list(entries())
BY_ID = {entry["id"]: entry for entry in ENTRIES}
INITIATIVES = [entry for entry in ENTRIES if entry.get("listing_kind") != "platform"]
LICENCES = {row["spdx_id"] for row in toml("licences.toml")["licence"]}
DOMAINS = {row["code"] for row in toml("domains.toml")["domain"]}
CONTACT = re.compile(r"[\w.]+@[\w.]+\.\w|\+\d[\d /()-]{8,}\d")


def breaking(keeps: Callable[[dict[str, Any]], bool]) -> list[str]:
    """The ids of the entries that do not keep a rule."""
    return [entry["id"] for entry in ENTRIES if not keeps(entry)]


def exchanges(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [*entry.get("offers", ()), *entry.get("wants", ())]


def texts(entry: dict[str, Any]) -> str:
    return " ".join([entry["mission"], entry["description"], *(row["title"] for row in exchanges(entry))])


def borne_out(entry: dict[str, Any]) -> set[str]:
    return {field for item in entry["evidence"] for field in item.get("for", ())}


class EntryTests:
    def test_years_licences_and_numbers_are_borne_out(self) -> None:
        told = {"founded_year", "closed_year", "licences", "number_of_members"}
        assert breaking(lambda entry: told & entry.keys() <= borne_out(entry)) == []

    def test_evidence_can_be_looked_up(self) -> None:
        assert breaking(lambda entry: bool(entry["evidence"])) == []
        assert breaking(lambda entry: all("url" in i or {"set", "row"} <= i.keys() for i in entry["evidence"])) == []

    @pytest.mark.parametrize(
        ("field", "codes"),
        [
            ("status", Status.values),
            ("scope", GeographicScope.values),
            ("structure", OrganisationalStructure.values),
            ("founded_precision", YearPrecision.values),
        ],
    )
    def test_codes_are_known(self, field: str, codes: list[str]) -> None:
        assert breaking(lambda entry: field not in entry or entry[field] in codes) == []

    def test_domains_are_one_to_four_of_the_sixteen(self) -> None:
        assert breaking(lambda entry: set(entry["domains"]) <= DOMAINS and 1 <= len(entry["domains"]) <= 4) == []

    def test_licences_and_what_they_are_for_are_known(self) -> None:
        kept = {(licence, output) for licence in LICENCES for output in OutputKind.values}
        assert breaking(lambda e: {(r["licence"], r["output"]) for r in e.get("licences", ())} <= kept) == []

    def test_what_they_call_themselves_is_known(self) -> None:
        assert breaking(lambda entry: set(entry.get("self_description", ())) <= set(SelfDescription.values)) == []

    def test_needs_and_offers_have_their_kinds(self) -> None:
        kept = {(item, way) for item in ItemType.values for way in TransactionType.values}
        assert breaking(lambda e: {(r["item_type"], r["transaction_type"]) for r in exchanges(e)} <= kept) == []

    def test_a_year_says_how_sure_it_is(self) -> None:
        assert breaking(lambda entry: ("founded_year" in entry) == ("founded_precision" in entry)) == []

    def test_nothing_ends_before_it_begins(self) -> None:
        assert breaking(lambda entry: entry.get("founded_year", 0) <= entry.get("closed_year", 9999)) == []

    def test_missions_are_short(self) -> None:
        assert breaking(lambda entry: 0 < len(entry["mission"]) <= 280) == []

    def test_nobody_can_be_rung_up_or_visited(self) -> None:
        assert breaking(lambda entry: not CONTACT.search(texts(entry))) == []
        assert breaking(lambda entry: not {"contact", "confirmed_on", "street_address"} & entry.keys()) == []

    def test_links_lead_to_other_entries(self) -> None:
        def targets(entry: dict[str, Any]) -> set[str]:
            return {target for kind in RelationshipKind for target in entry.get(kind.value, ())}

        assert breaking(lambda entry: targets(entry) <= BY_ID.keys() - {entry["id"]}) == []


class WholeTests:
    def test_ids_are_unique(self) -> None:
        assert [key for key, n in Counter(entry["id"] for entry in ENTRIES).items() if n > 1] == []

    def test_there_are_enough_of_each_language(self) -> None:
        counts = Counter(entry["language"] for entry in INITIATIVES)
        assert len(INITIATIVES) >= 240
        assert {language for language, count in counts.items() if count >= 15} == {
            "ca", "de", "en", "es", "fr", "it", "nl",
        }  # fmt: skip

    def test_they_come_from_many_cities(self) -> None:
        counts = Counter(entry["city"] for entry in INITIATIVES if "city" in entry)
        assert len(counts) >= 40
        weighty = [
            "Amsterdam",
            "Ghent",
            "Antwerp",
            "Utrecht",
            "Rotterdam",
            "Bologna",
            "Bristol",
            "Barcelona",
            "Berlin",
            "Paris",
            "Vienna",
        ]
        assert [city for city in weighty if counts[city] < 10] == []

    def test_every_domain_and_every_status_occurs(self) -> None:
        assert {code for entry in INITIATIVES for code in entry["domains"]} == DOMAINS
        assert {entry["status"] for entry in INITIATIVES} == set(Status.values)

    def test_networks_have_members(self) -> None:
        members = Counter(
            target for entry in ENTRIES for kind in ("member_of", "part_of") for target in entry.get(kind, ())
        )
        networks = [entry["id"] for entry in ENTRIES if entry.get("network")]
        assert len(networks) >= 12
        assert [network for network in networks if not members[network]] == []

    def test_what_the_essay_names_is_there(self) -> None:
        named = [
            "wikipedia",
            "linux",
            "p2p-foundation",
            "labgov",
            "digital-social-innovation",
            "european-cultural-foundation",
            "institute-of-network-cultures",
            "waag",
            "fab-city-barcelona",
            "amsterdam-smart-city",
        ]
        assert [key for key in named if key not in BY_ID] == []

    def test_platforms_are_known_but_no_initiatives(self) -> None:
        platforms = {entry["name"] for entry in ENTRIES if entry.get("listing_kind") == "platform"}
        assert platforms == {"Facebook", "Uber", "Airbnb"}
