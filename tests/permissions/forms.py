"""How every form and every button of the site is filled in: a deed of the matrix without a row here fails the tests.

A key is the name of an address; what follows a space tells several forms of one address apart.
"""

from django.urls import reverse

from initiatives.forms.register.sending import LaterForm, SendForm
from initiatives.forms.report import ReportForm
from initiatives.forms.stewards import VisitorsClaimForm
from initiatives.models import Confirmation, Initiative
from tests.permissions.before import (
    a_minute_ago,
    a_program_reported,
    asks_for_code,
    asks_to_confirm,
    asks_to_move,
    asks_with_app,
    code_of_app,
    code_of_new_app,
    file,
    has_answered_all,
    has_app,
    has_objected,
    has_three_members,
    is_barred,
    is_changed,
    is_decided,
    is_judged,
    is_named,
    is_pinned,
    is_signed_in_elsewhere,
    is_split,
    mailed_code,
)
from tests.permissions.filling import Filled
from tests.permissions.world import Thing
from tests.registering import SHORT

TOO_LONG = "A garden. " * 600
NOWHERE = "Nowheretown"
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
    "desk-claim-undo": Filled("officer here", state="approved", before=is_decided),
    "desk-undo": Filled("officer here", state="fresh", before=is_decided),
    "desk-suspicious-dismiss": Filled("officer here", before=a_program_reported),
    "desk-report-undo": Filled("officer here", state="resolved", before=is_decided),
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
