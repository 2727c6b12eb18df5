"""The pages of the permission matrix, each in a state in which it opens, as somebody’s browser asks for it; and those
that open only after another."""

from collections.abc import Callable

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import URLPattern, reverse

from initiatives import urls
from initiatives.models import Mail
from tests.people import signed_in
from tests.permissions import matrix
from tests.permissions.test_matrix import TABLE, told
from tests.permissions.world import KINDS, World

# For programs.
NO_PAGES = {"account-data", "sign-in-passkey-options"}
# The state in which a page says most, where that is not that of a published listing.
STATES = {"submission": "needs_information", "desk-listing": "submitted"}


def opening(name: str) -> tuple[str, str] | None:
    """A state in which its page opens, and to whom; the steward rather than whoever may do everything."""
    found = [
        (row.state, role)
        for row in matrix.rows(name, TABLE[name])
        for role, given in zip(matrix.ROLES, row.answers, strict=True)
        if row.method == "GET" and given == "p"
    ]
    wanted = STATES.get(name, "published")
    return min(found, key=lambda each: (each[0] != wanted, each[1] == "visitor"), default=None)


NAMES = [route.name for route in urls.deeds if isinstance(route, URLPattern) and route.name not in NO_PAGES]
PAGES = [name for name in NAMES if opening(name)]


def by_matrix(world: World, name: str) -> tuple[Client, str]:
    state, role = opening(name) or ("", "")
    thing = KINDS[TABLE[name].get("about", "")].make(world, state)
    return world.browser(role), reverse(name, args=[told(thing, each, role) for each in TABLE[name].get("args", ())])


# Pages that open only after another.


def with_code(address: str) -> Client:
    client = Client()
    client.post("/sign-in/", {"email": address})
    return client


def half_in(world: World) -> Client:
    TOTP.activate(world.olga, generate_totp_secret())
    client = with_code(world.olga.email)
    client.post("/sign-in/code/", {"code": Mail.objects.latest("pk").context["code"]})
    return client


def with_recovery_codes(world: World) -> Client:
    TOTP.activate(world.olga, generate_totp_secret())
    client = signed_in(world.olga)
    client.post("/account/second-factor/recovery-codes/")
    return client


def with_new_address(world: World) -> Client:
    client = world.browser("signed-in nobody")
    client.post("/account/email/", {"email": "stan.elsewhere@example.org"})
    return client


AFTER_ANOTHER: dict[str, Callable[[World], Client]] = {
    "sign-in-code": lambda world: with_code(world.alice.email),
    "sign-in-second-factor": half_in,
    "recovery-codes": with_recovery_codes,
    "account-email-code": with_new_address,
}


def page_of(world: World, name: str) -> tuple[Client, str]:
    """Who asks for it, and its address."""
    after = AFTER_ANOTHER.get(name)
    return (after(world), reverse(name)) if after else by_matrix(world, name)


# To nobody in the matrix: only in the demonstration. And what leads on to a page that is asked about.
ONLY_IN_DEMONSTRATION = {"demonstration", "become", "demonstration-mails", "demonstration-mail"}
LEADING_ON = {"register-begin", "listing-submission"}


def is_button(name: str) -> bool:
    return any("x" in row.answers for row in matrix.rows(name, TABLE[name]) if row.method == "GET")
