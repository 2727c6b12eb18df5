from tests.browser.browser import (
    browser,
    first_visit,
    page,
    page_without_scripts,
    tab,
    tab_without_scripts,
    violations,
)
from tests.browser.own_site import own_site
from tests.browser.site import site
from tests.permissions.conftest import world

__all__ = [
    "browser",
    "first_visit",
    "own_site",
    "page",
    "page_without_scripts",
    "site",
    "tab",
    "tab_without_scripts",
    "violations",
    "world",
]
