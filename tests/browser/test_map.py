"""A-8: map and list are the same set. The file of the same list is the witness, with the samples that it leaves out."""

import csv
import io
import re
from collections import Counter
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from playwright.sync_api import Locator, Page

from initiatives.importing.vocabulary import toml
from tests.browser.site import Site

pytestmark = pytest.mark.thorough

FILTERS = ["", "?q=repair&status=active", "?country=be&country=nl&domain=food"]


def rows_by_city(site: Site, filters: str) -> Counter[str]:
    rows = csv.DictReader(io.StringIO(site.text(f"/initiatives.csv{filters}")))
    return Counter(row["city"] for row in rows)


def samples_by_city(site: Site, filters: str) -> Counter[str]:
    """Those of the demonstration that these filters find: each has the word in its name."""
    asked = parse_qs(filters.removeprefix("?"))
    asked["q"] = [" ".join([*asked.get("q", []), "sample"])]
    found = site.text(f"/initiatives/?{urlencode(asked, doseq=True)}")
    return Counter(row["city"] for row in toml("samples.toml")["listing"] if f">{row['name']}<" in found)


def discs(page: Page) -> list[tuple[list[str], int]]:
    """Of each disc the cities it leads to and the number it says."""
    return [(query(disc)["city"], number(disc)) for disc in page.locator(".map svg a").all()]


def query(link: Locator) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link.get_attribute("href")).query)


def number(disc: Locator) -> int:
    return int(re.search(r": ([\d,]+)$", disc.get_attribute("aria-label"))[1].replace(",", ""))


def told(caption: str, pattern: str) -> int:
    """How many are not drawn, for one reason; nothing is said where there are none."""
    found = re.search(pattern, caption)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("where", ["/initiatives/", "/map/"])
class MapTests:
    def test_counts_each_listed_initiative_where_it_is(
        self, page_without_scripts: Page, site: Site, where: str, filters: str
    ) -> None:
        page = page_without_scripts
        page.goto(site.address + where + filters)
        listed = rows_by_city(site, filters) + samples_by_city(site, filters)
        drawn = discs(page)
        assert drawn
        assert [(cities, said) for cities, said in drawn if said != sum(listed[city] for city in cities)] == []
        on_map = Counter(city for cities, _ in drawn for city in cities)
        assert set(on_map.values()) == {1}
        caption = page.locator(".map figcaption").inner_text()
        assert told(caption, r"(\d+) names? no city") == listed[""]
        beyond = told(caption, r"(\d+) lies? farther away")
        assert sum(said for _, said in drawn) + beyond == listed.total() - listed[""]

    def test_disc_keeps_the_other_filters_and_leads_to_as_many(
        self, page_without_scripts: Page, site: Site, where: str, filters: str
    ) -> None:
        page = page_without_scripts
        page.goto(site.address + where + filters)
        disc = page.locator(".map svg a").last
        asked = parse_qs(filters.removeprefix("?"))
        assert query(disc) == asked | {"city": query(disc)["city"]}
        said = number(disc)
        page.goto(urljoin(page.url, disc.get_attribute("href")))
        assert page.locator("h1").inner_text().startswith(f"{said} initiative")
