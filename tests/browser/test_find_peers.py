"""Peers are found while one types, by button too, and whatever the answer is, it can be read by everybody."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.site import Site
from tests.browser.test_accessibility import NARROW, SIDEWAYS, SMALL_TARGETS, WIDE

pytestmark = pytest.mark.thorough

MENDING = "We mend broken lamps, radios and bicycles together with our neighbours in a repair café."
FIRST_ANSWER = 20_000  # milliseconds: the first question after a start reads the sentence model
Ask = Callable[..., list[str]]


def open_page(page: Page, site: Site) -> list[Request]:
    """Answers the questions that the page will have asked."""
    asked: list[Request] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            asked.append(request)

    page.on("request", note)
    page.goto(f"{site.address}/find-peers/")
    return asked


def found(page: Page) -> int:
    said = page.locator("#answers > h2").inner_text()
    number = re.match(r"\d+", said)
    assert number, said
    return int(number[0])


class TypingTests:
    @pytest.fixture
    def page(self, first_visit: Page) -> Page:
        """Its requests are listened to and held."""
        return first_visit

    def test_answers_after_a_pause_and_leaves_the_focus(self, page: Page, site: Site) -> None:
        asked = open_page(page, site)
        text = page.get_by_label("What do you do?")
        text.press_sequentially(MENDING)
        expect(page.locator("#answers .peer").first).to_be_visible(timeout=FIRST_ANSWER)
        expect(text).to_be_focused()
        expect(text).to_have_value(MENDING)
        expect(page.get_by_role("status")).to_have_text(f"{found(page)} initiatives overlap with what you do")
        assert len(asked) == 1
        assert page.url == f"{site.address}/find-peers/"

    def test_a_place_and_a_field_change_the_answer(self, page: Page, site: Site) -> None:
        open_page(page, site)
        page.get_by_label("What do you do?").fill(MENDING)
        expect(page.locator("#peers-elsewhere")).to_have_text("Anywhere, in any language", timeout=FIRST_ANSWER)
        page.get_by_label("Where?").fill("Gent")
        expect(page.locator("#peers-close")).to_contain_text("In Ghent")
        page.get_by_label("Where?").fill("Nowhereville")
        expect(page.locator("#answers .notice")).to_contain_text("No town is known here as “Nowhereville”")
        expect(page.locator("#answers .peer").first).to_be_visible()

    def test_few_letters_are_not_asked(self, page: Page, site: Site) -> None:
        asked = open_page(page, site)
        page.get_by_label("What do you do?").press_sequentially("repair")
        page.wait_for_timeout(600)
        assert asked == []
        expect(page.locator("#answers > h2")).to_have_text("What you will see")

    def test_only_the_last_of_several_questions_is_shown(self, page: Page, site: Site) -> None:
        held = []

        def hold(route):  # type: ignore[no-untyped-def]
            held.append(route) if not held else route.continue_()

        asked = open_page(page, site)
        page.route("**/find-peers/", hold)
        page.get_by_label("What do you do?").fill(MENDING)
        page.wait_for_timeout(500)
        page.get_by_label("What do you do?").fill("We grow vegetables together in a community garden.")
        expect(page.locator("#answers .peer").first).to_be_visible(timeout=FIRST_ANSWER)
        shown = page.locator("#answers").inner_text()
        assert [request.failure for request in asked] == ["net::ERR_ABORTED", None]
        page.wait_for_timeout(300)
        assert page.locator("#answers").inner_text() == shown

    def test_the_button_leads_to_the_answers(self, page: Page, site: Site) -> None:
        open_page(page, site)
        page.get_by_label("What do you do?").fill("repair")
        page.get_by_role("button", name="Find peers").click()
        expect(page.locator("#answers > h2")).to_be_focused(timeout=FIRST_ANSWER)
        assert page.locator("#answers > h2").inner_text() != "What you will see"

    def test_coming_back_brings_text_and_answers_back(self, page: Page, site: Site) -> None:
        open_page(page, site)
        page.get_by_label("What do you do?").fill(MENDING)
        expect(page.locator("#answers .peer").first).to_be_visible(timeout=FIRST_ANSWER)
        before = found(page)
        page.locator("#answers .peer-name a").first.click()
        page.go_back()
        expect(page.get_by_label("What do you do?")).to_have_value(MENDING)
        expect(page.locator("#answers .peer").first).to_be_visible(timeout=FIRST_ANSWER)
        assert found(page) == before

    def test_a_connection_that_breaks_is_told(self, page: Page, site: Site) -> None:
        open_page(page, site)
        page.route("**/find-peers/", lambda route: route.abort())
        page.get_by_label("What do you do?").fill(MENDING)
        expect(page.get_by_role("status")).to_contain_text("No answer came.")


class ButtonTests:
    @pytest.fixture
    def page(self, page_without_scripts: Page) -> Page:
        return page_without_scripts

    def test_does_all_of_it_without_a_script(self, page: Page, site: Site) -> None:
        page.goto(f"{site.address}/find-peers/")
        page.get_by_label("What do you do?").fill(MENDING)
        page.get_by_label("Where?").fill("Gent")
        page.get_by_label("Field of work").select_option("repair-reuse")
        page.locator("summary", has_text="What you need").click()
        page.get_by_label("What do you need?").fill("a dry room for our tools")
        page.get_by_role("button", name="Find peers").click()
        assert found(page) > 0
        assert page.locator("#peers-close").inner_text().startswith("In Ghent")
        expect(page.get_by_label("What do you do?")).to_have_value(MENDING)
        expect(page.get_by_label("What do you need?")).to_have_value("a dry room for our tools")
        assert page.url == f"{site.address}/find-peers/"

    def test_an_empty_form_says_so_first(self, page: Page, site: Site) -> None:
        page.goto(f"{site.address}/find-peers/")
        page.get_by_role("button", name="Find peers").click()
        assert page.title().startswith("Error: ")
        expect(page.locator(".error-summary")).to_be_focused()
        page.get_by_role("link", name="Write what you do").click()
        expect(page.get_by_label("What do you do?")).to_be_focused()


class AccessibilityTests:
    @pytest.mark.parametrize("language", ["", "/nl"])
    @pytest.mark.parametrize("where", ["gent", "nowhereville"])
    def test_of_answers_and_errors_holds_in_every_colour_and_width(
        self, page: Page, site: Site, violations: Ask, where: str, language: str
    ) -> None:
        page.goto(f"{site.address}{language}/find-peers/")
        page.locator("[name=doing]").fill(MENDING)
        page.locator("[name=where]").fill(where)
        page.locator("main form button").click()
        expect(page.locator("#answers .peer").first).to_be_visible(timeout=FIRST_ANSWER)
        faults = []
        for window in (WIDE, NARROW):
            page.set_viewport_size(window)
            page.emulate_media(color_scheme="light")
            faults += [*violations(page), *page.evaluate(SMALL_TARGETS), *page.evaluate(SIDEWAYS)]
            page.emulate_media(color_scheme="dark")
            faults += violations(page, only_colours=True)
        assert faults == []
