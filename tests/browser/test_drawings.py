"""A-9: what is drawn is said as well, by name, by description, and in a table of the same numbers."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.pages import address
from tests.browser.site import Site

pytestmark = pytest.mark.thorough

# Every drawing that is no ornament: what assistive technology is told of it.
DRAWINGS = """() => [...document.querySelectorAll("svg:not([aria-hidden=true])")].map((svg) => {
    const said = (selector) => svg.querySelector(`:scope > ${selector}`)?.textContent.trim() ?? "";
    const figure = svg.closest("figure");
    return {
        html: svg.outerHTML.slice(0, 120),
        role: svg.getAttribute("role"),
        title: said("title"),
        description: said("desc") || figure?.querySelector("figcaption")?.textContent.trim() || "",
        names: (svg.getAttribute("aria-labelledby") ?? "").split(" ").every((id) => !id || document.getElementById(id)),
        hasLinks: svg.querySelector("a") !== null,
    };
})"""
BARS = """() => [...document.querySelectorAll(".chart-bar")].map((bar) => Number(bar.getAttribute("height")))"""
YEARS = """() => [...document.querySelectorAll(".chart tbody tr")].map((row) => [
    row.querySelector("th").textContent, Number(row.querySelector("td").textContent),
])"""


def lacking(drawing: dict[str, Any]) -> list[str]:
    demands = {
        "role": drawing["role"] == ("group" if drawing["hasLinks"] else "img"),
        "title": bool(drawing["title"]),
        "description": bool(drawing["description"]),
        "names": drawing["names"],
    }
    return [demand for demand, met in demands.items() if not met]


# Every kind of page on which something is drawn, and one where only ornaments are.
DRAWN = ["home", "list", "map", "cities", "city", "domain", "group", "groups", "initiative with peers", "about"]


class DrawingTests:
    @pytest.mark.parametrize("kind", DRAWN)
    def test_say_what_they_show(self, page_without_scripts: Page, site: Site, kind: str) -> None:
        page_without_scripts.goto(address(site, kind))
        drawings = page_without_scripts.evaluate(DRAWINGS)
        assert {drawing["html"]: lacking(drawing) for drawing in drawings if lacking(drawing)} == {}

    @pytest.mark.parametrize(
        ("kind", "selector"),
        [
            ("home", ".hero-figure svg"),
            ("home", ".chart svg"),
            ("city", ".chart svg"),
            ("domain", ".chart svg"),
            ("list", ".map svg"),
            ("cities", ".map svg"),
            ("map", ".map svg"),
            ("group", ".network svg"),
        ],
    )
    def test_are_where_they_belong(self, page: Page, site: Site, kind: str, selector: str) -> None:
        page.goto(address(site, kind))
        assert page.locator(f"{selector}:not([aria-hidden=true])").count() == 1

    @pytest.mark.parametrize("kind", ["home", "city", "domain"])
    def test_chart_has_bars_as_high_as_its_table_says(self, page: Page, site: Site, kind: str) -> None:
        page.goto(address(site, kind))
        first = int(page.locator(".chart-start").text_content())  # what is older is told, not drawn
        counted = [count for year, count in page.evaluate(YEARS) if year.isdigit() and int(year) >= first and count]
        bars = page.evaluate(BARS)
        assert len(bars) == len(counted) > 2
        tallest, most = max(bars), max(counted)
        assert bars == pytest.approx([tallest * count / most for count in counted], abs=0.6)

    def test_network_has_a_knot_for_each_member_and_its_ties_in_the_table(self, page: Page, site: Site) -> None:
        page.goto(address(site, "group"))
        members = page.locator(".members .member").count()
        assert page.locator(".network .knot").count() == min(members, 12)
        ties = page.locator(".network svg > .tie").count()
        rows = page.locator(".network tbody tr").count()
        assert 0 < ties <= rows
        assert page.locator(".network tbody tr td:last-child:empty").count() == 0

    def test_groups_on_the_front_page_have_a_badge_beside_their_name(self, page: Page, site: Site) -> None:
        """Ornament beside a name: hidden from whoever hears the page, drawn for whoever sees it."""
        page.goto(address(site, "home"))
        for group in page.locator(".group").all():
            assert group.locator("svg[aria-hidden=true]").count() == 1
            assert group.locator("a").inner_text()
