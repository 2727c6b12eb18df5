"""Everybody of the matrix, and something of theirs in every state."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from initiatives.models import (
    Change,
    Claim,
    Confirmation,
    Initiative,
    Invitation,
    Mail,
    Registration,
    Report,
    ReviewEvent,
    Translation,
)
from initiatives.models.addresses import refusal_token
from initiatives.models.bulk import BulkDeed, Upload
from initiatives.models.bulk.deeds import BulkState
from initiatives.models.bulk.uploads import UploadState
from initiatives.models.choices import ReviewState
from initiatives.models.claims import ClaimState
from initiatives.models.invitations import InvitationState
from initiatives.models.merging import merge
from initiatives.models.reports import ReportState
from tests import people
from tests.permissions.matrix import ROLES

type Thing = Any

# Freshly signed in for as long as the tests last, on a slow machine too.
LATER = time.time() + 60 * 60


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done meanwhile is undone, so that the next finds the same."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class World:
    """Alice keeps listings of Ghent, Carla claims them, Olga curates them; Bruno and Leo have theirs in Lille."""

    def __init__(self) -> None:
        people.domain("food")
        people.licence("MIT")
        people.steward("Bruno", of=people.initiative(name="Bruno’s workshop", city=people.city("Lille"), tags=["wood"]))
        self.alice, self.carla, self.olga = people.person("Alice"), people.person("Carla"), people.officer("Olga")
        self.people = {
            "signed-in nobody": people.person("Stan"),
            "steward": self.alice,
            "steward of another": people.person("Bruno"),
            "claimant": self.carla,
            "broker": people.broker(),
            "officer here": self.olga,
            "officer elsewhere": people.officer("Leo", of="Lille"),
            "administrator": people.administrator(),
        }
        self._browsers = {
            role: people.signed_in(self.people[role], at=LATER) if role in self.people else Client() for role in ROLES
        }
        self._cookies = {role: browser.cookies.output(header="", sep=";") for role, browser in self._browsers.items()}

    def browser(self, role: str) -> Client:
        """Signed in as at first, whatever was done with it before."""
        browser = self._browsers[role]
        browser.cookies.clear()
        browser.cookies.load(self._cookies[role])
        return browser

    # Listings, and what hangs on them.

    def listing(self, state: str = "published") -> Initiative:
        listing = people.initiative(name=f"The garden that is {state}", domains=["food"], wants=["A shed"])
        other = people.initiative(name="The garden that stayed") if state == "merged" else None
        Initiative.objects.with_keys([listing.pk]).update(review_state=state, merged_into=other)
        people.steward("Alice", of=listing)
        people.steward("Dora", of=listing)
        Claim.objects.create(initiative=listing, by=self.carla, evidence="I dig there.")
        return Initiative.objects.get(pk=listing.pk)

    def need(self, state: str = "published") -> Thing:
        listing = self.listing(state)
        return SimpleNamespace(public_id=listing.public_id, exchange_id=listing.exchanges.get().public_id)

    def translation(self, state: str = "published") -> Thing:
        listing = self.listing(state)
        Translation.objects.create(initiative=listing, language="fr", mission="Un jardin")
        return SimpleNamespace(public_id=listing.public_id, language="fr")

    def stewardship(self, state: str = "published") -> Thing:
        return SimpleNamespace(public_id=self.listing(state).public_id, person=people.person("Dora").pk)

    def group(self, reach: str = "here") -> Thing:
        """In Ghent alone, or in Lille too, or in Lille and Turin."""
        one = people.initiative(city=people.city("Lille")) if reach == "elsewhere" else self.listing()
        other = people.initiative(city=people.city(GROUP_REACHES[reach]))
        group = people.group(one, other)
        return SimpleNamespace(
            public_id=group.public_id, listing=one.public_id, one=one.public_id, other=other.public_id
        )

    # What people ask of each other.

    def claim(self, state: str = "pending") -> Claim:
        listing = people.initiative(name="The garden that is claimed")
        decided = {} if state == "pending" else {"decided_by": self.olga, "decided_at": timezone.now()}
        if state == "approved":
            people.steward("Carla", of=listing)
        return Claim.objects.create(initiative=listing, by=self.carla, evidence="I dig there.", state=state, **decided)

    def invitation(self, state: str = "open") -> Thing:
        listing = self.listing()
        answered = {} if state == "open" else {"answered_at": timezone.now()}
        row = Invitation.objects.create(
            initiative=listing, email="erik@example.org", kind="invite", by=self.alice, state=state, **answered
        )
        return SimpleNamespace(public_id=listing.public_id, key=row.pk, token=row.token)

    def report(self, state: str = "open") -> Report:
        decided = {} if state == "open" else {"decided_by": self.olga, "decided_at": timezone.now()}
        return Report.objects.create(
            initiative=self.listing(), kind="gone", words="The gate is shut.", state=state, **decided
        )

    def change(self, state: str = "unseen") -> Change:
        seen = {"seen_by": self.olga, "seen_at": timezone.now()} if state == "seen" else {}
        changed = {"was": {"name": "Garden"}, "became": {"name": "The garden that is published"}}
        return Change.objects.create(initiative=self.listing(), by=self.alice, is_marked=True, **changed, **seen)

    def decision(self, state: str = "fresh") -> ReviewEvent:
        """Olga's; it can be undone for half a minute, by her."""
        listing = self.listing("submitted")
        listing.publish(by=self.olga)
        if state == "old":
            ReviewEvent.objects.update(at=timezone.now() - timedelta(minutes=1))
        return listing.review_events.get()

    def pair(self, reach: str = "here") -> Thing:
        """Both in Ghent, or one of them in Lille; the one of Ghent may not be public yet."""
        one = self.listing("submitted" if reach == "across_hidden" else "published")
        city = people.city("Ghent" if reach == "here" else "Lille")
        other = people.initiative(name="The garden that is published too", city=city)
        return SimpleNamespace(one=one.public_id, other=other.public_id, listings=(one, other))

    def merge(self, state: str = "in_force") -> Thing:
        """Of two listings of Ghent by Olga; what is only proposed or was refused is of Ghent and Lille."""
        across = state in ("proposed", "refused")
        deed = merge(*self.pair("across" if across else "here").listings, by=self.olga, reason="One garden")
        if state == "refused":
            deed.refuse(by=self.people["officer elsewhere"], reason="Two gardens")
        if state == "undone":
            deed.undo(by=self.olga)
        return deed

    # What is reached by a link that was mailed.

    def registration(self, state: str = "open") -> Thing:
        row = Registration.objects.create(email="frieda@example.org", answers={"name": {"name": ["The well"]}})
        if state != "open":
            listing = people.initiative(name="The well", review_state="draft", contact=row.email)
            confirmed = {"confirmed_at": timezone.now()} if state == "confirmed" else {}
            Registration.objects.filter(pk=row.pk).update(initiative=listing, sent_at=timezone.now(), **confirmed)
            row = Registration.objects.get(pk=row.pk)
        return SimpleNamespace(token=row.mailed_token, step="place")

    def submission(self, state: str = "submitted") -> Thing:
        listing = self.listing(state)
        return SimpleNamespace(token=listing.status_path(self.alice).strip("/").split("/")[-1])

    def confirmation(self, state: str = "open") -> Thing:
        answered = {} if state == "open" else {"answer": "right", "answered_at": timezone.now()}
        row = Confirmation.objects.create(initiative=self.listing(), **answered)
        return SimpleNamespace(token=Confirmation.objects.token(self.alice, [row]))

    def refusal(self, _state: str = "any") -> Thing:
        return SimpleNamespace(token=refusal_token("gina@example.org"))

    # Of the machine room.

    def mail(self, state: str = "failed") -> Thing:
        row = Mail.objects.create(key=f"about:{state}", kind="claim-approved", to="hans@example.org", state=state)
        return SimpleNamespace(key=row.pk)

    def bulk(self, state: str = "prepared") -> BulkDeed:
        return BulkDeed.objects.create(kind="tag", value="wood", state=state, chosen=1, by=self.olga)

    def upload(self, state: str = "checked") -> Upload:
        rows = {"row_count": 1, "content": "name,city\nWell,Ghent\n"}
        city, by = people.city("Ghent"), self.olga
        return Upload.objects.create(city=city, by=by, name="Wells", data_licence="CC0-1.0", state=state, **rows)

    def appointment(self, _state: str = "any") -> Thing:
        return SimpleNamespace(key=self.olga.appointments.get().pk)

    def session(self, _state: str = "any") -> Thing:
        """One that belongs to nobody of them."""
        return SimpleNamespace(key=0)

    def person(self, _state: str = "any") -> Thing:
        return SimpleNamespace(key=people.person("Stan").pk)


