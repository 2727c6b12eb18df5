"""A-10 for every page of stewards, officers and administrators, and of those on their way in."""

from collections.abc import Callable

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from tests.browser.signed_in import SIGNED_IN, become, go
from tests.browser.site import Site
from tests.browser.test_accessibility import Faults, layout

Ask = Callable[..., list[str]]


@pytest.mark.thorough
class AccessibilityTests:
    @pytest.mark.parametrize("who", SIGNED_IN, ids=lambda who: who or "visitor")
    def test_holds_for(self, page: Page, site: Site, violations: Ask, who: str) -> None:
        if who:
            become(page, site, who)
        faults = Faults()
        for name, where in SIGNED_IN[who].items():
            address = go(page, site, where)
            assert resolve(address).url_name == name
            faults.look(page, violations, at=name, is_dark_once=True)
            # Longer words in the same places.
            go(page, site, address, language="/nl")
            faults.note(f"{name} in Dutch", layout(page))
        assert not faults, faults.told()
