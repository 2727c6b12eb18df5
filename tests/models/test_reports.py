"""What readers report, and what becomes of it and of their address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.models import IllegalMove, Mail, Report
from tests import people

pytestmark = pytest.mark.django_db


def report(**values: object) -> Report:
    said = {"kind": "gone", "words": "The door is shut.", "email": "nora@example.org", "language": "nl"}
    return Report.objects.create(initiative=people.initiative(name="Shed"), **said | values)


class ResolveTests:
    def test_whoever_left_an_address_gets_the_answer_and_is_forgotten(self) -> None:
        told = report()
        told.resolve(by=people.officer(), words="It is marked as ended now.")
        told.refresh_from_db()
        assert (told.state, told.email, told.decided_by.name) == ("resolved", "", "Olga")
        mail = Mail.objects.get()
        assert (mail.kind, mail.to, mail.language) == ("report-resolved", "nora@example.org", "nl")
        assert mail.context["reason"] == "It is marked as ended now."
        assert mail.not_before > told.decided_at + timedelta(seconds=30)

    def test_without_an_address_nobody_is_written_to(self) -> None:
        report(email="").resolve(by=people.officer(), words="Done.")
        assert Mail.objects.count() == 0

    def test_it_says_something(self) -> None:
        with pytest.raises(IllegalMove, match="Write what you decided"):
            report().resolve(by=people.officer(), words=" ")

    def test_it_is_answered_once(self) -> None:
        told = report()
        told.dismiss(by=people.officer(), reason="It is open on Sundays.")
        with pytest.raises(IllegalMove, match="answered already"):
            told.resolve(by=people.officer(), words="Done.")


class ReopenTests:
    def test_it_waits_again_with_its_address_and_nobody_is_told(self) -> None:
        told, olga = report(), people.officer()
        told.dismiss(by=olga, reason="It is open on Sundays.")
        assert list(Report.objects.undoable_by(olga)) == [told]
        told.reopen(by=olga)
        told.refresh_from_db()
        assert (told.state, told.email, told.reason, told.decided_at) == ("open", "nora@example.org", "", None)
        assert Mail.objects.count() == 0
        told.resolve(by=olga, words="Closed after all.")
        assert Mail.objects.get().to == "nora@example.org"

    def test_after_thirty_seconds_it_stands(self) -> None:
        told, olga = report(), people.officer()
        told.dismiss(by=olga, reason="It is open on Sundays.")
        Report.objects.update(decided_at=timezone.now() - timedelta(seconds=31))
        with pytest.raises(IllegalMove, match="30 seconds"):
            told.reopen(by=olga)
        assert list(Report.objects.undoable_by(olga)) == []

    def test_it_is_for_whoever_decided(self) -> None:
        told = report()
        told.dismiss(by=people.officer(), reason="It is open on Sundays.")
        with pytest.raises(IllegalMove, match="your own"):
            told.reopen(by=people.officer("Otto"))
