"""The desk: what an officer reads and decides, and that nobody else does."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative, Report, ReviewEvent, User
from tests import people
from tests.models.test_desk import changed, claimed, doubled, one_of_each, reported, submitted, unconfirmed

pytestmark = pytest.mark.django_db


def read(who: User, address: str = "/desk/", *, status: int = 200) -> str:
    response = people.signed_in(who).get(address)
    assert response.status_code == status, (address, response.status_code)
    return unescape(response.content.decode())


def names(page: str) -> list[str]:
    return re.findall(r'class="desk-name"><a [^>]*>(.*?)</a>', page)


def kinds(page: str) -> dict[str, int]:
    found = re.findall(r'<a href="/desk/[^"]*"[^>]*>([\w ]+) <span class="figures">(\d+)</span></a>', page)
    return {kind: int(count) for kind, count in found}


def send(who: User, address: str, deed: str, reason: str = "", *, thing: str = "", **options: object) -> tuple:
    """Press a button of the page of a listing; the answer's status and where it leads."""
    prefix = f"{deed}-{thing}" if thing else deed
    response = people.signed_in(who).post(address, {f"{prefix}-reason": reason, f"{prefix}-key": "k"}, **options)
    return response.status_code, response.get("Location", response.content.decode())


class QueueTests:
    def test_it_shows_what_waits_with_its_kind_and_age(self) -> None:
        one_of_each()
        page = read(people.officer())
        assert names(page) == ["new", "changed", "claim", "report", "duplicate", "unconfirmed"]
        assert kinds(page) == {
            "Everything": 6,
            "New": 1,
            "Changed": 1,
            "Claims": 1,
            "Reports": 1,
            "Likely the same": 1,
            "Unconfirmed": 1,
        }
        assert "for 6 days" in page

    def test_another_citys_desk_is_empty_and_its_address_no_page(self) -> None:
        one_of_each()
        leo = people.officer("Leo", of="Lille")
        page = read(leo)
        assert (names(page), set(kinds(page).values())) == ([], {0})
        read(leo, "/desk/cities/ghent/", status=404)

    def test_an_officer_of_two_cities_sees_them_together_or_apart(self) -> None:
        submitted("of Ghent", days=2)
        submitted("of Lille", city=people.city("Lille"))
        people.officer()
        olga = people.officer(of="Lille")
        assert names(read(olga)) == ["of Ghent", "of Lille"]
        assert names(read(olga, "/desk/cities/lille/")) == ["of Lille"]

    def test_when_nothing_waits_it_tells_when_the_last_was_answered(self) -> None:
        olga = people.officer()
        assert "Nothing waits." in read(olga)
        submitted("first", days=3).publish(by=olga)
        ReviewEvent.objects.update(by=None)
        assert "after 3 days" in read(olga)

    def test_it_is_paged(self) -> None:
        for number in range(52):
            submitted(f"Listing {number:02}", days=60 - number)
        first, second = read(people.officer()), read(people.officer(), "/desk/?page=2")
        assert (len(names(first)), names(second)) == (50, ["Listing 50", "Listing 51"])

    @pytest.mark.parametrize("query", ["?kind=x", "?page=x", "?page=99", "?officer=none", "?kind=new&page=-1"])
    def test_unknown_questions_are_no_errors(self, query: str) -> None:
        submitted("one")
        assert names(read(people.officer(), f"/desk/{query}")) == ["one"]

    def test_it_asks_as_often_for_one_of_each_as_for_three(self) -> None:
        olga, counts = people.officer(), []
        browser = people.signed_in(olga)
        for _ in range(3):
            one_of_each()
            with CaptureQueriesContext(connection) as asked:
                browser.get("/desk/")
            counts.append(len(asked))
        assert len(set(counts)) == 1, counts

    def test_stewards_and_strangers_have_none(self) -> None:
        alice = people.steward(of=submitted("hers"))
        for who in (alice, people.broker(), people.person("Stan")):
            read(who, status=404)
        assert Client().get("/desk/")["Location"].startswith("/sign-in/")
