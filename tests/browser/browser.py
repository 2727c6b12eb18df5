"""Fixtures: a real browser, and a fresh page in it. Import them in a conftest."""

import os
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import find_chromium
from tests.browser.npm import NotFetchedError, unpacked

AXE_SHA256 = "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in this thread, beside it Django's queries are as synchronous as ever.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        try:
            chromium = find_chromium(playwright)
        except NotFetchedError as error:
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


def _do_without(reason: str) -> NoReturn:
    """Who works offline can still run the other tests; where it counts, a missing browser is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"No browser: {reason}")
    pytest.skip(f"NO BROWSER, SO NOTHING VISIBLE IS TESTED: {reason}")


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """A question to a page: what does axe-core find wrong with it? Each as “rule: element (reason)”."""
    try:
        folder = unpacked(
            "axe-core", "4.14.1", sha256="e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745"
        )
    except NotFetchedError as error:
        _do_without(str(error))
    source = (folder / "axe.min.js").read_text()

    def ask(page: Page) -> list[str]:
        # Through the debugger, so that the page's own content security policy stays in force.
        page.evaluate(source)
        found = page.evaluate("axe.run({ resultTypes: ['violations', 'incomplete'] })")
        return [
            f"{rule['id']}: {node['html'][:200]} ({node['failureSummary']})"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return ask
