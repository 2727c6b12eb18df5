"""A-3: an initiative is registered with scripts and without; every page can be left, gone back to and come back to.

What is written here stays in the site of these tests as drafts that nobody sees.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site
from tests.browser.test_accessibility import Faults

NAME = "Herstelkring van de Dampoort"
MISSION = "Buren herstellen samen kapotte lampen, radio’s en fietsen, zodat niets wordt weggegooid."
ANSWER = 20_000  # milliseconds: the first question after a start reads the sentence model
Ask = Callable[..., list[str]]
LEAST_SECONDS = 2.1  # in which nobody reads what they agree to (forms/guards.py)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def begin(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/register/")
    page.get_by_role("link", name="Start now").click()
    page.get_by_label("Name of the initiative").fill(NAME)
    page.get_by_label("What it does").fill(MISSION)
    go_on(page)


def pages(page: Page, site: Site) -> Iterator[str]:
    """From the first question to the last, and what each asks."""
    begin(page, site)
    yield page.locator("h1").inner_text()
    page.get_by_label("Town or city").fill("Gent")
    go_on(page)
    yield page.locator("h1").inner_text()
    page.get_by_label("Main field of work").select_option("repair-reuse")
    go_on(page)
    yield page.locator("h1").inner_text()
    go_on(page)
    yield page.locator("h1").inner_text()
    go_on(page)
    yield page.locator("h1").inner_text()
    page.get_by_label("E-mail address").fill("somebody@example.org")
    go_on(page)
    yield page.locator("h1").inner_text()


def fill_in(page: Page, site: Site) -> list[str]:
    return list(pages(page, site))


class Steps:
    """The same with scripts and without."""

    def test_back_finds_every_answer_and_forward_goes_on(self, page: Page, site: Site) -> None:
        fill_in(page, site)
        for _ in range(5):
            page.go_back()
        expect(page.get_by_label("Town or city")).to_have_value("Gent")
        page.go_back()
        expect(page.get_by_label("Name of the initiative")).to_have_value(NAME)
        page.get_by_label("Name of the initiative").fill("Another name")
        go_on(page)
        page.get_by_role("link", name="Back", exact=True).click()
        expect(page.get_by_label("Name of the initiative")).to_have_value("Another name")

    def test_another_browser_finds_the_draft(self, page: Page, site: Site, browser: Browser) -> None:
        begin(page, site)
        with browser.new_context(java_script_enabled=False) as other:
            elsewhere = other.new_page()
            elsewhere.goto(page.url)
            elsewhere.get_by_role("link", name="Back", exact=True).click()
            expect(elsewhere.get_by_label("Name of the initiative")).to_have_value(NAME)

    def test_a_mistake_is_told_first_and_leads_to_its_field(self, page: Page, site: Site) -> None:
        begin(page, site)
        go_on(page)
        assert page.title().startswith("Error: ")
        expect(page.locator(".error-summary")).to_be_focused()
        page.locator(".error-summary a").click()
        expect(page.get_by_label("Town or city")).to_be_focused()


@pytest.mark.thorough
class ScriptedTests(Steps):
    @pytest.fixture
    def page(self, first_visit: Page) -> Page:
        return first_visit

    def test_what_exists_is_told_while_one_types(self, page: Page, site: Site) -> None:
        page.goto(f"{site.address}/register/begin/")
        page.get_by_label("Name of the initiative").fill(NAME)
        page.get_by_label("What it does").press_sequentially(MISSION)
        expect(page.locator("#beside .peer").first).to_be_visible(timeout=ANSWER)
        expect(page.get_by_role("status")).to_contain_text("These do much the same")
        expect(page.get_by_label("What it does")).to_be_focused()

    def test_every_page_is_clean_in_every_colour_and_width(self, page: Page, site: Site, violations: Ask) -> None:
        faults = Faults()
        for heading in pages(page, site):
            faults.look(page, violations, at=heading)
        assert not faults, faults.told()


class WithoutScriptsTests(Steps):
    @pytest.fixture
    def page(self, page_without_scripts: Page) -> Page:
        return page_without_scripts

    def test_six_pages_lead_to_all_answers(self, page: Page, site: Site) -> None:
        assert fill_in(page, site) == [
            "Where is it?",
            "What is its field of work?",
            "What else should people know?",
            "What do you need, and what can you offer?",
            "What is your e-mail address?",
            "Check your answers",
        ]
        expect(page.locator("main")).to_contain_text(MISSION)
        expect(page.locator("main")).to_contain_text("Ghent")

    def test_it_is_sent_once_however_often_one_goes_back(self, page: Page, site: Site) -> None:
        fill_in(page, site)
        page.wait_for_timeout(LEAST_SECONDS * 1000)
        page.get_by_label("I agree").check()
        page.get_by_role("button", name="Send").click()
        expect(page.locator("h1")).to_have_text("Look in your mail")
        page.go_back()
        expect(page.locator("h1")).to_have_text("Look in your mail")
