"""A-5: whoever only reads leaves no trace here, and is sent to nobody else."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

from tests.browser.site import Site

# What a page could keep in a browser, as counts by name.
KEPT = """async () => ({
    cookies: document.cookie.length,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


def walk(page: Page, site: Site) -> list[str]:
    """As a reader would, by form and by link; answers the addresses of the pages."""
    walked = []

    def arrive(*choices: str) -> None:
        for choice in choices:
            page.locator(choice).first.click()
            walked.append(page.url)

    page.goto(f"{site.address}/")
    walked.append(page.url)
    page.get_by_label("What are you looking for?").fill("repair")
    page.get_by_role("button", name="Search").click()
    walked.append(page.url)
    arrive("main .row-name a", "main .row-group, main dd .row-group", "main .member a", "main .row-meta a")
    arrive("main .index a", ".site-nav a[href='/licences/']", "main th a", ".site-nav a[href='/map/']")
    arrive("main .map svg a", "footer a[href='/data/']", ".languages a")
    return walked


class PrivacyTests:
    def test_reading_keeps_nothing_and_asks_nobody_else(self, first_visit: Page, site: Site) -> None:
        asked: list[Request] = []

        def note(request: Request) -> None:
            asked.append(request)

        first_visit.on("request", note)
        walked = walk(first_visit, site)
        assert len(set(walked)) >= 10
        assert {f"{parts.scheme}://{parts.netloc}" for request in asked if (parts := urlsplit(request.url))} == {
            site.address
        }
        assert [request.url for request in asked if request.response().header_value("set-cookie")] == []
        assert first_visit.context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
        assert set(first_visit.evaluate(KEPT).values()) == {0}
