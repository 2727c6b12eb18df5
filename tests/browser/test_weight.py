"""A-14: what a first visit costs, in bytes over the wire with the compression that a browser accepts."""

from collections import Counter

import pytest
from playwright.sync_api import Page, Request

from tests.browser.pages import address
from tests.browser.site import Site

pytestmark = pytest.mark.thorough

KB = 1000
REQUESTS = 8
STYLES = SCRIPTS = 15 * KB
PAGES = {
    "home": 60 * KB,
    "list": 60 * KB,
    "list that was narrowed": 60 * KB,
    "initiative with peers": 60 * KB,
    "find peers": 60 * KB,
    "groups": 60 * KB,
    "group": 60 * KB,
    "city": 60 * KB,
    "map": 120 * KB,
}


def weigh(page: Page, where: str) -> tuple[Counter[str], int]:
    """Bytes by kind (document, stylesheet, script, …), and how many requests there were."""
    loaded: list[Request] = []

    def note(request: Request) -> None:
        loaded.append(request)

    page.on("requestfinished", note)
    page.goto(where, wait_until="networkidle")
    bytes_: Counter[str] = Counter()
    for request in loaded:
        sizes = request.sizes()
        bytes_[request.resource_type] += sizes["responseBodySize"] + sizes["responseHeadersSize"]
    return bytes_, len(loaded)


class WeightTests:
    @pytest.mark.parametrize("kind", PAGES)
    def test_a_first_visit_is_light(self, first_visit: Page, site: Site, kind: str) -> None:
        bytes_, requests = weigh(first_visit, address(site, kind))
        assert bytes_["document"] > KB, "something was weighed"
        assert bytes_.total() <= PAGES[kind], bytes_
        assert requests <= REQUESTS
        assert 0 < bytes_["stylesheet"] <= STYLES
        assert bytes_["script"] <= SCRIPTS

    def test_texts_travel_compressed(self, first_visit: Page, site: Site) -> None:
        encodings = []
        first_visit.on("response", lambda answer: encodings.append((answer.request.resource_type, answer.headers)))
        first_visit.goto(address(site, "list"))
        sent = {kind: headers.get("content-encoding", "") for kind, headers in encodings}
        assert sent["stylesheet"] == "br"
        assert sent["document"] in ("br", "gzip")
