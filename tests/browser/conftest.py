from tests.browser.browser import browser, page, page_without_scripts, violations
from tests.browser.site import site

__all__ = ["browser", "page", "page_without_scripts", "site", "violations"]