@dataclass(frozen=True, slots=True)
class Kind:
    make: Callable[[World, str], Thing]
    states: Sequence[str]


REVIEWED = tuple(ReviewState.values)
# The city of the second member.
GROUP_REACHES = {"here": "Ghent", "across": "Lille", "elsewhere": "Turin"}
KINDS = {
    "": Kind(lambda _world, _state: None, ("any",)),
    "listing": Kind(World.listing, REVIEWED),
    "need": Kind(World.need, REVIEWED),
    "translation": Kind(World.translation, REVIEWED),
    "stewardship": Kind(World.stewardship, REVIEWED),
    "group": Kind(World.group, tuple(GROUP_REACHES)),
    "claim": Kind(World.claim, tuple(ClaimState.values)),
    "invitation": Kind(World.invitation, tuple(InvitationState.values)),
    "report": Kind(World.report, tuple(ReportState.values)),
    "change": Kind(World.change, ("unseen", "seen")),
    "decision": Kind(World.decision, ("fresh", "old")),
    "pair": Kind(World.pair, ("here", "across", "across_hidden")),
    "merge": Kind(World.merge, ("proposed", "in_force", "refused", "undone")),
    "registration": Kind(World.registration, ("open", "sent", "confirmed")),
    "submission": Kind(World.submission, REVIEWED),
    "confirmation": Kind(World.confirmation, ("open", "answered")),
    "refusal": Kind(World.refusal, ("any",)),
    "mail": Kind(World.mail, ("failed", "sent")),
    "bulk": Kind(World.bulk, tuple(BulkState.values)),
    "upload": Kind(World.upload, tuple(UploadState.values)),
    "appointment": Kind(World.appointment, ("any",)),
    "session": Kind(World.session, ("any",)),
    "person": Kind(World.person, ("any",)),
}
