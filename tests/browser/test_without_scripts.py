"""Everything a reader does works with scripts off."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site


@pytest.fixture
def page(page_without_scripts: Page) -> Page:
    return page_without_scripts


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def total(page: Page) -> int:
    """As the heading of a list says it."""
    return int(page.locator("h1").inner_text().split()[0].replace(",", ""))


class ReadingTests:
    def test_searches_from_the_front_page(self, page: Page, site: Site) -> None:
        page.goto(f"{site.address}/")
        page.get_by_label("What are you looking for?").fill("repair")
        page.get_by_label("City").fill("ghent")
        page.get_by_role("button", name="Search").click()
        assert query(page) == {"q": ["repair"], "city": ["ghent"]}
        assert 0 < total(page) == page.locator("ol.rows .row-number").count()

    def test_narrows_by_a_facet_to_as_many_as_it_said(self, page: Page, site: Site) -> None:
        page.goto(f"{site.address}/initiatives/")
        everything = total(page)
        choice = page.locator(".facet label", has=page.locator("input[name=city][value=bristol]"))
        said = int(choice.locator(".facet-count").inner_text())
        choice.click()
        page.get_by_role("button", name="Show results").click()
        assert query(page)["city"] == ["bristol"]
        assert 0 < said == total(page) < everything

    def test_takes_back_one_choice_and_then_all(self, page: Page, site: Site) -> None:
        page.goto(f"{site.address}/initiatives/?city=bristol&city=ghent&domain=food")
        both = total(page)
        page.get_by_role("link", name="Remove Ghent").click()
        assert query(page) == {"city": ["bristol"], "domain": ["food"]}
        assert 0 < total(page) < both
        page.get_by_role("link", name="Clear all").click()
        assert query(page) == {}

    def test_turns_every_page_of_a_list_and_back(self, page: Page, site: Site) -> None:
        page.goto(f"{site.address}/initiatives/?country=es&country=de")
        wanted, met, pages = total(page), [], 0
        while True:
            met += [link.get_attribute("href") for link in page.locator(".browse .row-name a").all()]
            pages += 1
            if not page.get_by_role("link", name="Next").count():
                break
            page.get_by_role("link", name="Next").click()
        assert pages > 1
        assert (len(met), len(set(met))) == (wanted, wanted)
        for _ in range(pages - 1):
            page.get_by_role("link", name="Previous").click()
        assert page.locator(".browse .row-name a").first.get_attribute("href") == met[0]

    def test_language_switch_keeps_the_question(self, page: Page, site: Site) -> None:
        page.goto(f"{site.address}/initiatives/?q=repair&city=ghent&city=bristol")
        found = total(page)
        page.locator(".languages").get_by_role("link", name="Nederlands").click()
        assert page.url == f"{site.address}/nl/initiatives/?q=repair&city=ghent&city=bristol"
        assert total(page) == found
        expect(page.locator("html")).to_have_attribute("lang", "nl")
        page.locator(".languages").get_by_role("link", name="English").click()
        assert page.url == f"{site.address}/initiatives/?q=repair&city=ghent&city=bristol"

    def test_phones_get_the_facets_folded_and_can_open_them(self, page: Page, site: Site) -> None:
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(f"{site.address}/initiatives/")
        button = page.get_by_role("button", name="Show results")
        expect(button).to_be_hidden()
        page.locator(".narrow > summary").click()
        expect(button).to_be_visible()

    def test_nothing_found_offers_what_finds_something(self, page: Page, site: Site) -> None:
        page.goto(f"{site.address}/initiatives/?city=ghent&domain=food&protection=network_copyleft")
        assert total(page) == 0
        offers = page.locator(".empty li a").all()
        promised = {
            link.get_attribute("href"): int(link.locator("xpath=following-sibling::span").inner_text())
            for link in offers
        }
        assert promised
        for href, said in promised.items():
            page.goto(site.address + href)
            assert total(page) == said > 0
