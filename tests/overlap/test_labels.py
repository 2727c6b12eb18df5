"""What groups are called: each as its members would say it, and told apart from one another."""

from collections.abc import Sequence

import pytest

from initiatives.overlap.corpus import corpus
from initiatives.overlap.engine import Engine
from initiatives.overlap.labels import Circle, labels, told
from initiatives.overlap.reasons import Witness
from initiatives.overlap.values import Activity, Label, Listing
from tests.overlap.neighbourhood import BRISTOL, GHENT, listing

ACTIVITIES = (
    Activity(
        code="gardens", domain="agriculture_land", terms={"en": ("community garden",), "de": ("gemeinschaftsgarten",)}
    ),
    Activity(code="composting", domain="nature_environment", terms={"en": ("composting",)}),
)


def gardens(number: int, mission: str = "A community garden.", **told: object) -> list[Listing]:
    return [listing(f"Plot {place}", mission, **told) for place in range(number)]


def circles(*groups: Sequence[Listing]) -> list[Circle]:
    everybody = [each for group in groups for each in group]
    witness = witness_of(everybody)
    rows = {each.key: row for row, each in enumerate(witness.corpus.listings)}
    return [Circle(witness, tuple(sorted(rows[each.key] for each in group))) for group in groups]


def witness_of(listings: Sequence[Listing]) -> Witness:
    engine = Engine(ACTIVITIES, None)
    return engine.witness(corpus(engine.read(listings)))


def called(label: Label) -> tuple[str, str, str, str]:
    return label.kind, label.code, label.city_name, label.country


class LabelsTests:
    def test_the_wider_keeps_the_name_and_the_other_says_its_country(self) -> None:
        mixed = [*gardens(3, country="FR"), *gardens(3, country="DE")]
        british = [*gardens(3, country="GB"), *gardens(1, "Bees.", country="GB")]
        found = labels(circles(british, mixed))
        assert [called(each) for each in found] == [("activity", "gardens", "", "GB"), ("activity", "gardens", "", "")]

    def test_a_country_says_more_than_what_fewer_do(self) -> None:
        british = [*gardens(2, "A community garden with composting.", country="GB"), *gardens(2, country="GB")]
        found = labels(circles(gardens(4), british))
        assert [each.code for each in found] == ["gardens", "gardens"]
        assert [each.country for each in found] == ["", "GB"]

    def test_without_a_country_the_next_name_is_taken(self) -> None:
        others = [*gardens(2, "A community garden with composting."), *gardens(2)]
        assert [each.code for each in labels(circles(gardens(4), others))] == ["gardens", "composting"]

    def test_two_cities_may_have_the_name_each(self) -> None:
        found = labels(circles(gardens(3, city=GHENT), gardens(3, city=BRISTOL)))
        assert [called(each) for each in found] == [
            ("activity", "gardens", "Gent", ""),
            ("activity", "gardens", "Bristol", ""),
        ]


class WordsTests:
    def test_a_language_of_few_does_not_speak_for_all(self) -> None:
        many = gardens(9, "Gemeinschaftsgarten mit Hochbeeten.", language="de")
        few = gardens(2, "Woodland and wildlife in a valley.")
        (label,) = labels(circles([*many, *few]))
        assert set(label.words) == {"de"}

    def test_where_nobody_else_says_anything_it_does(self) -> None:
        silent = [listing(chr(ord("A") + place) * 6, "", language="de") for place in range(9)]
        (label,) = labels(circles([*silent, *gardens(2, "Woodland and wildlife in a valley.")]))
        assert set(label.words) == {"en"}


class ToldTests:
    @pytest.fixture
    def british(self) -> list[Listing]:
        return [*gardens(3, "A community garden with composting.", country="GB"), *gardens(1, country="GB")]

    def test_a_group_by_itself_is_called_what_most_do(self, british: list[Listing]) -> None:
        label, reasons = told(witness_of(british), range(4))
        assert called(label) == ("activity", "gardens", "", "")
        assert {reason.kind for reason in reasons} >= {"same_work", "shared_words"}

    @pytest.mark.parametrize("known", [("activity", "gardens", "GB"), ("activity", "composting", "")])
    def test_it_keeps_the_name_it_has_among_others(self, british: list[Listing], known: tuple[str, str, str]) -> None:
        kind, code, country = known
        before = {"kind": kind, "code": code, "country": country}
        label, _ = told(witness_of(british), range(4), called=before)
        assert called(label) == (kind, code, "", country)

    def test_a_name_that_holds_no_more_goes(self, british: list[Listing]) -> None:
        before = {"kind": "activity", "code": "repair", "country": ""}
        label, _ = told(witness_of(british), range(4), called=before)
        assert label.code == "gardens"
