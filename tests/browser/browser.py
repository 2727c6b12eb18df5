"""Fixtures: a real browser, and a fresh page in it. Import them in a conftest."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import NoBrowserError, find_chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in this thread, beside it Django's queries are as synchronous as ever.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        try:
            chromium = find_chromium(playwright)
        except NoBrowserError as error:
            _do_without(str(error))
        launched = playwright.chromium.launch(
            executable_path=chromium.executable,
            env=os.environ | chromium.environment,
            chromium_sandbox=False,
            args=["--font-render-hinting=none"],
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def _do_without(reason: str) -> None:
    """Who works offline can still run the other tests; where it counts, a missing browser is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"No browser: {reason}")
    pytest.skip(f"NO BROWSER, SO NOTHING VISIBLE IS TESTED: {reason}")
