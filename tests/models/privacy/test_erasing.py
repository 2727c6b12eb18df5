"""Somebody goes: nothing in the database tells of them any more, and what is public stays."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from psycopg import sql

from initiatives.models import (
    Appointment,
    Claim,
    HistoryEvent,
    IllegalDeed,
    Initiative,
    Mail,
    Registration,
    Report,
    ReviewEvent,
    Stewardship,
    User,
)
from initiatives.models.acting import acting
from initiatives.models.merging import merge
from initiatives.models.privacy import erase
from initiatives.models.privacy.erasing import left_alone_by
from tests import people

pytestmark = pytest.mark.django_db

EMAIL, NAME = "alice@example.org", "Alice Zandbergen"
CELLS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')
"""


def places_that_say(*words: str) -> Iterator[str]:
    """Every cell of the whole database, whatever type it has, as text."""
    with connection.cursor() as cursor:
        cursor.execute(CELLS)
        for table, column in cursor.fetchall():
            for word in words:
                asked = sql.SQL("SELECT 1 FROM {} WHERE {}::text ILIKE %s LIMIT 1")
                cursor.execute(asked.format(sql.Identifier(table), sql.Identifier(column)), [f"%{word}%"])
                if cursor.fetchone():
                    yield f"{table}.{column}"


@pytest.fixture
def alice() -> User:
    """She has done everything there is to do."""
    alice = User.objects.create_user(EMAIL, name=NAME)
    listing = people.initiative(contact=EMAIL, review_state="submitted")
    people.steward("Bruno", of=listing)
    Stewardship.objects.create(initiative=listing, person=alice, origin="registered")
    Appointment.objects.create(person=alice, role="officer", city=people.city())
    with acting(alice, role="officer", deed="publish"):
        listing.publish(by=alice)
    listing.claims.create(by=alice, evidence=f"I am {NAME}.", evidence_url=f"https://example.org/?{EMAIL}")
    listing.invitations.create(by=alice, email="stan@example.org", kind="invite")
    listing.invitations.create(by=people.person("Bruno"), email=EMAIL, kind="invite")
    listing.consents.create(person=alice, version="2026-11-01", language="en")
    listing.reports.create(kind="wrong", words=f"Yours, {NAME}", email=EMAIL.upper())
    Registration.objects.create(email=EMAIL, answers={"you": {"email": EMAIL}})
    Registration.objects.create(email=EMAIL, answers={"you": NAME}, initiative=listing, sent_at=listing.created_at)
    Mail.objects.post("hello", to=EMAIL, key="1", context={"name": NAME}, person=alice)
    Mail.objects.post("invitation", to="stan@example.org", key="2", context={"by": NAME})
    merge(people.initiative(), people.initiative(contact=EMAIL), by=people.administrator())
    Authenticator.objects.create(user=alice, type="totp", data={"secret": "x"})
    LogEntry.objects.log_actions(people.administrator().pk, [alice], CHANGE, change_message=f"Wrote to {EMAIL}")
    people.signed_in(alice)
    return User.objects.get(pk=alice.pk)


class EraseTests:
    def test_leaves_neither_name_nor_address_anywhere(self, alice: User) -> None:
        assert len(set(places_that_say(EMAIL, NAME))) > 8
        erase(alice)
        assert list(places_that_say(EMAIL, NAME)) == []

    def test_leaves_nobody_who_did_it(self, alice: User) -> None:
        key = alice.pk
        erase(alice)
        assert not HistoryEvent.objects.filter(actor=key).exists()
        assert not HistoryEvent.objects.filter(about=key).exists()
        assert ReviewEvent.objects.earliest("pk").by is None

    def test_keeps_the_listing_and_what_was_decided(self, alice: User) -> None:
        listing = Initiative.objects.earliest("pk")
        before = (listing.name, listing.mission, listing.review_state)
        erase(alice)
        listing.refresh_from_db()
        assert (listing.name, listing.mission, listing.review_state) == before
        assert HistoryEvent.objects.filter(role="officer", deed="publish", kind="reviewevent").count() == 1
        assert Report.objects.get().kind == "wrong"

    def test_touches_nobody_else(self, alice: User) -> None:
        other = people.initiative(contact="bruno@example.org")
        bruno = people.steward("Bruno", of=other)
        other.claims.create(by=bruno, evidence="I am on the board.")
        Mail.objects.post("hello", to=bruno.email, key="3", context={"name": "Bruno"}, person=bruno)
        people.signed_in(bruno)
        erase(alice)
        assert Initiative.objects.get(pk=other.pk).contact == "bruno@example.org"
        assert Claim.objects.get().by == bruno
        assert Mail.objects.get(key="3").context == {"name": "Bruno"}
        assert Session.objects.count() == 1

    def test_a_mail_of_the_same_deed_is_not_written_again(self, alice: User) -> None:
        erase(alice)
        again = Mail.objects.post("invitation", to="stan@example.org", key="2", context={"by": NAME})
        assert (again.state, again.to) == ("dropped", "")

    def test_is_refused_to_the_only_administrator(self) -> None:
        ada = people.administrator()
        with pytest.raises(IllegalDeed, match="only administrator"):
            erase(ada)
        people.administrator("Adam")
        erase(ada)
        assert not User.objects.filter(pk=ada.pk).exists()

    def test_listings_that_nobody_else_keeps_are_told_before(self, alice: User) -> None:
        alone = people.initiative()
        Stewardship.objects.create(initiative=alone, person=alice, origin="claimed")
        assert list(left_alone_by(alice)) == [alone]
