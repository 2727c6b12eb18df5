"""A passkey is made, shown and asked for, by a browser with a device of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.people import officer

pytestmark = pytest.mark.thorough

# As a phone has it: it keeps the passkey, and has seen the finger.
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _phone(page: Page) -> Iterator[None]:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    yield
    session.send("WebAuthn.removeVirtualAuthenticator", added)


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    """The server of the tests finds them by the names that they have in their folder."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.mark.django_db(transaction=True)
class PasskeyTests:
    def test_opens_the_desk_of_an_officer(self, page: Page, live_server: Any, settings: Any) -> None:
        settings.DEMO = True
        olga = officer()
        olga.email = "olga@commons.example"
        olga.save()

        page.goto(f"{live_server.url}/demonstration/")
        page.get_by_role("button", name="Become Olga").click()
        page.goto(f"{live_server.url}/account/second-factor/")
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_label("Name").fill("Telephone")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        expect(page.locator(".recovery-codes li")).to_have_count(10)

        settings.DEMO = False
        page.goto(f"{live_server.url}/sign-out/")
        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{live_server.url}/desk/")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", name="Desk")).to_be_visible()

    def test_is_asked_for_again_and_can_be_refused(self, page: Page, live_server: Any) -> None:
        officer()
        page.goto(f"{live_server.url}/sign-in/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("status")).to_have_text(
            "The passkey was not used. Try once more, or sign in with a code."
        )
