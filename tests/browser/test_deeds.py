"""A-10 for the deeds: every page of the permission matrix that test_signed_in.py does not come by, and every form that
was sent empty."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from initiatives.models import Mail
from initiatives.models.mail import MailState
from tests.browser.before_client import SITE, put_before
from tests.browser.deeds import (
    AFTER_ANOTHER,
    LEADING_ON,
    NAMES,
    ONLY_IN_DEMONSTRATION,
    PAGES,
    is_button,
    opening,
    page_of,
    with_code,
)
from tests.browser.signed_in import SIGNED_IN
from tests.browser.test_accessibility import NARROW, Faults, layout
from tests.permissions.world import World, undone

LOOKED_AT = {name for pages in SIGNED_IN.values() for name in pages}
# What comes back when it is sent empty.
MISTAKEN = set(
    """
    account-edit account-email account-email-code administration-person desk-bulk desk-import desk-listing desk-pair
    listing-claim listing-edit listing-report listing-status listing-stewards merge-objection need-add need-edit
    registration-later registration-step second-factor-app second-factor-passkey sign-in sign-in-code
    sign-in-second-factor steward-remove submission translation-add translation-edit
    """.split()
)
FORM = """[...document.querySelectorAll("main form[method=post]")]
    .find((form) => form.querySelector("textarea, select, input:not([type=hidden])"))"""
EMPTY_IT = f"""() => {{
    const form = {FORM};
    for (const field of form.elements) {{
        if (["checkbox", "radio"].includes(field.type)) field.checked = false;
        else if (field.type !== "hidden") field.value = "";
    }}
    form.submit();
}}"""
Ask = Callable[..., list[str]]


def send_empty(page: Page) -> bool:
    """Whether there was a form to send, and it came back."""
    if not page.evaluate(f"Boolean({FORM})"):
        return False
    with page.expect_navigation():
        page.evaluate(EMPTY_IT)
    return page.locator(".error-summary").count() > 0


class PageTests:
    def test_none_is_left_out(self) -> None:
        others = {name for name in NAMES if not opening(name) and not is_button(name)}
        assert others == set(AFTER_ANOTHER) | ONLY_IN_DEMONSTRATION | LEADING_ON

    @pytest.mark.django_db
    @pytest.mark.thorough
    @pytest.mark.parametrize("name", [*PAGES, *AFTER_ANOTHER])
    def test_and_its_mistakes_are_accessible(self, page: Page, world: World, violations: Ask, name: str) -> None:
        faults = Faults()
        with undone():
            client, address = page_of(world, name)
            put_before(page, client)
            answer = page.goto(SITE + address)
            assert answer
            assert answer.status == 200
            if name not in LOOKED_AT:
                faults.look(page, violations, is_dark_once=True)
            assert send_empty(page) == (name in MISTAKEN)
            if name in MISTAKEN:
                page.set_viewport_size(NARROW)
                faults.note("with mistakes", [*violations(page), *layout(page)])
            if name not in LOOKED_AT:
                # Longer words in the same places.
                page.goto(f"{SITE}/nl{address}")
                faults.note("in Dutch", layout(page))
        assert not faults, faults.told()

    @pytest.mark.django_db
    def test_and_so_is_a_mail_of_the_demonstration(
        self, page: Page, world: World, violations: Ask, settings: Any
    ) -> None:
        settings.DEMO = True
        faults = Faults()
        with undone():
            put_before(page, with_code(world.alice.email))
            Mail.objects.update(state=MailState.SENT, sent_at=timezone.now())
            page.goto(f"{SITE}/demonstration/mails/{Mail.objects.get().pk}/")
            expect(page.locator("h1")).to_contain_text("Your code")
            faults.look(page, violations, is_dark_once=True)
        assert not faults, faults.told()
