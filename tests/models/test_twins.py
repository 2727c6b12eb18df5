"""Asking PostgreSQL whether an initiative is listed already."""

import pytest

from initiatives.models import Initiative, name_words
from initiatives.models.twins import likely_twins
from initiatives.overlap.duplicates import CERTAIN, MOST, DuplicateIndex
from initiatives.overlap.values import Identity
from tests import people

pytestmark = pytest.mark.django_db

FILLERS = ("Atelier Aurora", "Bosco Vivo", "Casa Verde", "Draad en Naald", "Elzenhof", "Food Share Hub")


@pytest.fixture(autouse=True)
def _read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has names of its own; what another counted is not theirs."""
    monkeypatch.setattr(name_words, "_held", None)


@pytest.fixture(autouse=True)
def _others() -> None:
    for name in FILLERS:
        people.initiative(name=name, city=people.city("Bristol"))


def keys(identity: Identity, **asked: int) -> list[int]:
    return [each.b for each in likely_twins(identity, **asked)]


class TwoTests:
    def test_nothing_but_the_town(self) -> None:
        people.initiative(name="Timelab")
        assert keys(Identity(name="Fietskeuken Zuid", city="Ghent", country="BE"), least=0) == []


class SameTests:
    @pytest.mark.parametrize(
        "written", ["Fietskeuken Zuid", "FIETSKEUKEN ZUID vzw", "Fietskeuken  zuid", "Stichting Fietskeuken-Zuid"]
    )
    def test_a_name_in_another_spelling_in_the_same_town(self, written: str) -> None:
        known = people.initiative(name="Fietskeuken Zuid")
        found = likely_twins(Identity(name=written, city="Ghent", country="BE"))
        assert [each.b for each in found] == [known.pk]
        assert found[0].probability >= CERTAIN

    @pytest.mark.parametrize("written", ["Repaircafé Ledeberg", "Repair Café Ledeberg", "repair-cafe ledeberg"])
    @pytest.mark.parametrize("listed", ["Repaircafé Ledeberg", "Repair Café Ledeberg"])
    def test_words_written_apart_or_together(self, written: str, listed: str) -> None:
        known = people.initiative(name=listed)
        assert keys(Identity(name=written, city="Ghent", country="BE")) == [known.pk]

    @pytest.mark.parametrize(
        "address",
        [
            "http://fietskeuken.example",
            "https://www.fietskeuken.example/",
            "HTTPS://WWW.Fietskeuken.example/en/about?x=1",
        ],
    )
    def test_one_website_and_names_alike(self, address: str) -> None:
        known = people.initiative(name="Fietskeuken Zuid", primary_url="https://www.fietskeuken.example/over-ons")
        found = likely_twins(Identity(name="De Fietskeuken", website=address))
        assert [each.b for each in found] == [known.pk]
        assert "same_website" in {reason.kind for reason in found[0].reasons}

    def test_one_page_on_a_host_that_many_use(self) -> None:
        known = people.initiative(name="Buurttuin Luchtbal", primary_url="https://www.facebook.com/groups/buurttuin")
        people.initiative(name="Buurtmoestuin Dok", primary_url="https://www.facebook.com/moestuindok")
        asked = Identity(name="Buurttuin op de Luchtbal", website="http://facebook.com/buurttuin")
        assert keys(asked) == [known.pk]

    def test_a_nickname_is_a_name(self) -> None:
        known = people.initiative(name="Coöperatieve Zuidwind", nickname=["Molenaars van Lo"])
        assert keys(Identity(name="Molenaars van Lo", city="Ghent", country="BE")) == [known.pk]

    def test_a_city_by_any_of_its_names(self) -> None:
        known = people.initiative(name="Fietskeuken Zuid")
        assert keys(Identity(name="Fietskeukens Zuid", city="Gand")) == [known.pk]


class OtherTests:
    def test_the_listing_itself_is_left_out(self) -> None:
        known = people.initiative(name="Fietskeuken Zuid")
        other = people.initiative(name="Fietskeuken Zuid vzw")
        asked = Identity(name="Fietskeuken Zuid", city="Ghent", country="BE")
        assert (keys(asked, besides=known.pk), keys(asked, besides=other.pk)) == ([other.pk], [known.pk])

    @pytest.mark.parametrize(("state", "found"), [("submitted", True), ("draft", False), ("declined", False)])
    def test_what_waits_is_found_and_what_nobody_will_see_is_not(self, state: str, found: bool) -> None:
        people.initiative(name="Fietskeuken Zuid", review_state=state)
        assert bool(keys(Identity(name="Fietskeuken Zuid", city="Ghent", country="BE"))) is found

    def test_branches_of_a_chain_in_two_towns(self) -> None:
        people.initiative(name="AVIS COMUNALE DI BOLOGNA", city=people.city("Bologna"))
        assert keys(Identity(name="AVIS COMUNALE DI FABRIANO", city="Fabriano", country="IT")) == []

    def test_of_many_alike_a_few_are_told(self) -> None:
        for _ in range(3 * MOST):
            people.initiative(name="Fietskeuken Zuid")
        assert len(keys(Identity(name="Fietskeuken Zuid", city="Ghent", country="BE"))) == MOST

    @pytest.mark.parametrize(
        "name", ["", "!!!", "🌱", "de", "%_\\", "'; --", "a" * 50_000, "woord " * 10_000, "&|!:*()", "a\0.b"]
    )
    def test_whatever_is_asked_nobody_is_found_by_it(self, name: str) -> None:
        people.initiative(name="Fietskeuken Zuid")
        assert keys(Identity(name=name, website=name, city=name, country=name)) == []


class SameModelTests:
    def test_the_index_in_memory_says_the_same(self) -> None:
        """Both judge by one model; words are about as rare for both."""
        listed = [*FILLERS, "Fietskeuken Zuid", "Fietskeuken Noord", "Fietsatelier Zuid"]
        for name in listed[len(FILLERS) :]:
            people.initiative(name=name)
        index = DuplicateIndex()
        for listing in Initiative.objects.select_related("city"):
            index.add(listing.pk, Identity(name=listing.name, city=listing.city.name, country=listing.country))
        for name in (*listed, "Fietskeuken", "Zuid"):
            asked = Identity(name=name, city="Ghent", country="BE")
            assert keys(asked) == [each.b for each in index.likely(asked)]

    def test_rarities_may_come_from_elsewhere(self) -> None:
        people.initiative(name="Fietskeuken Zuid")
        asked = Identity(name="Fietskeuken Zuid", city="Ghent", country="BE")
        rare, common = likely_twins(asked, rarity=lambda _: 1.0), likely_twins(asked, rarity=lambda _: 0.2)
        assert rare[0].probability > common[0].probability


class CostTests:
    @pytest.mark.parametrize("count", [1, 30])
    def test_the_queries_do_not_grow_with_what_is_listed(self, count: int, django_assert_num_queries) -> None:
        for _ in range(count):
            people.initiative(name="Fietskeuken Zuid", primary_url="https://fietskeuken.example/")
        asked = Identity(name="Fietskeuken Zuid", website="https://fietskeuken.example/", city="Ghent", country="BE")
        likely_twins(asked)
        with django_assert_num_queries(6):
            likely_twins(asked)
