"""An officer decides by keys: next, publish, ask, decline and merge in three at most, and never while typing.

The page is what the desk answers, put before a browser; what its buttons send is caught and read.
"""

from urllib.parse import parse_qs

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Route, expect

from initiatives.models import Initiative
from tests import people
from tests.models.test_desk import claimed, reported, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

SITE = "http://desk.example"
Sent = list[tuple[str, dict[str, list[str]]]]


@pytest.fixture
def listing() -> Initiative:
    people.initiative(name="Shed", primary_url="https://shed.example.org/")
    return submitted("Shed", days=3, primary_url="https://shed.example.org/")


def show(page: Page, officer: Client, address: str) -> Sent:
    """Open a page of the desk; answers what will have been sent from it, links as well as forms."""
    sent: Sent = []
    shown = officer.get(address).content.decode()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            file = settings.STATIC_ROOT / path.removeprefix("/static/")
            route.fulfill(path=file)
        elif path == address and not sent:
            route.fulfill(body=shown, content_type="text/html")
        else:
            sent.append((path, parse_qs(route.request.post_data or "")))
            route.fulfill(body="<title>sent</title>", content_type="text/html")

    page.route(f"{SITE}/**", answer)
    page.goto(SITE + address)
    expect(page.locator("[data-keys]")).to_be_visible()
    return sent


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    expect(page).to_have_title("sent")


class KeyTests:
    @pytest.fixture
    def page(self, first_visit: Page) -> Page:
        """Its requests are answered here."""
        return first_visit

    @pytest.mark.parametrize(
        ("keys", "deed", "reason"),
        [
            (("p", "Enter"), "publish", ""),
            (("a", "1", "Enter"), "ask", "Where can people find you?"),
            (("d", "5", "Enter"), "decline", "We found nothing"),
        ],
    )
    def test_a_listing_is_decided_in_three(
        self, page: Page, listing: Initiative, keys: tuple[str, ...], deed: str, reason: str
    ) -> None:
        sent = show(page, people.signed_in(people.officer()), f"/desk/listings/{listing.public_id}/")
        press(page, *keys)
        ((address, said),) = sent
        assert address == f"/desk/listings/{listing.public_id}/{deed}/"
        assert said.get(f"{deed}-reason", [""])[0].startswith(reason)

    @pytest.mark.parametrize(
        ("keys", "deed"),
        [
            (("y", "Enter"), "approve"),
            (("n", "1", "Enter"), "deny"),
            (("r", "1", "Enter"), "resolve"),
            (("x", "1", "Enter"), "dismiss"),
        ],
    )
    def test_so_is_what_waits_about_it(self, page: Page, keys: tuple[str, ...], deed: str) -> None:
        listing = people.initiative()
        claimed(listing)
        reported(listing)
        sent = show(page, people.signed_in(people.officer()), f"/desk/listings/{listing.public_id}/")
        press(page, *keys)
        assert sent[0][0].endswith(f"/{deed}/")

    def test_next_and_the_likeliest_double_are_one_key_away(self, page: Page, listing: Initiative) -> None:
        other = submitted("Later", days=1)
        address = f"/desk/listings/{listing.public_id}/"
        for key, leads_to in (("j", f"/desk/listings/{other.public_id}/"), ("m", "/desk/pairs/")):
            sent = show(page, people.signed_in(people.officer()), address)
            press(page, key)
            assert sent[0][0].startswith(leads_to)
            page.unroute_all()

    def test_in_the_queue_keys_go_from_row_to_row(self, page: Page, listing: Initiative) -> None:
        other = submitted("Later", days=1)
        sent = show(page, people.signed_in(people.officer()), "/desk/")
        press(page, "j", "j", "j", "k", "j", "Enter")
        assert sent[0][0] == f"/desk/listings/{other.public_id}/"

    def test_they_rest_while_somebody_types_and_once_switched_off(self, page: Page, listing: Initiative) -> None:
        sent = show(page, people.signed_in(people.officer()), f"/desk/listings/{listing.public_id}/")
        page.keyboard.press("a")
        field = page.locator("#id_ask-reason")
        field.focus()
        page.keyboard.type("jump up")
        expect(field).to_have_value("jump up")
        page.locator("[data-keys-switch]").uncheck()
        page.locator("h1").click()
        page.keyboard.press("j")
        page.keyboard.press("p")
        expect(page.locator("[data-key] > kbd").first).to_be_hidden()
        assert sent == []
