"""Its steward sees where a submission stands, answers what an officer asks, withdraws it and hands it in again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Initiative, Stewardship, User
from initiatives.models.submission import LINK_WORKS, SIGNER
from tests import people
from tests.registering import hand_in, registered, text, vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _vocabulary() -> None:
    vocabulary()


@pytest.fixture
def address() -> str:
    """Of the page that tells Stan where his submission stands."""
    return registered()


def listing() -> Initiative:
    return Initiative.objects.get(name="Mend in Ghent")


def page(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return text(response)


class StatusTests:
    def test_tells_how_many_wait_before_it_and_how_long(self, address: str) -> None:
        for days, where in ((9, "Ghent"), (3, "Ghent"), (20, "Lille")):
            since = timezone.now() - timedelta(days=days)
            people.initiative(review_state="submitted", city=people.city(where), review_since=since)
        told = page(address)
        assert "2 others" in told
        assert "1\xa0week, 2\xa0days" in told

    def test_tells_who_decides(self, address: str) -> None:
        assert "the administrators" in page(address)
        people.officer("Leo", of="Lille")
        assert "the administrators" in page(address)
        people.officer("Olga", of="Ghent")
        assert "the officers of Ghent" in page(address)

    def test_tells_the_question_and_where_to_answer(self, address: str) -> None:
        listing().ask(by=people.officer(), question="Who may come?\n<b>Everybody?</b>")
        told = page(address)
        assert "Who may come?<br>&lt;b&gt;Everybody?&lt;/b&gt;" in told
        assert "Send the answer" in told

    def test_tells_why_it_was_declined(self, address: str) -> None:
        listing().decline(by=people.officer(), reason="It is a shop.")
        told = page(address)
        assert "It was not taken into the directory." in told
        assert "It is a shop." in told

    def test_tells_no_question_that_was_taken_back(self, address: str) -> None:
        olga = people.officer()
        event = listing().ask(by=olga, question="Who are you?")
        listing().undo_decision(event, by=olga)
        assert "Who are you?" not in page(address)

    def test_leads_to_the_page_once_it_is_published(self, address: str) -> None:
        listing().publish(by=people.officer())
        assert listing().get_absolute_url() in page(address)

    def test_sets_no_cookie_and_is_kept_nowhere(self, address: str) -> None:
        response = Client().get(address)
        assert dict(response.cookies) == {}
        assert "no-store" in response.headers["Cache-Control"]


class LinkTests:
    def test_ends_with_the_stewardship(self, address: str) -> None:
        Stewardship.objects.all().delete()
        assert Client().get(address).status_code == 404
        assert Client().post(f"{address}withdraw/").status_code == 404
        assert listing().review_state == "submitted"

    def test_ends_after_ninety_days(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        token, now = address.split("/")[-2], timezone.now().timestamp()
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + LINK_WORKS.total_seconds() + 60)
        response = Client().get(address)
        assert (response.status_code, token in text(response)) == (404, True)
        assert "ninety days" in text(response)

    def test_leads_nowhere_when_forged(self) -> None:
        for forged in ("nothing", "x.y.z", SIGNER.sign("none-1")):
            assert Client().get(f"/register/status/{forged}/").status_code == 404

    def test_of_one_listing_opens_no_other(self, address: str) -> None:
        other = people.initiative(name="Other", review_state="submitted")
        people.steward("Bruno", of=other)
        stan = User.objects.get(email="stan@example.org")
        assert Client().get(other.status_path(stan)).status_code == 404

    def test_is_found_by_its_steward_who_has_signed_in(self, address: str) -> None:
        stan = User.objects.get(email="stan@example.org")
        own = f"/initiatives/{listing().public_id}/submission/"
        assert people.signed_in(stan).get(own, follow=True).status_code == 200
        assert people.signed_in(people.person("Bruno")).get(own).status_code == 404
        assert "/sign-in/" in Client().get(own).headers["Location"]


class AnswerTests:
    def test_goes_back_to_the_officers_who_read_it(self, address: str) -> None:
        listing().ask(by=people.officer(), question="Who may come?")
        response = hand_in(address, "Everybody from the street.")
        assert (response.status_code, response.headers["Location"]) == (302, address)
        event = listing().review_events.last()
        assert (event.became, event.by.email, event.reason) == (
            "submitted",
            "stan@example.org",
            "Everybody from the street.",
        )

    def test_needs_words(self, address: str) -> None:
        listing().ask(by=people.officer(), question="Who may come?")
        response = hand_in(address, "  ")
        assert (response.status_code, "Write your answer." in text(response)) == (422, True)
        assert listing().review_state == "needs_information"

    def test_after_a_decline_it_can_be_handed_in_again(self, address: str) -> None:
        listing().decline(by=people.officer(), reason="It is a shop.")
        hand_in(address, "")
        assert listing().review_state == "submitted"

    def test_comes_too_late_when_something_else_was_decided(self, address: str) -> None:
        listing().publish(by=people.officer())
        response = hand_in(address, "Once more.")
        assert response.status_code == 409
        assert listing().review_state == "published"


class WithdrawTests:
    def test_takes_it_out_of_the_queue_until_it_is_handed_in_again(self, address: str) -> None:
        Client().post(f"{address}withdraw/")
        assert listing().review_state == "withdrawn"
        assert "You have withdrawn it." in page(address)
        hand_in(address, "We are ready now.")
        assert listing().review_state == "submitted"

    def test_is_refused_when_it_is_withdrawn_already(self, address: str) -> None:
        Client().post(f"{address}withdraw/")
        assert Client().post(f"{address}withdraw/").status_code == 409
