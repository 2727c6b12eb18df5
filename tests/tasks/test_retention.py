"""What is forgotten by itself, when it is old enough, and not before."""

import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from initiatives.models import (
    Claim,
    HistoryEvent,
    Initiative,
    Invitation,
    Mail,
    MailAddress,
    OneTimeKey,
    Outbox,
    Registration,
    Report,
)
from initiatives.tasks.retention import RULES, forget_all
from tests import people

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


class DraftTests:
    def test_of_forms_that_were_never_sent_go_after_a_month(self) -> None:
        Registration.objects.create(email="alice@example.org", changed_at=ago(31))
        kept = Registration.objects.create(email="bruno@example.org", changed_at=ago(29))
        assert forget_all()["drafts never sent or confirmed"] == 1
        assert Registration.objects.get() == kept

    def test_whose_address_was_never_confirmed_go_with_their_listing_and_its_history(self) -> None:
        listing = people.initiative(review_state="draft")
        Registration.objects.create(email="alice@example.org", changed_at=ago(31), sent_at=ago(31), initiative=listing)
        forget_all()
        assert not Initiative.objects.exists()
        assert not Registration.objects.exists()
        assert not HistoryEvent.objects.filter(listing=listing.pk).exists()

    def test_that_were_confirmed_lose_answers_and_address(self) -> None:
        said = {"email": "alice@example.org", "answers": {"name": "x"}, "changed_at": ago(91), "sent_at": ago(91)}
        listing = people.initiative()
        Registration.objects.create(**said, confirmed_at=ago(91), initiative=listing)
        forget_all()
        assert [(each.email, each.answers) for each in Registration.objects.all()] == [("", {})]
        assert Initiative.objects.get() == listing


class WithdrawnTests:
    def test_before_anybody_published_them_go(self) -> None:
        unseen = people.initiative(review_state="submitted")
        seen = people.initiative(review_state="submitted")
        seen.publish(by=people.officer())
        for listing in (unseen, seen):
            listing.withdraw(reason="A slip.")
        Initiative.objects.update(review_since=ago(91))
        assert forget_all()["listings withdrawn before they were published"] == 1
        assert Initiative.objects.get() == seen


class DecidedTests:
    def test_reports_and_claims_lose_what_people_wrote(self) -> None:
        listing, stan = people.initiative(), people.person("Stan")
        for number, days in enumerate((91, 89)):
            said = {"decided_at": ago(days), "reason": "Thank you."}
            listing.reports.create(kind="wrong", words="I am Stan.", email="s@example.org", state="resolved", **said)
            listing.claims.create(by=stan, evidence="I am Stan.", state=("denied", "approved")[number], **said)
        listing.reports.create(kind="wrong", words="Waits.", email="s@example.org", at=ago(400))
        forget_all()
        assert [(each.words, each.email) for each in Report.objects.order_by("pk")] == [
            ("", ""),
            ("I am Stan.", "s@example.org"),
            ("Waits.", "s@example.org"),
        ]
        assert [each.evidence for each in Claim.objects.order_by("pk")] == ["", "I am Stan."]

    def test_invitations_go(self) -> None:
        listing, alice = people.initiative(), people.person("Alice")
        for number, days in enumerate((91, 89)):
            Invitation.objects.create(
                initiative=listing, by=alice, email=f"s{number}@example.org", kind="invite", at=ago(days)
            )
        forget_all()
        assert [each.email for each in Invitation.objects.all()] == ["s1@example.org"]


class MailTests:
    def test_lose_address_and_content_and_stay_once(self) -> None:
        for key, days in (("old", 31), ("new", 29)):
            Mail.objects.post("hello", to="s@example.org", key=key, context={"name": "Stan"})
            Mail.objects.filter(key=key).update(state="sent", created_at=ago(days))
        forget_all()
        assert [(each.key, each.to, each.context) for each in Mail.objects.order_by("pk")] == [
            ("old", "", {}),
            ("new", "s@example.org", {"name": "Stan"}),
        ]

    def test_that_open_an_account_do_so_sooner(self) -> None:
        for kind in ("sign-in-code", "hello"):
            Mail.objects.post(kind, to="s@example.org", key=kind, context={"code": "K7Q2"})
        Mail.objects.update(state="sent", created_at=NOW - timedelta(hours=2))
        assert forget_all()["codes that were mailed"] == 1
        assert [(each.key, each.context) for each in Mail.objects.exclude(to="")] == [("hello", {"code": "K7Q2"})]

    def test_strangers_who_never_answered_are_no_longer_known(self) -> None:
        MailAddress.objects.create(digest="silent", last_mail_at=ago(366))
        MailAddress.objects.create(digest="refused", last_mail_at=ago(366), refused_at=ago(366))
        MailAddress.objects.create(digest="recent", last_mail_at=ago(300))
        forget_all()
        assert {each.digest for each in MailAddress.objects.all()} == {"refused", "recent"}


class TechnicalTests:
    def test_keys_sessions_and_done_outbox_rows_go(self) -> None:
        OneTimeKey.objects.create(key="old", at=ago(8))
        OneTimeKey.objects.create(key="new")
        Session.objects.create(session_key="old", session_data="x", expire_date=ago(1))
        Session.objects.create(session_key="new", session_data="x", expire_date=ago(-1))
        for key in ("old", "new"):
            UserSession.objects.create(
                user=people.person("Alice"), session_key=key, ip="192.0.2.1", user_agent="x", data={}
            )
        Outbox.objects.create(kind="overlap", payload={}, done_at=ago(31))
        Outbox.objects.create(kind="overlap", payload={})
        forget_all()
        assert [each.key for each in OneTimeKey.objects.all()] == ["new"]
        assert [each.session_key for each in Session.objects.all()] == ["new"]
        assert [each.session_key for each in UserSession.objects.all()] == ["new"]
        assert [each.done_at for each in Outbox.objects.all()] == [None]


class CommandTests:
    def test_a_dry_run_counts_and_forgets_nothing(self) -> None:
        Registration.objects.create(email="alice@example.org", changed_at=ago(31))
        out = StringIO()
        call_command("retention", "--dry-run", "--json", stdout=out)
        assert json.loads(out.getvalue())["drafts never sent or confirmed"] == 1
        assert Registration.objects.count() == 1

    def test_is_told_as_a_table(self) -> None:
        out = StringIO()
        call_command("retention", stdout=out)
        assert len(out.getvalue().splitlines()) == len(RULES)


class DocumentationTests:
    def test_operators_read_every_period(self) -> None:
        text = (settings.BASE_DIR / "docs" / "operating.md").read_text(encoding="utf-8")
        told = [f"| {rule.what} | {rule.period} |" for rule in RULES]
        assert [line for line in told if line not in text] == []
