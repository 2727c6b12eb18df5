"""One's own listings, and the page of the three buttons."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.models import Confirmation, Initiative
from initiatives.tasks.confirming import ask_for_confirmation
from tests import people
from tests.views.keep.gardens import alice, garden

pytestmark = pytest.mark.django_db


def busy(name: str) -> Initiative:
    """One with something of everything that waits."""
    listing = garden(name=name, translations={"fr": "m"})
    listing.translations.update(needs_update=True)
    listing.claim(by=people.person("Stan"), evidence="e")
    Confirmation.objects.create(initiative=listing)
    return listing


class MineTests:
    def test_it_lists_what_one_keeps_and_nothing_else(self) -> None:
        garden(name="Tuin")
        garden(name="Bos", review_state="withdrawn")
        garden(name="Wei", review_state="merged", merged_into=people.initiative(name="Weide"))
        people.steward("Bruno", of=people.initiative(name="Hof"))
        page = alice().get("/my/").content.decode()
        assert [name in page for name in ("Tuin", "Bos", "Wei", "Hof")] == [True, True, False, False]

    def test_it_says_what_waits(self) -> None:
        busy("Tuin")
        page = alice().get("/my/").content.decode()
        told = ("Somebody says that this listing", "A translation needs an update: French", "Is it still right?")
        assert [said in page for said in told] == [True] * 3

    def test_it_says_what_the_officer_asked_and_where_that_stands(self) -> None:
        listing = garden(review_state="submitted")
        listing.ask(by=people.officer(), question="Which garden is it?")
        page = alice().get("/my/").content.decode()
        assert "Which garden is it?" in page
        assert page.count(f'href="/initiatives/{listing.public_id}/submission/"') == 1

    def test_an_invitation_to_ones_address_stands_there(self) -> None:
        garden().invite("bruno@example.org", by=people.person("Alice"))
        assert b"Alice asks you to keep Tuin." in people.signed_in(people.person("Bruno")).get("/my/").content

    def test_it_asks_as_often_for_three_as_for_one(self) -> None:
        def questions() -> int:
            client = alice()
            client.get("/my/")
            with CaptureQueriesContext(connection) as asked:
                assert client.get("/my/").status_code == 200
            return len(asked)

        busy("Tuin")
        first = questions()
        busy("Bos")
        busy("Hof")
        assert questions() == first


class ConfirmTests:
    def test_one_button_does(self) -> None:
        listing = garden()
        alice().post(f"/initiatives/{listing.public_id}/confirm/")
        listing.refresh_from_db()
        assert listing.confirmed_on == timezone.now().date()

    def test_not_for_the_listing_of_another(self) -> None:
        other = people.initiative()
        garden()
        assert alice().post(f"/initiatives/{other.public_id}/confirm/").status_code == 404


class WithdrawTests:
    def test_it_is_gone_and_can_be_submitted_again(self) -> None:
        listing, client = garden(), alice()
        client.post(f"/initiatives/{listing.public_id}/withdraw/", {"reason": ""})
        assert Client().get(listing.get_absolute_url()).status_code == 404
        client.post(f"/initiatives/{listing.public_id}/submit/")
        listing.refresh_from_db()
        assert listing.review_state == "submitted"

    def test_what_cannot_be_is_told(self) -> None:
        listing, client = garden(review_state="published"), alice()
        client.post(f"/initiatives/{listing.public_id}/submit/")
        assert "“Tuin” is published and cannot become submitted." in client.get("/my/").content.decode()

    def test_an_officer_says_why(self) -> None:
        listing, olga = garden(), people.signed_in(people.officer())
        here = f"/initiatives/{listing.public_id}/withdraw/"
        assert [olga.post(here, {"reason": said}).status_code for said in ("", "It is a shop.")] == [422, 302]


class ConfirmationPageTests:
    def link(self, *listings: Initiative) -> str:
        asked = [Confirmation.objects.create(initiative=listing) for listing in listings]
        return f"/confirmations/{Confirmation.objects.token(people.person('Alice'), asked)}/"

    def press(self, link: str, answer: str) -> Any:
        key = Confirmation.objects.get().pk
        return Client().post(link, {"confirmation": str(key), "answer": answer})

    def test_opening_the_link_changes_nothing(self) -> None:
        link = self.link(garden())
        page = Client().get(link).content.decode()
        buttons = ("Still right", "Something has changed", "It has stopped")
        assert [said in page for said in buttons] == [True] * 3
        assert Confirmation.objects.get().is_open

    def test_still_right_confirms_without_signing_in(self) -> None:
        listing = garden()
        self.press(self.link(listing), "right")
        listing.refresh_from_db()
        assert listing.confirmed_by == people.person("Alice")

    def test_something_has_changed_leads_to_the_form_and_leaves_the_question_open(self) -> None:
        listing = garden()
        assert self.press(self.link(listing), "change")["Location"] == f"/initiatives/{listing.public_id}/edit/"
        assert Confirmation.objects.get().is_open

    def test_it_has_stopped_can_be_undone(self) -> None:
        listing = garden()
        link = self.link(listing)
        self.press(link, "stopped")
        listing.refresh_from_db()
        assert (listing.status, b"Undo" in Client().get(link).content) == ("cancelled", True)
        self.press(link, "undo")
        listing.refresh_from_db()
        assert (listing.status, listing.closed_year) == ("active", None)

    def test_it_answers_for_no_other_listing(self) -> None:
        link, other = self.link(garden()), Confirmation.objects.create(initiative=garden())
        response = Client().post(link, {"confirmation": str(other.pk), "answer": "right"})
        assert (response.status_code, Confirmation.objects.get(pk=other.pk).is_open) == (404, True)

    @pytest.mark.parametrize("said", [{}, {"confirmation": "x"}, {"confirmation": "9" * 30}])
    def test_a_strange_answer_is_not_found(self, said: dict[str, str]) -> None:
        assert Client().post(self.link(garden()), said).status_code == 404

    def test_a_forged_link_says_what_to_do(self) -> None:
        response = Client().get("/confirmations/a:b:c/")
        assert (response.status_code, b"Sign in to see your listings" in response.content) == (404, True)


class YearTests:
    def test_nobody_answers_and_the_page_says_so_but_stays(self) -> None:
        listing = garden()
        Initiative.objects.filter(pk=listing.pk).update(confirmed_on=date.today() - timedelta(days=470))
        for days in (-105, -75, -45):
            ask_for_confirmation(now=timezone.now() + timedelta(days=days))
        assert Confirmation.objects.on_desk().get().initiative == listing
        assert b"Not confirmed since" in Client().get(listing.get_absolute_url()).content
        alice().post(f"/initiatives/{listing.public_id}/confirm/")
        assert b"Not confirmed since" not in Client().get(listing.get_absolute_url()).content
        assert not Confirmation.objects.on_desk().exists()
