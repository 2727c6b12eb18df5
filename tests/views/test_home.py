"""The front page: what it says of groups."""

from collections.abc import Iterator
from html import unescape

import pytest

from tests import people
from tests.views.reading import get

pytestmark = pytest.mark.django_db


class WhereaboutsTests:
    @pytest.mark.parametrize(
        ("cities", "said"),
        [
            (["L'Aquila"], "2 initiatives in L'Aquila"),
            (["L'Aquila", "Tom & <b>"], "2 initiatives in L'Aquila and Tom & <b>"),
            ([], "2 initiatives"),
        ],
    )
    def test_names_are_escaped_once(self, cities: list[str], said: str) -> None:
        places: Iterator[str] = iter(cities * 2)
        members = [
            people.initiative(city=people.city(next(places), slug=f"c{number}"))
            if cities
            else people.initiative(city=None, geographic_scope="national")
            for number in range(2)
        ]
        people.group(*members)
        for address in ("/", "/groups/"):
            page = get(address)
            notes = [part.partition("</p>")[0] for part in page.split('class="group-note">')[1:]]
            assert [unescape(note) for note in notes] == [said], address
            assert "<b>" not in "".join(notes)
