"""The page of a city: its groups, all of them counted, and who overlaps within it."""

import re
from html import unescape

import pytest
from django.test import Client

from initiatives.models import Initiative, Pair
from initiatives.views import places
from tests import people
from tests.views.reading import get

pytestmark = pytest.mark.django_db

OVERLAPS = re.compile(r'<section class="section" aria-labelledby="overlaps">(.*?)</section>', re.DOTALL)
GROUPS = re.compile(r'<section aria-labelledby="groups-beside">(.*?)</section>', re.DOTALL)


def group(name: str, *, here: int, elsewhere: int = 0) -> None:
    members = [people.initiative(name=f"{name} {place}") for place in range(here)]
    members += [people.initiative(name=f"{name} far {place}", city=people.city("Lille")) for place in range(elsewhere)]
    people.group(*members, given_labels={"en": name})


def groups(page: str) -> list[tuple[str, str]]:
    """Name and share of each."""
    part = "".join(GROUPS.findall(page))
    return re.findall(r'group-name"><a [^>]+>([^<]+)</a>.*?group-note">([^<]+)<', part, re.DOTALL)


def overlaps(page: str) -> list[list[str]]:
    """Names of both of each pair."""
    rows = re.findall(r"<h3.*?</h3>", "".join(OVERLAPS.findall(page)), re.DOTALL)
    return [[unescape(name) for name in re.findall(r">([^<]+)</a>", row)] for row in rows]


class GroupTests:
    def test_all_are_counted_with_one_member_here_too(self) -> None:
        group("Growers", here=3)
        group("Cooks", here=1, elsewhere=1)
        group("Sparks", here=0, elsewhere=2)
        page = get("/cities/ghent/")
        assert groups(page) == [("Growers", "3 of 3"), ("Cooks", "1 of 2")]
        assert "and 2 groups with members here." in page
        (address,) = re.findall(r'<a href="([^"]+)">All 2 groups', page)
        assert address == "/groups/?city=ghent"
        assert "2 groups of initiatives" in get(address)

    def test_of_many_those_with_most_members_here_are_shown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(places, "MOST_GROUPS", 1)
        group("Cooks", here=1, elsewhere=3)
        group("Growers", here=2)
        page = get("/cities/ghent/")
        assert groups(page) == [("Growers", "2 of 2")]
        assert "and 2 groups with members here." in page
        assert "Alle 2 groepen met leden hier" in get("/nl/cities/ghent/")

    def test_where_there_is_none_nothing_is_said(self) -> None:
        people.initiative()
        page = get("/cities/ghent/")
        assert (groups(page), "/groups/?city" in page, overlaps(page)) == ([], False, [])


class OverlapTests:
    def test_the_strongest_pairs_within_the_city_come_first_with_two_reasons(self) -> None:
        one, two, three = (people.initiative(name=name) for name in ("O'Neill & co", "Two", "Three"))
        far = people.initiative(name="Far", city=people.city("Lille"))
        towns = [{"kind": "same_city", "strength": 0.1, "evidence": {"city": None, "city_name": name}} for name in "XY"]
        people.pair(one, two, score=0.6)
        people.pair(two, three, score=0.8, reasons=[people.REASON, *towns])
        people.pair(three, far, score=0.9)
        page = get("/cities/ghent/")
        assert overlaps(page) == [["Two", "Three"], ["O'Neill & co", "Two"]]
        said = OVERLAPS.findall(page)[0]
        assert (said.count("Both speak of"), said.count("Both are in")) == (2, 1)

    def test_at_most_some_and_none_that_is_hidden(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(places, "MOST_PAIRS", 2)
        group("Growers", here=4)
        assert Pair.objects.count() == 6
        assert len(overlaps(get("/cities/ghent/"))) == 2
        Initiative.objects.exclude(name="Growers 0").update(review_state="withdrawn")
        assert overlaps(get("/cities/ghent/")) == []


class OtherNamesTests:
    def test_they_lead_to_the_city_for_now(self) -> None:
        """The largest bearer of a name may be another one tomorrow."""
        people.city("Ghent")
        answer = Client().get("/cities/gent/")
        assert (answer.status_code, answer["Location"]) == (302, "/cities/ghent/")
