"""A page that one test leaves clean to the next: a new one has a process of its own, and costs a second to warm up."""

from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, Error, Page

WINDOW = {"width": 1280, "height": 900}
# As Playwright's own pages begin.
PREFERENCES: dict[str, Any] = {
    "color_scheme": "light",
    "contrast": "no-preference",
    "forced_colors": "none",
    "reduced_motion": "no-preference",
}


def open_page(browser: Browser, **options: Any) -> Page:
    return browser.new_context(locale="en-GB", viewport=WINDOW, **options).new_page()


class Tab:
    def __init__(self, browser: Browser, **options: Any) -> None:
        self.browser = browser
        self.options = options
        self._page: Page | None = None

    def clean(self) -> Page:
        """Without traces of the tests before, but for what may be cached; a new one where that fails."""
        if self._page:
            with suppress(Error):
                _forget(self._page)
                return self._page
            self._page.context.close()
        self._page = open_page(self.browser, **self.options)
        return self._page


def _forget(page: Page) -> None:
    for other in page.context.pages:
        if other != page:
            other.close()
    page.unroute_all()
    page.context.unroute_all()
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.context.clear_permissions()
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.set_extra_http_headers({})
    page.set_viewport_size(WINDOW)
    page.emulate_media(media="null", **PREFERENCES)
    page.goto("about:blank")
    page.mouse.move(-1, -1)
