"""The pages of those who have signed in, and who goes to them: people of the demonstration (fixtures/samples.toml)."""

import re

from playwright.sync_api import Page

from tests.browser.site import Site

ID = "[0-9a-z]{10}"
# Where it is: an address; or a page, and what the address on it looks like that leads there.
type Where = str | tuple[Where, str]

VISITOR: dict[str, Where] = {
    "sign in": "/sign-in/",
    "signed out": "/sign-out/",
    "demonstration": "/demonstration/",
    "mails of the demonstration": "/demonstration/mails/",
}
ACCOUNT: dict[str, Where] = {
    "account": "/account/",
    "name and language": "/account/edit/",
    "address": "/account/email/",
    "close the account": "/account/erase/",
    "sessions": "/account/sessions/",
    "is it you": "/account/confirm/",
    "second factor": "/account/second-factor/",
    "app": "/account/second-factor/app/",
    "passkey": "/account/second-factor/passkey/",
    "sign out": "/sign-out/",
}
EDIT: Where = ("/my/", rf"/initiatives/{ID}/edit/")
TRANSLATIONS: Where = (EDIT, rf"/initiatives/{ID}/translations/")
NEEDS: Where = (EDIT, rf"/initiatives/{ID}/needs/")
STEWARD: dict[str, Where] = {
    "my listings": "/my/",
    "edit": EDIT,
    "needs": NEEDS,
    "a need": (NEEDS, rf"/initiatives/{ID}/needs/[a-z/]+"),
    "translations": TRANSLATIONS,
    "a translation": (TRANSLATIONS, rf"/initiatives/{ID}/translations/[a-z/]+"),
    "how it is now": (EDIT, rf"/initiatives/{ID}/status/"),
    "stewards": (EDIT, rf"/initiatives/{ID}/stewards/"),
    "withdraw": (EDIT, rf"/initiatives/{ID}/withdraw/"),
    "history": (("/my/", rf"/initiatives/{ID}/sample-[^/]+/"), rf"/initiatives/{ID}/history/"),
}
OFFICER: dict[str, Where] = {
    "desk": "/desk/",
    "desk of a city": "/desk/cities/ghent/",
    "listing on the desk": ("/desk/", rf"/desk/listings/{ID}/"),
    "two likely twins": ("/desk/", rf"/desk/pairs/{ID}/{ID}/"),
    "merges": "/desk/merges/",
    "moves of groups": "/desk/moves/",
    "many listings": "/desk/bulk/",
    "deeds on many": "/desk/bulk/done/",
    "import": "/desk/import/",
}
ADMINISTRATOR: dict[str, Where] = {
    "administration": "/administration/",
    "person": ("/administration/", r"/administration/people/\d+/"),
    "cities and officers": "/administration/cities/",
    "history of decisions": "/administration/history/",
    "mails that did not leave": "/administration/mails/",
}
# In whose name, if anybody's.
SIGNED_IN: dict[str, dict[str, Where]] = {
    "": VISITOR,
    "Stan": ACCOUNT,
    "Alice": STEWARD,
    "Olga": OFFICER,
    "Ada": ADMINISTRATOR,
}


def become(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.address}/demonstration/")
    page.get_by_role("button", name=f"Become {name}").click()


def go(page: Page, site: Site, where: Where, language: str = "") -> str:
    """To the page itself, or by way of the first address on another one that looks like it. Answers its address."""
    if not isinstance(where, str):
        overview, pattern = where
        beside = go(page, site, overview)
        found = re.search(rf'href="({pattern})"', page.content())
        assert found, f"No link {pattern} in {beside}"
        where = found[1]
    answer = page.goto(f"{site.address}{language}{where}")
    assert answer, where
    assert answer.status == 200, (where, answer.status)
    # Nobody was led elsewhere, to sign in say.
    assert page.url == f"{site.address}{language}{where}"
    return where
