"""The map shows the same set as the list beside it, and each of its discs leads to a part of it."""

import re
from html import unescape

import pytest
from django.test import Client

from initiatives.models import Initiative
from initiatives.views.maps import LARGE, list_map
from tests import people
from tests.views.reading import get

pytestmark = pytest.mark.django_db

DISC = re.compile(r'<a href="([^"]*)" aria-label="[^"]*?: (\d+)"')


@pytest.fixture(autouse=True)
def listings():
    for city, count in (("Ghent", 3), ("Bologna", 2), ("Bristol", 1)):
        for _ in range(count):
            people.initiative(city=people.city(city), domains=["food"])
    people.initiative(city=people.city("Antwerp"), domains=["energy"])
    people.initiative(city=None, geographic_scope="international", domains=["food"])


def discs(page):
    return [(unescape(address), int(count)) for address, count in DISC.findall(page)]


def total(address):
    return int(re.search(r"<h1>\s*(\d+)", get(address))[1])


class MapTests:
    def test_it_counts_what_the_list_has(self):
        shown = list_map(Initiative.objects.published())
        assert (shown.total, shown.located, shown.beyond, shown.placeless) == (8, 7, 0, 1)
        assert sum(disc.count for disc in shown.map.discs) == 7

    def test_nothing_located_is_no_map(self):
        assert list_map(Initiative.objects.published().in_cities(["nowhere"])) is None

    def test_a_fixed_number_of_queries(self, django_assert_num_queries):
        with django_assert_num_queries(3):
            list_map(Initiative.objects.published())

    def test_what_lies_on_another_continent_is_told_not_drawn(self):
        people.initiative(
            city=people.city("Montevideo", country="UY", latitude=-34.9, longitude=-56.2, slug="montevideo")
        )
        shown = list_map(Initiative.objects.published(), size=LARGE)
        assert (shown.located, shown.beyond, shown.beyond_keys) == (7, 1, ["montevideo"])

    def test_cities_that_share_a_disc_are_said_to(self):
        for name in ("Gentbrugge", "Ledeberg"):
            people.initiative(city=people.city(name, latitude=51.04, longitude=3.74, slug=name.lower()))
        page = get("/map/")
        texts = re.findall(r"<text [^>]*>([^<]*)</text>", page)
        assert "Bologna 2" in texts
        assert any(re.match(r"Ghent and \d near: \d+$", text) for text in texts), texts

    def test_a_place_without_coordinates_is_not_on_the_map(self):
        people.initiative(city=people.city("Atlantis", latitude=None, longitude=None, slug="atlantis"))
        assert list_map(Initiative.objects.published()).placeless == 2


class PageTests:
    @pytest.mark.parametrize("address", ["/initiatives/", "/map/", "/map/?domain=food", "/nl/map/?country=be"])
    def test_each_disc_leads_to_as_many_as_it_says(self, address):
        found = discs(get(address))
        assert found
        for link, count in found:
            assert total(link if link.startswith("/") else address.partition("?")[0] + link) == count

    def test_the_list_beside_the_map_has_the_same_set(self):
        page = get("/map/", domain="energy")
        assert [count for _, count in discs(page)] == [1]
        assert page.count('class="row-name"') == 1
        assert 'href="/initiatives/?domain=energy"' in page

    def test_the_larger_map_keeps_what_was_asked(self):
        assert 'href="/map/?domain=energy"' in get("/initiatives/", domain="energy")

    def test_a_city_by_another_name_is_the_same_map(self):
        response = Client().get("/map/", {"city": "gent"})
        assert (response.status_code, response["Location"]) == (302, "/map/?city=ghent")

    def test_nothing_found_offers_to_look_more_widely(self):
        page = get("/map/", domain="energy", city="bologna")
        assert not discs(page)
        assert 'id="empty-said"' in page
