"""A-10 for every page of stewards, officers and administrators, and of those on their way in."""

from collections import defaultdict
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.signed_in import SIGNED_IN, become, go
from tests.browser.site import Site
from tests.browser.test_accessibility import NARROW, SIDEWAYS, SMALL_TARGETS, WIDE

Ask = Callable[..., list[str]]


class AccessibilityTests:
    @pytest.mark.parametrize("who", SIGNED_IN, ids=lambda who: who or "visitor")
    def test_holds_for(self, page: Page, site: Site, violations: Ask, who: str) -> None:
        if who:
            become(page, site, who)
        faults: dict[str, list[str]] = defaultdict(list)
        for kind, where in SIGNED_IN[who].items():
            address = go(page, site, where)
            for window in (WIDE, NARROW):
                page.set_viewport_size(window)
                page.emulate_media(color_scheme="light")
                for fault in [*violations(page), *page.evaluate(SMALL_TARGETS), *page.evaluate(SIDEWAYS)]:
                    faults[fault].append(f"{kind} {window['width']}")
            page.emulate_media(color_scheme="dark")
            for fault in violations(page, only_colours=True):
                faults[fault].append(f"{kind} dark")
            # Longer words in the same places.
            go(page, site, address, language="/nl")
            for fault in [*page.evaluate(SMALL_TARGETS), *page.evaluate(SIDEWAYS)]:
                faults[fault].append(f"{kind} in Dutch")
        assert not faults, "\n".join(f"{', '.join(where)}: {fault}" for fault, where in faults.items())
