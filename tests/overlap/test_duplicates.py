"""Whether a new row is listed already."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

    def test_a_name_in_two_towns_of_a_register_is_two(self) -> None:
        known = Identity(name="Tre Mulini", city="Fermo", country="IT")
        assert likely(known, Identity(name="Tre Mulini", city="Fabriano", country="IT")) == []

    def test_the_first_word_of_many_names_says_nothing(self) -> None:
        made = DuplicateIndex()
        for key in range(300):
            made.add(key, Identity(name=f"Sportiva {chr(97 + key % 26)}{key}", city="Bari", country="IT"))
        assert made.likely(Identity(name="Sportiva Tennis", city="Bari", country="IT")) == []


NAMES = st.text(alphabet="abc 12.'-é", max_size=20) | st.sampled_from(FILLERS) | st.text(max_size=30)
PLACES = st.none() | st.floats(-90, 90) | st.just(float("nan"))
IDENTITIES = st.builds(
    Identity,
    name=NAMES,
    nicknames=st.lists(NAMES, max_size=3).map(tuple),
    website=st.sampled_from(["", "https://a.example/x", "https://a.example/y", "facebook.com/b"])
    | st.text(max_size=20),
    city=st.sampled_from(["", "Gent", "Gent-Brugge", "Markt 1, 9000 Gent"]) | NAMES,
    country=st.sampled_from(["", "BE", "be", "UK", "GB", "Belgium"]),
    latitude=PLACES,
    longitude=PLACES,
)


class PairTests:
    @given(IDENTITIES, IDENTITIES)
    def test_whichever_is_named_first(self, one: Identity, other: Identity) -> None:
        known = index(one, other)
        assert known.probability(one, other) == known.probability(other, one)
        assert 0 <= known.probability(one, other) <= 1

    @given(st.lists(IDENTITIES, max_size=8), IDENTITIES)
    def test_the_same_question_has_the_same_answer(self, known: list[Identity], asked: Identity) -> None:
        assert index(*known).likely(asked) == index(*known).likely(asked)

    def test_countries_are_told_apart_by_codes_alone(self) -> None:
        here, there = (Identity(name="Fietskeuken Zuid", country=each) for each in ("GB", "FR"))
        known = index(here, there)
        same = {known.probability(here, Identity(name="Fietskeuken Zuid", country=each)) for each in ("UK", "England")}
        assert len(same) == 1
        assert known.probability(here, there) < same.pop()


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


class HostileTests:
    """Time is bounded, whatever is listed; the bounds are many times what it takes."""

    @pytest.mark.parametrize("city", ["", "Gent"])
    def test_ten_thousand_of_one_name(self, city: str) -> None:
        made = index(*[Identity(name="Fietskeuken Zuid", city=city, country="BE")] * 10_000)
        started = time.process_time()
        for _ in range(20):
            made.likely(Identity(name="Fietskeuken Zuid", city=city, country="BE"))
        assert time.process_time() - started < 1

    @pytest.mark.parametrize("name", ["woord " * 9_000, "a" * 50_000, "é" * 50_000, "a.b-" * 12_000, "co-op " * 9_000])
    def test_a_whole_text_for_a_name(self, name: str) -> None:
        started = time.process_time()
        long = Identity(name=name, nicknames=(name,) * 50, city=name, website=name, country=name)
        assert all(0 <= each.probability <= 1 for each in index(long).likely(long))
        assert time.process_time() - started < 2


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
