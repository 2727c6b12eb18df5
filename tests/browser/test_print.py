"""On paper a page is what it says, without what only a screen can use."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import address
from tests.browser.site import Site

pytestmark = pytest.mark.thorough


class PrintTests:
    @pytest.mark.parametrize("kind", ["home", "list", "initiative with peers", "group", "city"])
    def test_leaves_out_what_only_a_screen_can_use(self, page: Page, site: Site, kind: str) -> None:
        page.goto(address(site, kind))
        page.emulate_media(media="print")
        for useless in ("nav a", "form", "button", "input", ".skip"):
            assert [each for each in page.locator(useless).all() if each.is_visible()] == [], useless
        expect(page.locator("main h1")).to_be_visible()
        expect(page.locator("header .brand")).to_be_visible()

    def test_keeps_colours_that_mean_something_and_black_on_white(self, page: Page, site: Site) -> None:
        # In this order: what is emulated before a page is opened may reach its process a moment after its first paint.
        page.goto(address(site, "group"))
        page.emulate_media(media="print", color_scheme="dark")
        ink, paper = page.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.documentElement).backgroundColor]"
        )
        assert ink.startswith("oklch(0.27")
        assert paper == "rgba(0, 0, 0, 0)"
        assert (
            page.locator(".network .disc").first.evaluate("(disc) => getComputedStyle(disc).printColorAdjust")
            == "exact"
        )
