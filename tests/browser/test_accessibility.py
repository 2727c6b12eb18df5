"""A-10: every kind of page, in each language, light and dark, wide and narrow."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from initiatives import urls
from tests.browser.pages import KINDS, PREFIXES, address
from tests.browser.site import Site

# The narrow window is that of a small phone, and of 1280 × 1024 pixels at 400 %.
WIDE, NARROW = {"width": 1280, "height": 1024}, {"width": 320, "height": 256}
# 24 pixels each way; a short word in a line may be narrower, with the space round it (axe looks after that).
SMALL_TARGETS = """() => {
    const isInline = (target) => getComputedStyle(target).display === "inline";
    return [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea")]
        .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.matches(".skip"))
        .map((target) => target.closest("label") ?? target)
        .filter((target) => {
            const { width, height } = target.getBoundingClientRect();
            return height < 23.9 || (width < 23.9 && !isInline(target));
        })
        .map((target) => `small target: ${target.outerHTML.slice(0, 200)}`);
}"""
SIDEWAYS = """() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isWide = (each) => each.getBoundingClientRect().right > clientWidth;
    const widest = [...document.querySelectorAll("body *")].findLast(isWide);
    return [`scrolls sideways, ${scrollWidth} in ${clientWidth}: ${widest?.outerHTML.slice(0, 200)}`];
}"""
# Everything wrong that is looked for. Without a font, or with a browser that draws nothing, contrast would go unseen.
FAULTY = """<!doctype html><html><title>Faulty</title><main><h1>Faulty</h1>
<p style="color: #999; background: #fff">Grey on white</p><img src="data:,">
<p style="inline-size: 200vw; font: 10px/10px serif"><a href="/a">a</a><br><a href="/b">b</a></p>
</main></html>"""
QUICK = ("home", "initiative with peers", "group")
Ask = Callable[..., list[str]]


class Faults(dict[str, list[str]]):
    """What is wrong, and where: often the same on many pages."""

    def look(self, page: Page, violations: Ask, *, at: str = "", is_dark_once: bool = False) -> None:
        for window in (WIDE, NARROW):
            where = f"{at} {window['width']}"
            page.set_viewport_size(window)
            page.emulate_media(color_scheme="light")
            self.note(where, [*violations(page), *layout(page)])
            if window == NARROW or not is_dark_once:
                page.emulate_media(color_scheme="dark")
                self.note(f"{where} dark", violations(page, only_colours=True))

    def note(self, where: str, found: list[str]) -> None:
        for fault in found:
            self.setdefault(fault, []).append(where)

    def told(self) -> str:
        return "\n".join(f"{', '.join(where)}: {fault}" for fault, where in self.items())


def layout(page: Page) -> list[str]:
    return [*page.evaluate(SMALL_TARGETS), *page.evaluate(SIDEWAYS)]


def asked() -> Iterator[Any]:
    """Each kind in each language; quickly, three kinds that show most of what there is."""
    for kind in KINDS:
        for language in PREFIXES:
            marks = () if kind in QUICK and language == "en" else pytest.mark.thorough
            yield pytest.param(kind, language, marks=marks, id=f"{kind}-{language}")


class AccessibilityTests:
    @pytest.mark.parametrize(("kind", "language"), list(asked()))
    def test_holds_in_every_colour_and_width(
        self, page: Page, site: Site, violations: Ask, kind: str, language: str
    ) -> None:
        page.goto(address(site, kind, language))
        assert page.locator("html").get_attribute("lang") == language
        faults = Faults()
        faults.look(page, violations)
        assert not faults, faults.told()

    def test_is_asked_of_every_page_there_is(self, site: Site) -> None:
        asked = {resolve(urlsplit(address(site, kind)).path).url_name for kind in KINDS if kind != "not found"}
        pages = {route.name for route in urls.pages if not str(route.pattern).endswith(".csv")}
        # The first only leads on; the second is a form that everybody may open.
        assert asked == pages - {"initiative-short"} | {"listing-report"}


class InstrumentTests:
    def test_see_what_is_wrong(self, page: Page, violations: Ask) -> None:
        page.set_content(FAULTY)
        rules = {fault.partition(":")[0] for fault in violations(page)}
        assert rules == {"html-has-lang", "color-contrast", "image-alt", "target-size"}
        assert {fault.partition(":")[0] for fault in violations(page, only_colours=True)} == {"color-contrast"}
        assert len(page.evaluate(SMALL_TARGETS)) == 2
        assert len(page.evaluate(SIDEWAYS)) == 1
