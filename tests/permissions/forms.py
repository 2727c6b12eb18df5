"""How every form and every button of the site is filled in: a deed of the matrix without a row here fails the tests.

A key is the name of an address; what follows a space tells several forms of one address apart.
"""

import time
from collections.abc import Callable

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from initiatives.forms.guards import GuardedForm
from initiatives.forms.register.sending import LaterForm, SendForm
from initiatives.forms.report import ReportForm
from initiatives.forms.stewards import VisitorsClaimForm
from initiatives.models import Change, Confirmation, Group, Initiative, Mail, Merge, Registration, Report, give_verdict
from tests import people
from tests.forms.filling import opened
from tests.permissions.filling import Filled
from tests.permissions.world import Thing, World
from tests.registering import SHORT

TOO_LONG = "A garden. " * 600
NOWHERE = "Nowheretown"
SECRET = "JBSWY3DPEHPK3PXP"
AGREES = frozenset({"shows_contact"})
MENDED = {"mission": "We mend lamps with our neighbours.", "description": "Every first Saturday."}
NEED = {"title": "A ladder", "item_type": "good", "transaction_type": "borrow-lend"}
PAIR = {"verdict": "peers", "words": "Two gardens"}
FILE = {"name": "Wells", "city": "Ghent", "data_licence": "CC0-1.0"}


# Where a form is drawn that is sent elsewhere.


def desk(thing: Thing) -> str:
    return reverse("desk-listing", args=[getattr(thing, "initiative", thing).public_id])


def beside(thing: Thing) -> str:
    return reverse("desk-pair", args=[thing.one, thing.other])


def curating(thing: Thing) -> str:
    return reverse("group-curate", args=[thing.public_id])


# What has to have happened before.


def has_objected(world: World, _browser: Client, thing: Merge) -> None:
    thing.object(by=world.alice, words="Mine is another garden.")


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


