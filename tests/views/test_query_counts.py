"""Every list, page and file asks the database the same number of questions, however many rows it has.

The numbers are committed: whoever raises one says so in the commit.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import Group, Initiative
from tests import people
from tests.views.reading import body

pytestmark = pytest.mark.django_db


def grow(number: int) -> None:
    """Listings that carry something of everything, in one group and in groups of their own."""
    members = [
        people.initiative(
            name=f"Garden {place}",
            mission="garden",
            domains=["food", "energy"],
            tags=["wood", f"tag {place}"],
            licences=[("MIT", "software")],
            wants=["A room"],
            city=people.city(("Ghent", "Lille", "Bologna")[place % 3]),
            translations={"fr": "Un jardin"},
            founded_year=2000 + place,
            founded_precision="exact",
        )
        for place in range(number)
    ]
    for one, other in zip(members[::2], members[1::2], strict=False):
        people.group(one, other)
    for place, member in enumerate(members[1:]):
        people.link(source=member, target=members[0])
        if place:
            people.pair(members[0], member)


def questions(address: str) -> int:
    """Once more than once: what is remembered from question to question is not counted."""
    body(Client().get(address))
    with CaptureQueriesContext(connection) as asked:
        response = Client().get(address)
        assert response.status_code == 200, address
        body(response)
    return len([each for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]])


# Beside the COPY of a file, which goes past Django.
COUNTED = {
    "/": 9,
    "/initiatives/": 25,
    "/initiatives/?q=garden": 27,
    "/initiatives/?domain=food&city=ghent&tag=wood": 27,
    "/initiatives.csv": 1,
    "/initiatives.csv?q=garden": 2,
    "/groups/": 3,
    "/groups.csv": 8,
    "/map/": 22,
    "/cities/": 4,
    "/cities/ghent/": 14,
    "/domains/": 1,
    "/domains/food/": 12,
    "/licences/": 2,
    "/licences/MIT/": 9,
    "/tags/": 2,
    "/tags/wood/": 11,
    "/platforms/": 1,
    "/data/": 0,
}


class QueryCountTests:
    @pytest.mark.parametrize("number", [3, 30])
    def test_a_list_asks_as_often_whatever_its_length(self, number: int) -> None:
        grow(number)
        assert {address: questions(address) for address in COUNTED} == COUNTED

    def test_one_row_asks_no_more(self) -> None:
        """Less only where a part is left out: of one listing there is no group."""
        grow(1)
        assert {address: count for address in COUNTED if (count := questions(address)) > COUNTED[address]} == {}

    @pytest.mark.parametrize("number", [4, 30])
    def test_so_do_a_listing_and_a_group_whatever_they_are_tied_to(self, number: int) -> None:
        grow(number)
        listing, group = Initiative.objects.get(name="Garden 0"), Group.objects.order_by("pk").first()
        counts = [questions(row.get_absolute_url()) for row in (listing, group)]
        assert [*counts, questions(f"/groups/{group.public_id}.csv")] == [13, 7, 10]
