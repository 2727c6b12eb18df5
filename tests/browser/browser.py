"""Fixtures: a real browser, a clean page in it, and what axe-core says of a page."""

import os
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import find_chromium
from tests.browser.npm import NotFetchedError, unpacked
from tests.browser.tab import Tab, open_page

AXE_SHA256 = "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745"
# The rule on the size of targets is named, since axe leaves it out unless it is asked for. Preloading is for styles of
# other origins, of which there are none.
RUN_AXE = """axe.run({
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "target-size": { enabled: true } },
    resultTypes: ["violations", "incomplete"],
    preload: false,
})"""
# Light or dark changes colours alone.
RUN_AXE_ON_COLOURS = """axe.run({
    runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
    resultTypes: ["violations", "incomplete"],
    preload: false,
})"""
# Contrast that axe cannot decide (of text in drawings, on the gradient under the current section, in tables that reach
# out of their frame) is computed from the colours by tests/test_look.py.
COMPUTED_ELSEWHERE = "color-contrast"


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


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Tab:
    return Tab(browser)


@pytest.fixture(scope="session")
def tab_without_scripts(browser: Browser) -> Tab:
    return Tab(browser, java_script_enabled=False)


@pytest.fixture
def page(tab: Tab) -> Page:
    """Clean. A test that listens to its page, or cares for what was fetched before, asks for a first visit."""
    return tab.clean()


@pytest.fixture
def page_without_scripts(tab_without_scripts: Tab) -> Page:
    return tab_without_scripts.clean()


@pytest.fixture
def first_visit(browser: Browser) -> Iterator[Page]:
    """In a browser that was nowhere before: nothing is kept, nobody listens."""
    page = open_page(browser)
    yield page
    page.context.close()


@pytest.fixture(scope="session")
def violations() -> Callable[..., list[str]]:
    """A question to a page: what does axe-core find wrong, or cannot decide? Each as “rule: element (reason)”."""
    try:
        source = (unpacked("axe-core", "4.14.1", sha256=AXE_SHA256) / "axe.min.js").read_text()
    except NotFetchedError as error:
        _do_without(str(error))

    def ask(page: Page, *, only_colours: bool = False) -> list[str]:
        # Through the debugger, so that the page's own content security policy stays in force.
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        found = page.evaluate(RUN_AXE_ON_COLOURS if only_colours else RUN_AXE)
        undecided = [rule for rule in found["incomplete"] if rule["id"] != COMPUTED_ELSEWHERE]
        return [*_told("", found["violations"]), *_told("undecided: ", undecided)]

    return ask


def _told(prefix: str, rules: list[dict[str, Any]]) -> list[str]:
    return [
        f"{prefix}{rule['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for rule in rules
        for node in rule["nodes"]
    ]


def _do_without(reason: str) -> NoReturn:
    """Who works offline can still run the other tests; where it counts, a missing browser is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"No browser: {reason}")
    pytest.skip(f"NO BROWSER, SO NOTHING VISIBLE IS TESTED: {reason}")