FORMS: dict[str, Filled] = {
    # Of everybody.
    "find-peers": Filled(
        "visitor",
        right={"doing": "We mend bicycles", "where": "Ghent"},
        wrong={"doing": TOO_LONG, "where": NOWHERE, "need": "A shed"},
    ),
    "listing-report": Filled(
        "visitor",
        state="published",
        right={
            "kind": "gone",
            "words": "The gate is shut.",
            "email": "ivo@example.org",
            "opened": a_minute_ago(ReportForm),
        },
        wrong={"kind": "wrong", "words": TOO_LONG, "email": "nobody"},
    ),
    "listing-claim": Filled(
        "signed-in nobody",
        state="published",
        right={"evidence": "I dig there.", "evidence_url": "https://garden.example"},
        wrong={"evidence": TOO_LONG, "evidence_url": "no address"},
    ),
    "listing-claim of-a-visitor": Filled(
        "visitor",
        state="published",
        right={"evidence": "I dig there.", "opened": a_minute_ago(VisitorsClaimForm)},
        wrong={"evidence": TOO_LONG, "evidence_url": "no address"},
    ),
    # Registering.
    "registration-step name": Filled(
        "draft-link holder",
        parts={"step": "name"},
        right=SHORT["name"],
        wrong={"name": "The well", "mission": TOO_LONG},
        unseen=AGREES,
    ),
    "registration-step place": Filled(
        "draft-link holder",
        parts={"step": "place"},
        right=SHORT["place"],
        wrong={"where": NOWHERE, "reach": "regional"},
        unseen=AGREES,
    ),
    "registration-step work": Filled(
        "draft-link holder",
        parts={"step": "work"},
        right={"domain": "food", "tags": "garden"},
        wrong={"domain": "", "tags": TOO_LONG},
        unseen=AGREES,
    ),
    "registration-step about": Filled(
        "draft-link holder",
        parts={"step": "about"},
        right={"website": "well.example", "description": "Water for all."},
        wrong={"website": "no address", "founded": "3000", "description": "Water for all."},
        unseen=AGREES,
    ),
    "registration-step exchange": Filled(
        "draft-link holder",
        parts={"step": "exchange"},
        right={"want_1": "A rope", "want_1_kind": "good", "want_1_terms": "borrow-lend"},
        wrong={"want_1": "A rope", "offer_2": "Water"},
        unseen=AGREES,
    ),
    "registration-step email": Filled(
        "draft-link holder",
        parts={"step": "email"},
        right={"email": "frieda@example.org"},
        wrong={"email": "nobody"},
        unseen=AGREES,
    ),
    "registration-check": Filled(
        "draft-link holder",
        before=has_answered_all,
        right={"consent": "on", "opened": a_minute_ago(SendForm)},
        wrong={"consent": []},
    ),
    "registration-later": Filled(
        "draft-link holder",
        right={"email": "frieda@example.org", "opened": a_minute_ago(LaterForm)},
        wrong={"email": "nobody"},
    ),
    "submission-answer": Filled(
        "draft-link holder",
        state="needs_information",
        page=lambda thing: reverse("submission", args=[thing.token]),
        right={"words": "In Ghent."},
        wrong={"words": TOO_LONG},
    ),
    # Keeping a listing.
    "listing-edit": Filled(
        "steward",
        state="published",
        right={"name": "The well", **MENDED, "where": "Ghent", "geographic_scope": "local", "domain": "food"},
        wrong={"name": "", "mission": TOO_LONG, "where": NOWHERE, "founded_year": "3000", "urls": "no address"},
        unseen=AGREES,
    ),
    "listing-status": Filled(
        "steward",
        state="published",
        right={"status": "completed", "closed_year": "2020"},
        wrong={"status": "completed", "closed_year": "3000"},
    ),
    "listing-withdraw": Filled(
        "officer here", state="published", right={"reason": "It is gone."}, wrong={"reason": TOO_LONG}
    ),
    "need-add": Filled(
        "steward", state="published", right=NEED, wrong=NEED | {"title": TOO_LONG, "expires_on": "soon"}, unseen=AGREES
    ),
    "need-edit": Filled(
        "steward", state="published", right=NEED, wrong=NEED | {"title": TOO_LONG, "expires_on": "soon"}, unseen=AGREES
    ),
    "translation-add": Filled(
        "steward",
        state="published",
        right=MENDED | {"language": "nl"},
        wrong={"language": "", "mission": TOO_LONG, "description": "Een tuin"},
        unseen=AGREES,
    ),
    "translation-edit": Filled(
        "steward", state="published", right=MENDED, wrong=MENDED | {"mission": TOO_LONG}, unseen=AGREES
    ),
    "listing-stewards": Filled(
        "steward",
        state="published",
        right={"email": "erik@example.org", "kind": "invite"},
        wrong={"email": "nobody", "kind": "hand_over"},
    ),
    "steward-remove": Filled(
        "officer here", state="published", right={"reason": "She left."}, wrong={"reason": TOO_LONG}
    ),
    "merge-objection": Filled("steward", state="in_force", right={"words": "Two gardens"}, wrong={"words": TOO_LONG}),
    # The desk.
    "desk-ask": Filled(
        "officer here", state="submitted", page=desk, right={"reason": "Which one?"}, wrong={"reason": TOO_LONG}
    ),
    "desk-decline": Filled(
        "officer here", state="submitted", page=desk, right={"reason": "A shop"}, wrong={"reason": TOO_LONG}
    ),
    "desk-withdraw": Filled(
        "officer here", state="published", page=desk, right={"reason": "It is gone."}, wrong={"reason": TOO_LONG}
    ),
    "desk-claim-approve": Filled(
        "officer here", state="pending", page=desk, right={"reason": "Welcome"}, wrong={"reason": TOO_LONG}
    ),
    "desk-claim-deny": Filled(
        "officer here", state="pending", page=desk, right={"reason": "Not yours"}, wrong={"reason": TOO_LONG}
    ),
    "desk-claim-revoke": Filled(
        "officer here", state="approved", page=desk, right={"reason": "Not yours"}, wrong={"reason": TOO_LONG}
    ),
    "desk-report-resolve": Filled(
        "officer here", state="open", page=desk, right={"reason": "I wrote to them."}, wrong={"reason": TOO_LONG}
    ),
    "desk-report-dismiss": Filled(
        "officer here", state="open", page=desk, right={"reason": "It is open."}, wrong={"reason": TOO_LONG}
    ),
    "desk-pair": Filled(
        "officer here", state="here", right={"reason": "One garden"}, wrong={"name": [], "reason": TOO_LONG}
    ),
    "desk-not-the-same": Filled(
        "officer here", state="here", page=beside, right=PAIR, wrong=PAIR | {"words": TOO_LONG}
    ),
    "merge-overrule": Filled(
        "officer here",
        state="in_force",
        before=has_objected,
        page=lambda _thing: reverse("desk-merges"),
        right={"reason": "One garden"},
        wrong={"reason": TOO_LONG},
    ),
    "desk-bulk": Filled(
        "officer elsewhere",
        right={"which": "all", "kind": "tag", "tag": "garden"},
        wrong={"which": "all", "kind": "tag", "tag": "???"},
        unseen=frozenset({"listing"}),
    ),
    "desk-import": Filled(
        "officer here", right=FILE | {"file": file}, wrong=FILE | {"city": NOWHERE, "source_url": "no address"}
    ),
    # Groups.
    "group-name": Filled(
        "officer here",
        state="here",
        page=curating,
        right={"name_en": "Gardens", "name_nl": "Tuinen", "reason": "Plainer"},
        wrong={"name_en": TOO_LONG, "reason": "Plainer"},
    ),
    "group-split": Filled(
        "officer here",
        state="here",
        before=has_three_members,
        page=curating,
        right={
            "members": lambda _browser: list(
                Initiative.objects.called("Garden").values_list("public_id", flat=True)[:2]
            )
        },
        wrong={"members": [], "reason": "Two kinds of gardens"},
    ),
    "group-pin": Filled(
        "officer here",
        state="here",
        before=has_three_members,
        page=curating,
        right={"listing": lambda _browser: Initiative.objects.published().latest("pk").get_absolute_url()},
        wrong={"listing": "no address", "reason": "A garden too"},
    ),
    "group-judge": Filled(
        "officer here",
        state="here",
        page=curating,
        right={"verdict": "peers", "reason": "Both dig"},
        wrong={"verdict": "unrelated", "reason": TOO_LONG},
    ),
    # Accounts.
    "sign-in": Filled("visitor", right={"email": "alice@example.org"}, wrong={"email": "nobody"}),
    "sign-in-code": Filled("visitor", before=asks_for_code, right={"code": mailed_code}, wrong={"code": "0000"}),
    "sign-in-second-factor": Filled(
        "visitor", before=asks_with_app, right={"code": code_of_app}, wrong={"code": "0000"}
    ),
    "account-edit": Filled(
        "signed-in nobody",
        right={"name": "Stanley", "language": "nl"},
        wrong={"name": TOO_LONG.strip(), "language": "nl"},
    ),
    "account-email": Filled("steward", right={"email": "alice@example.net"}, wrong={"email": "nobody"}),
    "account-email-code": Filled("steward", before=asks_to_move, right={"code": mailed_code}, wrong={"code": "0000"}),
    "account-confirm": Filled("steward", before=asks_to_confirm, right={"code": mailed_code}, wrong={"code": "0000"}),
    "account-confirm with-an-app": Filled(
        "steward", before=has_app, right={"code": code_of_app}, wrong={"code": "0000"}
    ),
    "second-factor-app": Filled("steward", right={"code": code_of_new_app}, wrong={"code": "0000"}),
    "second-factor-passkey": Filled("steward", wrong={"name": TOO_LONG.strip()}),
    "administration-person": Filled(
        "administrator", right={"role": "officer", "city": "Ghent"}, wrong={"role": "officer", "city": NOWHERE}
    ),
}

