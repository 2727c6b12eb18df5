"""What has happened before somebody fills a form in, and what they know only then, such as a code."""

import time
from collections.abc import Callable
from datetime import timedelta

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from initiatives.forms.guards import GuardedForm
from initiatives.models import (
    Change,
    Claim,
    Group,
    Initiative,
    Mail,
    Merge,
    Registration,
    Report,
    ReviewEvent,
    give_verdict,
)
from tests import people
from tests.forms.filling import opened
from tests.permissions.world import Thing, World
from tests.registering import SHORT

# Of an app.
SECRET = "JBSWY3DPEHPK3PXP"


def has_objected(world: World, _browser: Client, thing: Merge) -> None:
    thing.object(by=world.alice, words="Mine is another garden.")


def is_decided(_world: World, _browser: Client, thing: Claim | Report | ReviewEvent) -> None:
    """A slow machine needs longer than half a minute to press a button four times."""
    when = "at" if isinstance(thing, ReviewEvent) else "decided_at"
    type(thing).objects.update(**{when: timezone.now() + timedelta(minutes=10)})


def has_answered_all(_world: World, _browser: Client, _thing: Thing) -> None:
    people.domain("repair-reuse")
    answers = {page: {name: [said] for name, said in answer.items()} for page, answer in SHORT.items()}
    Registration.objects.update(answers=answers)


def asks_for_code(_world: World, browser: Client, _thing: Thing) -> None:
    browser.post(reverse("sign-in"), {"email": "alice@example.org"})


def asks_with_app(world: World, browser: Client, thing: Thing) -> None:
    has_app(world, browser, thing)
    asks_for_code(world, browser, thing)
    browser.post(reverse("sign-in-code"), {"code": mailed_code(browser)})


def has_app(world: World, _browser: Client, thing: Thing) -> None:
    for person in (world.alice, world.olga):
        app = TOTP.activate(person, SECRET)
    if thing:
        thing.key = app.instance.pk


def is_signed_in_elsewhere(world: World, _browser: Client, thing: Thing) -> None:
    stan = world.people["signed-in nobody"]
    other = people.signed_in(stan)
    row = UserSession.objects.create(
        user=stan, ip="192.0.2.1", user_agent="Another", session_key=other.session.session_key
    )
    if thing:
        thing.key = row.pk


def asks_to_confirm(_world: World, browser: Client, _thing: Thing) -> None:
    browser.post(reverse("account-confirm"))


def asks_to_move(_world: World, browser: Client, _thing: Thing) -> None:
    browser.post(reverse("account-email"), {"email": "alice@example.net"})


def a_program_reported(_world: World, _browser: Client, _thing: Thing) -> None:
    Report.objects.create(initiative=people.initiative(), kind="gone", is_suspicious=True)


def is_changed(world: World, _browser: Client, thing: Initiative) -> None:
    Change.objects.create(initiative=thing, by=world.alice, was={"name": "Garden"}, became={"name": thing.name})


def group_of(thing: Thing) -> Group:
    return Group.objects.get(public_id=thing.public_id)


def listing_of(thing: Thing) -> Initiative:
    return Initiative.objects.get(public_id=thing.listing)


def has_three_members(_world: World, _browser: Client, thing: Thing) -> None:
    """And two more."""
    group, more = group_of(thing), [people.initiative(name=f"Garden {number}") for number in range(3)]
    keys = [listing.pk for listing in more]
    for listing in more:
        reasons = [people.shared_with(keys, but=listing.pk)]
        group.memberships.create(initiative=listing, strength=0.8, reasons=reasons)


def is_named(world: World, _browser: Client, thing: Thing) -> None:
    group_of(thing).name({"en": "Gardens"}, by=world.olga)


def is_split(world: World, browser: Client, thing: Thing) -> None:
    has_three_members(world, browser, thing)
    group_of(thing).split(Initiative.objects.called("Garden")[:2], by=world.olga)
    thing.public_id = Group.objects.latest("pk").public_id


def is_pinned(world: World, _browser: Client, thing: Thing) -> None:
    group_of(thing).pin(listing_of(thing), by=world.olga)


def is_barred(world: World, browser: Client, thing: Thing) -> None:
    has_three_members(world, browser, thing)
    group_of(thing).bar(listing_of(thing), by=world.olga)


def is_judged(world: World, _browser: Client, thing: Thing) -> None:
    pair = [Initiative.objects.get(public_id=each) for each in (thing.one, thing.other)]
    give_verdict(*pair, "peers", by=world.olga)


# What is known only then.


def mailed_code(_browser: Client) -> str:
    return Mail.objects.latest("pk").context["code"]


def code_of_app(_browser: Client) -> str:
    return code_with(SECRET)


def code_of_new_app(browser: Client) -> str:
    return code_with(browser.session["mfa.totp.secret"])


def code_with(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def a_minute_ago(kind: type[GuardedForm]) -> Callable[[Client], str]:
    """Who takes no time over a form is suspected to be a program."""
    return lambda _browser: opened(kind)


def file(_browser: Client) -> SimpleUploadedFile:
    return SimpleUploadedFile("wells.csv", b"name,city\nThe well,Ghent\n", "text/csv")
