"""A year passes: who is asked, when, and how often."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from initiatives.models import Confirmation, Initiative, Mail
from initiatives.tasks.confirming import ask_for_confirmation
from tests import people

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)
MONTH = timedelta(days=30)


def garden(name: str = "Tuin", *, by: str = "Alice", **values: object) -> Initiative:
    listing = people.initiative(name=name, **values)
    people.steward(by, of=listing)
    return listing


def later(**past: int) -> datetime:
    return timezone.now() + timedelta(**past)


def counts(now: datetime) -> tuple[int, ...]:
    return tuple(ask_for_confirmation(now=now).counts.values())


class AskTests:
    def test_nobody_within_a_year(self) -> None:
        garden()
        assert counts(later(days=364)) == (0, 0, 0, 0)

    def test_after_a_year_then_after_thirty_days_then_the_officer(self) -> None:
        listing, start = garden(), later(days=366)
        assert [
            counts(start + passed) for passed in (MONTH * 0, MONTH * 0, MONTH / 2, MONTH, MONTH * 2, MONTH * 3)
        ] == [
            (1, 0, 0, 1),
            (0, 0, 0, 0),
            (0, 0, 0, 0),
            (0, 1, 0, 1),
            (0, 0, 1, 0),
            (0, 0, 0, 0),
        ]
        assert [each.initiative for each in Confirmation.objects.on_desk()] == [listing]
        assert list(Mail.objects.values_list("context__is_again", flat=True)) == [False, True]

    def test_an_answer_gives_a_year_of_quiet(self) -> None:
        listing, start = garden(), later(days=366)
        counts(start)
        listing.confirm(by=people.person("Alice"), now=start + MONTH / 2)
        assert [counts(start + passed)[0] for passed in (MONTH, MONTH * 12, YEAR + MONTH)] == [0, 0, 1]

    def test_several_listings_of_one_steward_are_one_mail(self) -> None:
        garden("Tuin")
        garden("Bos")
        garden("Hof", by="Bruno")
        assert counts(later(days=366)) == (3, 0, 0, 2)
        mail = Mail.objects.get(to="alice@example.org")
        assert [row["name"] for row in mail.context["listings"]] == ["Tuin", "Bos"]

    def test_every_steward_of_a_listing_is_asked(self) -> None:
        people.steward("Bruno", of=garden())
        assert counts(later(days=366)) == (1, 0, 0, 2)

    @pytest.mark.parametrize(
        "values",
        [{"review_state": "withdrawn"}, {"status": "completed"}, {"status": "cancelled"}, {"listing_kind": "platform"}],
    )
    def test_nobody_asks_about_what_is_hidden_or_has_ended(self, values: dict[str, str]) -> None:
        garden(**values)
        assert counts(later(days=800)) == (0, 0, 0, 0)

    def test_one_without_steward_gets_no_mail(self) -> None:
        people.initiative()
        assert counts(later(days=800)) == (0, 0, 0, 0)

    def test_one_whose_last_steward_left_meanwhile_goes_to_the_desk(self) -> None:
        listing, start = garden(), later(days=366)
        counts(start)
        listing.stewardships.all().delete()
        assert counts(start + MONTH / 3) == (0, 0, 1, 0)

    def test_a_day_has_its_bound(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("initiatives.tasks.confirming.MOST_ASKED", 2)
        for name in ("Tuin", "Bos", "Hof"):
            garden(name)
        assert [counts(later(days=366)), counts(later(days=367))] == [(2, 0, 0, 1), (1, 0, 0, 1)]


class CommandTests:
    def test_a_dry_run_counts_and_writes_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        listing = garden()
        Initiative.objects.filter(pk=listing.pk).update(confirmed_on="2001-01-01")
        call_command("ask_for_confirmation", "--dry-run", "--json")
        assert capsys.readouterr().out == '{"first": 1, "again": 0, "on_desk": 0, "mails": 1}\n'
        assert (Confirmation.objects.count(), Mail.objects.count()) == (0, 0)
        call_command("ask_for_confirmation")
        first, *others = capsys.readouterr().out.splitlines()
        assert (first.split(), len(others)) == (["1", "asked", "for", "the", "first", "time"], 3)
        assert Mail.objects.count() == 1
