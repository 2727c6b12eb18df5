"""The pages of those who have signed in, by the names of their addresses, and who goes to them: people of the
demonstration (fixtures/samples.toml). What cannot be come by among the samples, test_deeds.py makes."""

import re

from playwright.sync_api import Page

from tests.browser.site import Site

ID = "[0-9a-z]{10}"
# Where it is: an address; or a page, and what the address on it looks like that leads there.
type Where = str | tuple[Where, str]

VISITOR: dict[str, Where] = {
    "sign-in": "/sign-in/",
    "sign-out": "/sign-out/",
    "demonstration": "/demonstration/",
    "demonstration-mails": "/demonstration/mails/",
}
ACCOUNT: dict[str, Where] = {
    "account": "/account/",
    "account-edit": "/account/edit/",
    "account-email": "/account/email/",
    "account-erase": "/account/erase/",
    "account-sessions": "/account/sessions/",
    "account-confirm": "/account/confirm/",
    "second-factor": "/account/second-factor/",
    "second-factor-app": "/account/second-factor/app/",
    "second-factor-passkey": "/account/second-factor/passkey/",
    "sign-out": "/sign-out/",
}
EDIT: Where = ("/my/", rf"/initiatives/{ID}/edit/")
TRANSLATIONS: Where = (EDIT, rf"/initiatives/{ID}/translations/")
NEEDS: Where = (EDIT, rf"/initiatives/{ID}/needs/")
STEWARD: dict[str, Where] = {
    "my-listings": "/my/",
    "listing-edit": EDIT,
    "listing-needs": NEEDS,
    "need-add": (NEEDS, rf"/initiatives/{ID}/needs/add/"),
    "listing-translations": TRANSLATIONS,
    "translation-add": (TRANSLATIONS, rf"/initiatives/{ID}/translations/add/"),
    "listing-status": (EDIT, rf"/initiatives/{ID}/status/"),
    "listing-stewards": (EDIT, rf"/initiatives/{ID}/stewards/"),
    "listing-withdraw": (EDIT, rf"/initiatives/{ID}/withdraw/"),
    "listing-history": (("/my/", rf"/initiatives/{ID}/sample-[^/]+/"), rf"/initiatives/{ID}/history/"),
}
OFFICER: dict[str, Where] = {
    "desk": "/desk/",
    "desk-city": "/desk/cities/ghent/",
    "desk-listing": ("/desk/", rf"/desk/listings/{ID}/"),
    "desk-pair": ("/desk/", rf"/desk/pairs/{ID}/{ID}/"),
    "desk-merges": "/desk/merges/",
    "desk-moves": "/desk/moves/",
    "desk-bulk": "/desk/bulk/",
    "desk-bulk-deeds": "/desk/bulk/done/",
    "desk-import": "/desk/import/",
}
ADMINISTRATOR: dict[str, Where] = {
    "administration": "/administration/",
    "administration-person": ("/administration/", r"/administration/people/\d+/"),
    "administration-cities": "/administration/cities/",
    "administration-history": "/administration/history/",
    "administration-mails": "/administration/mails/",
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
