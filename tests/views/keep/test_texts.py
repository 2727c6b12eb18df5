"""Needs and offers, and translations, on pages of their own."""

from typing import Any

import pytest
from django.test import Client

from initiatives.models import Exchange, Initiative
from tests import people
from tests.views.filling import fill, refill
from tests.views.keep import gardens
from tests.views.keep.gardens import address, alice

pytestmark = pytest.mark.django_db

SHED = {"exchange_type": "want", "item_type": "space", "transaction_type": "borrow-lend", "title": "A dry shed"}


def garden(**values: Any) -> Initiative:
    return gardens.garden(**{"mission": "Samen.", "language": "nl"} | values)


class NeedTests:
    def test_it_is_added_once_however_often_it_is_sent(self) -> None:
        listing, client = garden(), alice()
        page = client.get(address(listing, "needs/add"))
        answers = [refill(client, address(listing, "needs/add"), page, **SHED) for _ in range(2)]
        assert [each["Location"] for each in answers] == [address(listing, "needs")] * 2
        assert [(row.title, row.is_want) for row in listing.exchanges.all()] == [("A dry shed", True)]
        assert "A dry shed" in Client().get(listing.get_absolute_url()).content.decode()

    def test_it_is_changed_and_ends_on_its_day(self) -> None:
        listing = garden(wants=["A shed"])
        row = listing.exchanges.get()
        fill(alice(), address(listing, f"needs/{row.public_id}"), title="Two sheds", expires_on="2001-01-01")
        row.refresh_from_db()
        assert (row.title, row.is_current) == ("Two sheds", False)
        assert "Two sheds" not in Client().get(listing.get_absolute_url()).content.decode()
        assert b"no longer shown" in alice().get(address(listing, "needs")).content

    def test_it_is_removed(self) -> None:
        listing = garden(wants=["A shed", "A spade"])
        row = listing.exchanges.get(title="A shed")
        alice().post(address(listing, f"needs/{row.public_id}/remove"))
        assert [each.title for each in listing.exchanges.all()] == ["A spade"]

    def test_that_of_another_listing_is_out_of_reach(self) -> None:
        listing, row = garden(), people.exchange(of=people.initiative())
        for page in (f"needs/{row.public_id}", f"needs/{row.public_id}/remove"):
            assert alice().post(address(listing, page), SHED).status_code == 404
        assert Exchange.objects.get().title == row.title

    def test_what_is_missing_is_told(self) -> None:
        response = fill(alice(), address(garden(), "needs/add"), title="", item_type="rocket", expires_on="soon")
        page = response.content.decode()
        assert response.status_code == 422
        assert [said in page for said in ("Write in a few words", "Write a day, such as")] == [True, True]

    def test_a_telephone_number_is_asked_about(self) -> None:
        listing, client = garden(), alice()
        said = SHED | {"description": "Ring +32 470 12 34 56."}
        response = fill(client, address(listing, "needs/add"), **said)
        assert (response.status_code, b"which everybody would read" in response.content) == (422, True)
        assert refill(client, address(listing, "needs/add"), response, shows_contact="on").status_code == 302
        listing.refresh_from_db()
        assert listing.shows_contact

    def test_two_who_change_the_same_are_told(self) -> None:
        listing, client = garden(wants=["A shed"]), alice()
        row = listing.exchanges.get()
        here = address(listing, f"needs/{row.public_id}")
        page = client.get(here)
        fill(alice(), here, title="His shed")
        response = refill(client, here, page, title="Her shed")
        assert (response.status_code, b"His shed" in response.content) == (409, True)
        assert refill(client, here, response).status_code == 302
        assert listing.exchanges.get().title == "Her shed"


class TranslationTests:
    def test_it_is_added_in_a_language_of_its_own(self) -> None:
        listing = garden()
        fill(alice(), address(listing, "translations/add"), language="en", mission="Together.")
        row = listing.translations.get()
        assert (row.language, row.mission, row.needs_update) == ("en", "Together.", False)

    @pytest.mark.parametrize("language", ["nl", "fr", "", "xx"])
    def test_not_twice_in_one_language_nor_in_none(self, language: str) -> None:
        listing = garden(translations={"fr": "Ensemble."})
        response = fill(alice(), address(listing, "translations/add"), language=language, mission="m")
        assert (response.status_code, listing.translations.count()) == (422, 1)

    def test_saving_says_that_it_is_up_to_date(self) -> None:
        listing = garden(translations={"fr": "Ensemble."})
        listing.edit(by=people.person("Alice"), version=1, values={"mission": "Alleen."})
        told = b"The text that this was translated from has changed since."
        assert told in Client().get(listing.get_absolute_url()).content
        assert b"Needs an update" in alice().get(address(listing, "translations")).content
        fill(alice(), address(listing, "translations/fr"))
        assert not listing.translations.get().needs_update
        assert told not in Client().get(listing.get_absolute_url()).content

    def test_it_is_removed(self) -> None:
        listing = garden(translations={"fr": "Ensemble.", "en": "Together."})
        alice().post(address(listing, "translations/fr/remove"))
        assert [row.language for row in listing.translations.all()] == ["en"]

    def test_one_that_is_not_there_is_not_found(self) -> None:
        listing = garden()
        for page in ("translations/fr", "translations/fr/remove"):
            assert alice().post(address(listing, page), {"mission": "m"}).status_code == 404
