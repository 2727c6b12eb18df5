"""Everything can be reached and used by keyboard, and it shows where one is."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import address
from tests.browser.site import Site

# What can be used, in the order of the page; what is folded away or hidden cannot be reached and must not be.
USABLE = """() => {
    const usable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const all = document.querySelectorAll(usable);
    const shown = [...all].filter((each) => each.checkVisibility({ visibilityProperty: true }));
    shown.forEach((each, place) => { each.dataset.place = place; });
    return shown.length;
}"""
# Where one is, and whether one sees it: an outline of two pixels inside the window, or a thicker rim in a drawing.
HERE = """() => {
    const here = document.activeElement;
    const style = getComputedStyle(here);
    const disc = here.querySelector(".map-disc");
    const box = here.getBoundingClientRect();
    return {
        place: Number(here.dataset.place ?? -1),
        ring: disc ? parseFloat(getComputedStyle(disc).strokeWidth)
            : style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        isInWindow: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        html: here.outerHTML.slice(0, 120),
    };
}"""


def stops(page: Page) -> list[dict[str, Any]]:
    """Every stop of the Tab key, from the beginning of the page to its end."""
    usable = page.evaluate(USABLE)
    found = []
    for _ in range(usable):
        page.keyboard.press("Tab")
        found.append(page.evaluate(HERE))
    return found


class KeyboardTests:
    @pytest.mark.parametrize("kind", ["home", "find peers", "list that was narrowed", "map", "group", "licences"])
    def test_reaches_everything_in_order_and_shows_where_one_is(self, page: Page, site: Site, kind: str) -> None:
        page.emulate_media(reduced_motion="reduce")
        page.goto(address(site, kind))
        met = stops(page)
        assert [stop["place"] for stop in met] == list(range(len(met)))
        assert [stop["html"] for stop in met if stop["ring"] < 2] == []
        assert [stop["html"] for stop in met if not stop["isInWindow"]] == []

    def test_first_stop_skips_to_the_content(self, page: Page, site: Site) -> None:
        page.goto(address(site, "list"))
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        expect(skip).to_have_text("Skip to the content")
        expect(skip).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.locator("main :focus").count() == 1

    def test_chooses_a_disc_of_the_map(self, page: Page, site: Site) -> None:
        page.goto(address(site, "map"))
        disc = page.locator(".map svg a").first
        disc.focus()
        wanted = disc.get_attribute("href")
        page.keyboard.press("Enter")
        expect(page).to_have_url(site.address + wanted if wanted.startswith("/") else f"{site.address}/map/{wanted}")
