"""Whether a new row is listed already."""

import pytest

from initiatives.overlap.duplicates import CERTAIN, MOST, POSSIBLE, DuplicateIndex
from initiatives.overlap.values import Identity, Likeness
from initiatives.overlap.websites import site

FILLERS = (
    "Atelier Aurora",
    "Bosco Vivo",
    "Casa Verde",
    "Draad en Naald",
    "Elzenhof",
    "Food Share Hub",
    "Giardino Nord",
)


def index(*known: Identity) -> DuplicateIndex:
    """With some others, so that words are not all equally rare."""
    made = DuplicateIndex()
    for key, name in enumerate(FILLERS, 900):
        made.add(key, Identity(name=name, city="Elsewhere", country="NL"))
    for key, identity in enumerate(known, 1):
        made.add(key, identity)
    return made


def likely(known: Identity, asked: Identity) -> list[Likeness]:
    return index(known).likely(asked)


def kinds(found: list[Likeness]) -> set[str]:
    return {reason.kind for each in found for reason in each.reasons}


class SameTests:
    @pytest.mark.parametrize(
        "written", ["Fietskeuken Zuid", "FIETSKEUKEN ZUID vzw", "Fietskeuken  zuid", "Stichting Fietskeuken-Zuid"]
    )
    def test_a_name_in_another_spelling_in_the_same_town(self, written: str) -> None:
        found = likely(
            Identity(name="Fietskeuken Zuid", city="Gent", country="BE"), Identity(name=written, city="Gent")
        )
        assert [each.b for each in found] == [1]
        assert found[0].probability >= CERTAIN

    def test_words_written_apart_or_together(self) -> None:
        known = Identity(name="Repair Café Ledeberg", city="Gent", latitude=51.04, longitude=3.74)
        asked = Identity(name="Repaircafé Ledeberg", city="Gent", latitude=51.04, longitude=3.74)
        assert [each.b for each in likely(known, asked)] == [1]

    def test_one_website_and_names_alike(self) -> None:
        known = Identity(name="Fietskeuken Zuid", website="https://www.fietskeuken.example/over-ons", city="Gent")
        found = likely(known, Identity(name="De Fietskeuken", website="http://fietskeuken.example", city="Gent"))
        assert [each.b for each in found] == [1]
        assert "same_website" in kinds(found)

    def test_a_nickname_is_a_name(self) -> None:
        known = Identity(name="Coöperatieve Zuidwind", nicknames=("Molenaars van Lo",), city="Lo")
        assert [each.b for each in likely(known, Identity(name="Molenaars van Lo", city="Lo"))] == [1]

    def test_the_answer_says_why(self) -> None:
        known = Identity(name="Fietskeuken Zuid", city="Gent")
        assert "same_name" in kinds(likely(known, known))


class OtherTests:
    def test_branches_of_a_chain_in_two_towns(self) -> None:
        known = Identity(name="AVIS COMUNALE DI FERMO", city="Fermo", country="IT")
        assert likely(known, Identity(name="AVIS COMUNALE DI FABRIANO", city="Fabriano", country="IT")) == []

    def test_a_common_name_in_two_towns(self) -> None:
        made = DuplicateIndex()
        for key in range(300):
            made.add(key, Identity(name="PRO LOCO", city=f"Paese {key}", country="IT"))
        assert made.likely(Identity(name="PRO LOCO", city="Altrove", country="IT")) == []

    def test_numbers_tell_schools_apart(self) -> None:
        known = Identity(name="Scuola Aperta 12", city="Bari", country="IT")
        found = likely(known, Identity(name="Scuola Aperta 13", city="Bari", country="IT"))
        assert [each for each in found if each.probability >= CERTAIN] == []

    def test_a_generic_host_shows_nothing(self) -> None:
        known = Identity(name="Fietskeuken Zuid", website="https://www.facebook.com/fietskeuken", city="Gent")
        asked = Identity(name="Radio Golfbreker", website="https://facebook.com/golfbreker", city="Gent")
        assert likely(known, asked) == []

    def test_another_town_s_name_in_both_says_little(self) -> None:
        known = Identity(name="Bari", city="Bari", country="IT")
        assert likely(known, Identity(name="Circolo Pattinatori Bari", city="Bari", country="IT")) == []

    def test_those_asked_to_be_left_out_are(self) -> None:
        known = Identity(name="Fietskeuken Zuid", city="Gent")
        assert index(known).likely(known, besides=[1]) == []


class IndexTests:
    def test_an_empty_index_knows_nobody(self) -> None:
        assert DuplicateIndex().likely(Identity(name="Fietskeuken Zuid")) == []

    @pytest.mark.parametrize("name", ["", "!!!", "a", "de", "🌱"])
    def test_a_name_of_nothing_finds_nobody_certainly(self, name: str) -> None:
        known = Identity(name=name, latitude=float("nan"), longitude=0.0)
        assert all(POSSIBLE <= each.probability <= 1 for each in likely(known, known))

    def test_of_many_alike_a_few_are_told(self) -> None:
        made = index(*[Identity(name="Fietskeuken Zuid", city="Gent")] * 500)
        assert len(made.likely(Identity(name="Fietskeuken Zuid", city="Gent"))) == MOST


class SiteTests:
    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("https://www.example.org/en/about", "example.org"),
            ("example.org", "example.org"),
            ("HTTP://Example.ORG:8080/", "example.org"),
            ("https://www.facebook.com/groups/buurttuin", "facebook.com/buurttuin"),
            ("https://facebook.com", ""),
            ("http://[", ""),
            ("update6", ""),
            ("", ""),
        ],
    )
    def test_a_site_is_what_belongs_to_one(self, address: str, expected: str) -> None:
        assert site(address) == expected
