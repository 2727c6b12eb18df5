"""Whether a listing is still right: what people answer, and what its page says when nobody does."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from initiatives.models import Confirmation, IllegalMove, Initiative
from tests import people

pytestmark = pytest.mark.django_db


def asked(**values: object) -> Confirmation:
    listing = people.initiative(name="Tuin", **{"founded_year": 2001, "founded_precision": "exact"} | values)
    people.steward(of=listing)
    return Confirmation.objects.create(initiative=listing)


def fresh(confirmation: Confirmation) -> Confirmation:
    return Confirmation.objects.select_related("initiative").get(pk=confirmation.pk)


class ConfirmTests:
    def test_it_says_when_and_by_whom_and_answers_the_question(self) -> None:
        confirmation, alice = asked(), people.person("Alice")
        confirmation.initiative.confirm(by=alice)
        found = fresh(confirmation)
        assert (found.answer, found.answered_by, found.initiative.confirmed_by) == ("right", alice, alice)
        assert found.initiative.confirmed_on == timezone.now().date()

    def test_an_edit_answers_it_too(self) -> None:
        confirmation = asked()
        confirmation.initiative.edit(by=people.person("Alice"), version=1, values={"mission": "Samen."})
        assert fresh(confirmation).answer == "change"


class StopTests:
    def test_the_page_stays_and_says_since_when(self) -> None:
        confirmation = asked()
        confirmation.initiative.stop(by=people.person("Alice"))
        listing = fresh(confirmation).initiative
        assert (listing.status, listing.closed_year, listing.is_published) == ("cancelled", timezone.now().year, True)
        assert fresh(confirmation).answer == "stopped"

    def test_it_can_be_undone(self) -> None:
        confirmation, alice = asked(status="on_hold"), people.person("Alice")
        confirmation.initiative.stop(by=alice)
        fresh(confirmation).undo(by=alice)
        found = fresh(confirmation)
        assert (found.initiative.status, found.initiative.closed_year, found.answer) == ("on_hold", None, "right")

    def test_not_by_somebody_else_nor_the_day_after(self) -> None:
        confirmation, alice = asked(), people.person("Alice")
        people.steward("Bruno", of=confirmation.initiative)
        confirmation.initiative.stop(by=alice)
        with pytest.raises(IllegalMove, match="no longer be undone"):
            fresh(confirmation).undo(by=people.person("Bruno"))
        Confirmation.objects.update(answered_at=timezone.now() - timedelta(days=2))
        with pytest.raises(IllegalMove, match="no longer be undone"):
            fresh(confirmation).undo(by=alice)


class UnconfirmedTests:
    @pytest.mark.parametrize(("days", "is_said"), [(454, False), (456, True)])
    def test_it_is_said_after_a_year_and_three_times_thirty_days(self, days: int, is_said: bool) -> None:
        then = date.today() - timedelta(days=days)
        listing = people.initiative(confirmed_on=then)
        assert listing.unconfirmed_since == (then if is_said else None)

    def test_of_one_that_ended_nobody_asks(self) -> None:
        assert people.initiative(confirmed_on=date(2001, 1, 1), status="completed").unconfirmed_since is None


class TokenTests:
    def test_it_finds_what_was_asked_of_whom(self) -> None:
        confirmation, alice = asked(), people.person("Alice")
        person, found = Confirmation.objects.with_token(Confirmation.objects.token(alice, [confirmation]))
        assert (person, list(found)) == (alice, [confirmation])

    def test_not_what_they_keep_no_more_or_what_has_left_the_directory(self) -> None:
        kept, withdrawn, alice = asked(), asked(), people.person("Alice")
        token = Confirmation.objects.token(alice, [kept, withdrawn])
        kept.initiative.stewardships.all().delete()
        Initiative.objects.filter(pk=withdrawn.initiative_id).update(review_state="withdrawn")
        assert list(Confirmation.objects.with_token(token)[1]) == []

    def test_a_forged_one_finds_nothing(self) -> None:
        assert Confirmation.objects.with_token("x:y:z") is None
