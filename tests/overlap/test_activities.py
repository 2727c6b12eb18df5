"""Kinds of work, recognised in texts of several languages."""

import pytest

from initiatives.overlap.activities import TOLD_FIRST, TOLD_LATER, ActivityIndex
from initiatives.overlap.values import Activity
from tests.overlap.neighbourhood import listing

INDEX = ActivityIndex(
    [
        Activity(
            code="repair_cafe",
            domain="repair_reuse",
            terms={"en": ("repair café",), "nl": ("repaircafé",), "de": ("reparaturcafé",)},
        ),
        Activity(code="time_bank", domain="money", terms={"en": ("time bank",), "it": ("banca del tempo",)}),
        Activity(code="csa", domain="food", terms={"fr": ("amap",), "en": ("community-supported agriculture",)}),
        Activity(code="energy", domain="energy", terms={"en": ("energy co-operative",), "nl": ("energiecoöperatie",)}),
    ]
)


def codes(text: str, language: str = "en") -> list[str]:
    return [found.activity for found in INDEX.found(listing("Name", text, language=language))]


class FoundTests:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Repair Cafes in every town", "en"),
            ("REPAIR CAFÉ!", "en"),
            ("Elke maand houden we Repaircafés", "nl"),
            ("Ein Reparaturcaféverein", "de"),
        ],
    )
    def test_endings_compounds_accents_and_case(self, text: str, language: str) -> None:
        assert codes(text, language) == ["repair_cafe"]

    def test_several_words_in_a_row(self) -> None:
        assert codes("Una banca del tempo di quartiere", "it") == ["time_bank"]
        assert codes("Una banca che non ha tempo", "it") == []

    @pytest.mark.parametrize("text", ["An energy cooperative", "energy co-operatives", "ENERGY CO-OPERATIVE"])
    def test_a_hyphen_makes_no_difference(self, text: str) -> None:
        assert codes(text) == ["energy"]

    def test_a_short_word_counts_only_in_its_language(self) -> None:
        assert codes("Une amap du quartier", "fr") == ["csa"]
        assert codes("We sell an amap", "en") == []

    def test_the_name_is_surer_than_the_description(self) -> None:
        first = INDEX.found(listing("Time bank of the hill"))
        later = INDEX.found(listing("Hill", description="We share a room with the time bank."))
        assert [(each[0].strength, each[0].activity) for each in (first, later)] == [
            (TOLD_FIRST, "time_bank"),
            (TOLD_LATER, "time_bank"),
        ]

    def test_the_term_shown_is_of_its_own_text(self) -> None:
        found = INDEX.found(listing("Momo", "Una banca del tempo.", language="it", tags=("time bank",)))
        assert [each.term for each in found] == ["banca del tempo"]

    def test_nothing_is_found_in_nothing(self) -> None:
        assert INDEX.found(listing("")) == ()


class VersionTests:
    def test_is_that_of_the_terms_whatever_their_order(self) -> None:
        bank = Activity(code="bank", domain="money", terms={"en": ("time bank",), "it": ("banca del tempo",)})
        fair = Activity(code="fair", domain="food", terms={"en": ("fair trade",)})
        turned = Activity(code="bank", domain="money", terms={"it": ("banca del tempo",), "en": ("time bank",)})
        fewer = Activity(code="bank", domain="money", terms={"en": ("time bank",)})
        versions = [ActivityIndex(each).version for each in ([bank, fair], [fair, turned], [fewer, fair])]
        assert versions[0] == versions[1] != versions[2]
