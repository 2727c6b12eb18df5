"""The daily mail of a desk."""

from datetime import UTC, date, datetime

import pytest

from initiatives.models import Mail, User
from initiatives.tasks.daily import do_daily
from initiatives.tasks.desk import write_daily_mails
from initiatives.tasks.worker import Worker
from tests import people
from tests.models.test_desk import reported, submitted

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


class DailyMailTests:
    def test_it_tells_what_waits_by_kind_and_what_waits_longest(self) -> None:
        olga = people.officer()
        submitted("Shed", days=5)
        submitted("Yard", days=2)
        reported(people.initiative(name="Garden"), days=1, kind="about_me")
        assert write_daily_mails(TODAY) == 1
        mail = Mail.objects.get()
        assert (mail.kind, mail.to) == ("desk-daily", olga.email)
        assert mail.context == {
            "total": 3,
            "lines": [{"count": 2, "kind": "New"}, {"count": 1, "kind": "Reports"}],
            "oldest": "Shed",
            "age": "for 5 days",
            "desk_path": "/desk/",
        }

    def test_it_is_written_in_the_officers_language(self) -> None:
        User.objects.filter(pk=people.officer().pk).update(language="nl")
        submitted("Shed", days=5)
        write_daily_mails(TODAY)
        context = Mail.objects.get().context
        assert (context["desk_path"], context["age"]) == ("/nl/desk/", "al 5 dagen")

    def test_where_nothing_waits_nobody_is_written_to(self) -> None:
        people.officer()
        people.officer("Leo", of="Lille")
        submitted("Shed")
        assert write_daily_mails(TODAY) == 1
        assert Mail.objects.get().to == "olga@example.org"

    def test_there_is_one_a_day_however_often_the_worker_starts(self) -> None:
        people.officer()
        submitted("Shed")
        for day in (TODAY, TODAY, date(2026, 11, 25)):
            do_daily(day)
        assert Mail.objects.count() == 2

    def test_it_leaves_at_six_in_the_morning_once_a_day(self) -> None:
        people.officer()
        submitted("Shed")
        worker = Worker()
        written = []
        for day, hour in ((24, 5), (24, 6), (24, 23), (25, 7)):
            worker.morning(datetime(2026, 11, day, hour, tzinfo=UTC))
            written.append(Mail.objects.filter(kind="desk-daily").count())
        assert written == [0, 1, 1, 2]

    def test_administrators_are_told_of_what_no_officer_keeps_alone(self) -> None:
        people.officer()
        people.administrator()
        submitted("of Ghent")
        write_daily_mails(TODAY)
        assert list(Mail.objects.values_list("to", flat=True)) == ["olga@example.org"]
        submitted("of nobody", city=None, geographic_scope="national")
        write_daily_mails(TODAY)
        assert Mail.objects.last().context["oldest"] == "of nobody"

    def test_whoever_is_no_officer_any_more_gets_none(self) -> None:
        people.officer().appointments.update(ended_at="2026-11-01T00:00Z")
        submitted("Shed")
        assert write_daily_mails(TODAY) == 0
