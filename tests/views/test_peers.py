"""Who else is doing this: three lists on the page of a listing, each entry with its reasons."""

import re

import pytest

from initiatives.models import Initiative
from tests import people
from tests.views.reading import get

pytestmark = pytest.mark.django_db


def circle(listing: Initiative, name: str, language: str = "") -> str:
    page = get(language + listing.get_absolute_url())
    found = re.search(rf'<section[^>]*aria-labelledby="peers-{name}">(.*?)</section>', page, re.DOTALL)
    return found[1] if found else ""


def shown(part: str) -> list[str]:
    return re.findall(r'class="peer-name"><a href="[^"]+">([^<]+)<', part)


@pytest.fixture
def garden() -> Initiative:
    """Of Ghent, with a peer there, one in Italy, and one whose shed it needs."""
    listing = people.initiative(name="Garden", language="nl")
    people.pair(listing, people.initiative(name="Next door"), score=0.5)
    people.pair(listing, people.initiative(name="Orto", language="it", city=people.city("Bologna")), score=0.6)
    shed = people.initiative(name="Shed", city=people.city("Bristol"))
    meets = {"wants": listing.pk, "offers": shed.pk, "want": "schuur", "offer": "shed", "metres": None}
    reason = {"kind": "need_meets_offer", "strength": 0.9, "evidence": meets}
    people.pair(listing, shed, kind="complementary", reasons=[reason])
    return listing


class CircleTests:
    def test_are_of_its_city_of_elsewhere_and_of_what_completes_it(self, garden: Initiative) -> None:
        assert {name: shown(circle(garden, name)) for name in ("close", "elsewhere", "completing")} == {
            "close": ["Next door"],
            "elsewhere": ["Orto"],
            "completing": ["Shed"],
        }

    def test_say_where_and_in_which_language(self, garden: Initiative) -> None:
        assert "Bologna, in Italian" in circle(garden, "elsewhere")
        assert "in English" in circle(garden, "close")

    def test_give_a_reason_for_each(self, garden: Initiative) -> None:
        told = circle(garden, "completing")
        assert 'Garden looks for: <mark lang="nl">schuur</mark>. Shed offers: <mark>shed</mark>.' in told

    def test_whose_reason_cannot_be_told_is_no_peer(self, garden: Initiative) -> None:
        other = people.initiative(name="Silent")
        gone = {"kind": "same_work", "strength": 0.9, "evidence": {"activity": "forgotten", "words": []}}
        people.pair(garden, other, reasons=[gone])
        assert "Silent" not in circle(garden, "close")

    def test_foreign_words_say_their_language_in_each_page(self, garden: Initiative) -> None:
        words = '<mark lang="nl">garden</mark>'
        assert words in circle(garden, "elsewhere")
        assert words not in circle(garden, "elsewhere", "/nl")

    def test_the_strongest_come_first_and_the_rest_by_name(self) -> None:
        listing = people.initiative()
        for number in range(9):
            people.pair(listing, people.initiative(name=f"Peer {number}"), score=number / 10)
        part = circle(listing, "close")
        assert shown(part) == [f"Peer {number}" for number in (8, 7, 6, 5, 4, 3)]
        assert re.findall(r"<li><a[^>]*>([^<]*)</a>", part) == ["Peer 2", "Peer 1", "Peer 0"]
        assert "3 more" in part

    def test_two_places_are_kept_for_other_languages(self) -> None:
        listing = people.initiative()
        for number in range(8):
            people.pair(listing, people.initiative(name=f"Peer {number}"), score=(90 - number) / 100)
        for number in range(3):
            foreign = people.initiative(name=f"Altro {number}", language="it")
            people.pair(listing, foreign, score=(30 - number) / 100)
        names = [*(f"Peer {number}" for number in range(4)), "Altro 0", "Altro 1"]
        assert shown(circle(listing, "close")) == names

    def test_hidden_ones_are_in_none(self, garden: Initiative) -> None:
        Initiative.objects.filter(name="Orto").update(review_state="withdrawn")
        assert circle(garden, "elsewhere") == ""