BUTTONS: dict[str, Filled] = {
    # By a link that was mailed.
    "mail-refuse": Filled("draft-link holder"),
    "registration": Filled("draft-link holder", state="sent"),
    "submission-withdraw": Filled("draft-link holder", state="submitted"),
    "invitation": Filled("draft-link holder", state="open"),
    "confirmation": Filled(
        "draft-link holder",
        state="open",
        right={"confirmation": lambda _browser: Confirmation.objects.latest("pk").pk, "answer": "stopped"},
    ),
    # Keeping a listing.
    "listing-confirm": Filled("steward", state="published"),
    "listing-submit": Filled("steward", state="withdrawn"),
    "listing-leave": Filled("steward", state="published"),
    "need-remove": Filled("steward", state="published"),
    "translation-remove": Filled("steward", state="published"),
    "invitation-withdraw": Filled("steward", state="open"),
    "claim-withdraw": Filled("claimant", state="pending"),
    # The desk.
    "desk-publish": Filled("officer here", state="submitted", page=desk),
    "desk-confirm": Filled("officer here", state="published"),
    "desk-changes-seen": Filled("officer here", state="published", before=is_changed),
    "desk-change-seen": Filled("officer here", state="unseen"),
    "desk-change-revert": Filled("officer here", state="unseen"),
    "desk-claim-undo": Filled("officer here", state="approved"),
    "desk-undo": Filled("officer here", state="fresh"),
    "desk-suspicious-dismiss": Filled("officer here", before=a_program_reported),
    "desk-report-undo": Filled("officer here", state="resolved"),
    "desk-bulk-do": Filled("officer here", state="prepared"),
    "desk-bulk-undo": Filled("officer here", state="done"),
    "desk-upload-import": Filled("officer here", state="checked"),
    "desk-upload-undo": Filled("officer here", state="imported"),
    "merge-undo": Filled("officer here", state="in_force"),
    "merge-confirm": Filled("officer elsewhere", state="proposed"),
    "merge-refuse": Filled("officer elsewhere", state="proposed"),
    # Groups.
    "group-unname": Filled("officer here", state="here", before=is_named),
    "group-rejoin": Filled("officer here", state="here", before=is_split),
    "group-member-pin": Filled("officer here", state="here"),
    "group-member-unpin": Filled("officer here", state="here", before=is_pinned),
    "group-member-bar": Filled("officer here", state="here", before=has_three_members),
    "group-member-unbar": Filled("officer here", state="here", before=is_barred),
    "group-take-back": Filled("officer here", state="here", before=is_judged),
    "group-feedback": Filled("signed-in nobody", state="here", right={"useful": "yes"}),
    # Accounts.
    "sign-in-passkey": Filled("visitor", right={"credential": "{}"}),
    "sign-out": Filled("signed-in nobody"),
    "account-erase": Filled("signed-in nobody"),
    "account-sessions-end": Filled("signed-in nobody", before=is_signed_in_elsewhere),
    "account-session-end": Filled("signed-in nobody", before=is_signed_in_elsewhere),
    "second-factor-remove": Filled("officer here", before=has_app),
    "recovery-codes": Filled("officer here", before=has_app),
    # Administration.
    "administration-end": Filled("administrator"),
    "administration-mail-send": Filled("administrator", state="failed"),
    "administration-mail-drop": Filled("administrator", state="failed"),
}
