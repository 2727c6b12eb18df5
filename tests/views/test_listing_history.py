"""The page of what happened to a listing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative
from initiatives.models.acting import acting
from tests import people

pytestmark = pytest.mark.django_db


def edited(listing: Initiative, times: int = 1) -> Initiative:
    for time in range(times):
        with acting(people.person("Olga"), role="officer", deed="edit"):
            Initiative.objects.with_keys([listing.pk]).update(city=people.city(("Antwerp", "Ghent")[time % 2]))
            listing.set_domains([people.domain(("energy", "food")[time % 2])])
    return listing


def address(listing: Initiative) -> str:
    return f"/initiatives/{listing.public_id}/history/"


class ListingHistoryTests:
    @pytest.fixture
    def listing(self) -> Initiative:
        return edited(people.initiative(name="The Loom", domains=["food"]), times=2)

    def test_is_read_by_its_steward_and_its_officer(self, listing: Initiative) -> None:
        for who in (people.steward("Alice", of=listing), people.officer("Olga", of="Ghent"), people.administrator()):
            page = people.signed_in(who).get(address(listing))
            assert (page.status_code, "the city from “Ghent” to “Antwerp”" in page.text) == (200, True)

    def test_is_not_there_for_anybody_else(self, listing: Initiative) -> None:
        other = people.initiative(city=people.city("Lille"))
        for who in (
            people.officer("Leo", of="Lille"),
            people.steward("Bruno", of=other),
            people.broker(),
            people.person("Stan"),
        ):
            assert people.signed_in(who).get(address(listing)).status_code == 404
        assert Client().get(address(listing)).status_code == 302

    def test_names_nobody(self, listing: Initiative) -> None:
        page = people.signed_in(people.steward("Alice", of=listing)).get(address(listing))
        assert "Olga" not in page.text
        assert "olga" not in page.text

    def test_is_there_for_what_was_declined(self) -> None:
        listing = people.initiative(review_state="submitted")
        listing.decline(by=people.officer(), reason="It is a shop.")
        page = people.signed_in(people.steward("Alice", of=listing)).get(address(listing))
        assert "<p>It is a shop.</p>" in page.text

    def test_asks_the_database_as_often_for_many_deeds(self) -> None:
        counts = []
        for times in (1, 3):
            listing = edited(people.initiative(domains=["food"]), times=times)
            alice = people.signed_in(people.steward("Alice", of=listing))
            alice.get(address(listing))
            with CaptureQueriesContext(connection) as asked:
                assert alice.get(address(listing)).status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1]
