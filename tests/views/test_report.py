"""A reader reports a problem: no account, no cookie, once, and only those who curate the listing read it."""

import time
from html import unescape

import pytest
from django.core import signing
from django.test import Client

from initiatives.models import Initiative, Report
from tests import people

pytestmark = pytest.mark.django_db


def send(listing: Initiative, *, took: float = 10, **said: str) -> tuple[int, str]:
    """As somebody does who read the page for a while; the answer's status and its body or where it leads."""
    opened = signing.dumps(time.time() - took, salt="opened:ReportForm")
    response = Client().post(
        f"/initiatives/{listing.public_id}/report/", {"kind": "gone", "opened": opened, "key": "k"} | said
    )
    assert not response.cookies
    return response.status_code, response.get("Location") or unescape(response.content.decode())


class ReportTests:
    def test_it_is_written_and_thanked_for(self) -> None:
        listing = people.initiative(name="Shed")
        status, leads_to = send(listing, words="The door is shut.", email="nora@example.org")
        assert (status, leads_to) == (302, f"/initiatives/{listing.public_id}/reported/")
        told = Report.objects.get()
        assert (told.initiative, told.kind, told.words, told.email) == (
            listing,
            "gone",
            "The door is shut.",
            "nora@example.org",
        )
        assert (told.language, told.is_suspicious) == ("en", False)
        assert "Your report waits" in Client().get(leads_to).content.decode()

    def test_the_listing_leads_there_and_reading_sets_no_cookie(self) -> None:
        listing = people.initiative()
        address = f"/initiatives/{listing.public_id}/report/"
        assert f'href="{address}"' in Client().get(listing.get_absolute_url()).content.decode()
        assert not Client().get(address).cookies

    def test_sent_twice_it_is_written_once(self) -> None:
        listing = people.initiative()
        assert send(listing) == send(listing)
        assert Report.objects.count() == 1

    def test_without_a_kind_the_page_says_so_and_keeps_the_words(self) -> None:
        status, page = send(people.initiative(), kind="", words="The door is shut.")
        assert status == 422
        assert "<title>Error:" in page
        assert "Choose what is the matter." in page
        assert "The door is shut." in page

    def test_what_is_wrong_has_to_be_said(self) -> None:
        status, page = send(people.initiative(), kind="wrong")
        assert (status, "Say in a few words what is wrong" in page) == (422, True)

    def test_what_a_program_writes_is_kept_apart_and_answered_alike(self) -> None:
        listing = people.initiative()
        assert send(listing, took=0)[0] == 302
        assert send(listing, subject_line="Buy", key="other")[0] == 302
        assert list(Report.objects.values_list("is_suspicious", flat=True)) == [True, True]

    @pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn", "declined"])
    def test_what_nobody_may_read_nobody_reports(self, state: str) -> None:
        listing = people.initiative(review_state=state)
        assert send(listing)[0] == 404
        assert Client().get(f"/initiatives/{listing.public_id}/reported/").status_code == 404
