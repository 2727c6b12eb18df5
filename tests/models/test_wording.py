"""Plain values of a listing in words."""

import pytest

from initiatives.models.plain import EXCHANGE, PRIVATE, PUBLIC, plain
from initiatives.models.wording import LABELS, Line, words_of
from tests import people


class LabelTests:
    def test_every_field_has_one(self) -> None:
        assert {*PUBLIC, *PRIVATE, *EXCHANGE} <= LABELS.keys()


@pytest.mark.django_db
class WordsTests:
    def test_codes_are_said_in_words(self) -> None:
        listing = people.initiative(
            domains=["food"],
            licences=[("MIT", "software")],
            wants=["A shed"],
            translations={"fr": "Un jardin."},
            self_description=["commons", "other"],
            founded_year=1999,
            founded_precision="exact",
        )
        said = {name: words_of(name, value) for name, value in plain(listing).items()}
        expected = {
            "city": ["Ghent"],
            "country": ["Belgium"],
            "domains": ["Food"],
            "exchanges": ["Looks for: A shed"],
            "founded_precision": ["exact"],
            "founded_year": ["1999"],
            "geographic_scope": ["Local"],
            "language": ["English"],
            "licences": ["MIT (Software)"],
            "self_description": ["Commons", "Other"],
            "status": ["Active"],
            "translations": ["French: Un jardin."],
        }
        assert {name: said[name] for name in expected} == expected

    def test_nothing_is_no_word(self) -> None:
        assert [words_of(name, value) for name, value in (("name", ""), ("tags", []), ("closed_year", None))] == [
            []
        ] * 3

    def test_a_day_is_said_as_one(self) -> None:
        assert words_of("expires_on", "2031-05-24") == ["24 May 2031"]

    def test_a_change_is_told_line_by_line(self) -> None:
        listing = people.initiative(name="Tuin")
        people.steward(of=listing)
        change = listing.edit(by=people.person("Alice"), version=1, values={"name": "Bos", "status": "on_hold"})
        assert change.lines == [
            Line("name", LABELS["name"], ["Tuin"], ["Bos"]),
            Line("status", LABELS["status"], ["Active"], ["On hold"]),
        ]
