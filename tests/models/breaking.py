"""Rows that break a rule of the tables in which people register, keep and decide: each one rule and no other."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from initiatives.models import Appointment, Claim, Confirmation, Initiative, Invitation, Mail, Merge, Registration
from initiatives.models.bulk import BulkDeed, Upload
from tests import people

Deed = Callable[[], Any]


def claim(on: Initiative, **values: Any) -> Claim:
    return on.claims.create(by=people.person("Stan"), evidence="I wrote it.", **values)


def confirmation(of: Initiative, **values: Any) -> Confirmation:
    return of.confirmations.create(**values)


def invitation(to: Initiative, **values: Any) -> Invitation:
    defaults = {"kind": "invite", "email": "stan@example.org"}
    return to.invitations.create(by=people.person("Alice"), **defaults | values)


def appointed(role: str, *, city: str = "") -> Appointment:
    where = people.city(city) if city else None
    return Appointment.objects.create(person=people.person("Olga"), role=role, city=where)


def merged(kept: Initiative, gone: Initiative, **values: Any) -> Merge:
    return Merge.objects.create(kept=kept, merged=gone, **{"merged_at": timezone.now()} | values)


def bulk(**values: Any) -> BulkDeed:
    return BulkDeed.objects.create(**{"kind": "tag", "chosen": 1} | values)


def upload(**values: Any) -> Upload:
    return Upload.objects.create(city=people.city(), name="List", data_licence="CC0-1.0", row_count=1, **values)


def kept_twice(one: Initiative) -> None:
    for origin in ("registered", "invited"):
        one.stewardships.create(person=people.person("Alice"), origin=origin)


def one(deed: Callable[[Initiative], Any]) -> Deed:
    return lambda: deed(people.initiative())


def two(deed: Callable[[Initiative, Initiative], Any]) -> Deed:
    return lambda: deed(people.initiative(), people.initiative())


BROKEN: dict[str, Deed] = {
    "appointment_of_officers_has_a_city": lambda: appointed("officer"),
    # Without a city, where two rows would not be alike to a database that takes NULL for different from NULL.
    "appointment_once_in_force": lambda: [appointed("broker") for _ in "ab"],
    "appointment_role_known": lambda: appointed("mayor"),
    "bulkdeed_kind_known": lambda: bulk(kind="burn"),
    "bulkdeed_state_known": lambda: bulk(state="dreamt"),
    "claim_once_pending": one(lambda it: [claim(it) for _ in "ab"]),
    "claim_state_known": one(lambda it: claim(it, state="dreamt")),
    "confirmation_answer_known": one(lambda it: confirmation(it, answer="perhaps", answered_at=timezone.now())),
    "confirmation_once_open": one(lambda it: [confirmation(it, round=each) for each in (1, 2)]),
    "confirmation_round_known": one(lambda it: confirmation(it, round=3)),
    "invitation_kind_known": one(lambda it: invitation(it, kind="summon")),
    "invitation_once_open": one(lambda it: [invitation(it, kind=kind) for kind in ("invite", "hand_over")]),
    "invitation_state_known": one(lambda it: invitation(it, state="dreamt")),
    "mail_state_known": lambda: Mail.objects.create(key="1", kind="invitation", state="dreamt"),
    "merge_in_force_since": two(lambda a, b: merged(a, b, merged_at=None)),
    "merge_of_two": one(lambda it: merged(it, it)),
    "merge_once_in_force": two(lambda a, b: [merged(kept, b) for kept in (a, people.initiative())]),
    "merge_once_proposed": two(lambda a, b: [merged(a, b, state="proposed", merged_at=None) for _ in "ab"]),
    "merge_state_known": two(lambda a, b: merged(a, b, state="dreamt")),
    "registration_sent_with_a_listing": lambda: Registration.objects.create(sent_at=timezone.now()),
    "report_kind_known": one(lambda it: it.reports.create(kind="dull")),
    "report_state_known": one(lambda it: it.reports.create(kind="gone", state="dreamt")),
    "stewardship_once": one(kept_twice),
    "stewardship_origin_known": one(lambda it: it.stewardships.create(person=people.person("Alice"), origin="found")),
    "upload_state_known": lambda: upload(state="dreamt"),
}

# Further ways to break some of them, values left out among them.
ALSO_BROKEN: list[tuple[str, Deed]] = [
    ("appointment_of_officers_has_a_city", lambda: appointed("broker", city="Ghent")),
    ("appointment_once_in_force", lambda: [appointed("officer", city="Ghent") for _ in "ab"]),
    ("confirmation_answer_known", one(lambda it: confirmation(it, answer="right"))),
    ("confirmation_answer_known", one(lambda it: confirmation(it, answered_at=timezone.now()))),
    ("registration_sent_with_a_listing", lambda: Registration.objects.create(confirmed_at=timezone.now())),
    ("registration_sent_with_a_listing", one(lambda it: Registration.objects.create(initiative=it))),
]
