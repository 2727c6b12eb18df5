"""One listing among the others, within seconds: joined, moved and gone without a computation of the whole."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from initiatives.models import (
    Group,
    GroupEvent,
    Initiative,
    Membership,
    Outbox,
    OverlapRun,
    OverlapTraits,
    OverlapVector,
    Pair,
)
from initiatives.models.finding import find_peers
from initiatives.overlap.values import Listing
from initiatives.tasks import worker
from initiatives.tasks.joining import join
from initiatives.tasks.overlaps import compute_overlaps
from initiatives.tasks.worker import MOST_JOINED, Worker
from tests import people
from tests.overlap.neighbourhood import TIME_BANKS
from tests.tasks.test_overlaps import neighbourhood

SAYS = "People give an hour of help and get an hour back; hours are counted instead of money."


@pytest.fixture(scope="class")
def _computed_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For all tests of a class: each writes inside it, in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        neighbourhood()
        compute_overlaps()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _computed(_computed_once: None, db: None) -> None:
    """The neighbourhood with its groups."""


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SETTLING", 0)


def time_bank(**told: str) -> Initiative:
    return people.initiative(**({"name": "Southmead Time Bank", "mission": SAYS, "language": "en"} | told))


def home_of(initiative: Initiative) -> Group:
    return Membership.objects.main().of([initiative]).select_related("group").get().group


def of_name(name: str) -> Initiative:
    return Initiative.objects.get(name=name)


@pytest.mark.usefixtures("_computed")
class JoinTests:
    def test_a_new_listing_is_in_the_group_of_its_peers(self) -> None:
        new = time_bank()
        join([new.pk])
        assert home_of(new) == home_of(of_name(TIME_BANKS[2].name))

    def test_it_has_peers_with_reasons_at_once(self) -> None:
        new = time_bank()
        join([new.pk])
        pairs = Pair.objects.of(new)
        assert {pair.other(new).name for pair in pairs} >= {TIME_BANKS[2].name}
        assert all(pair.reasons for pair in pairs)

    def test_the_group_tells_that_it_grew(self) -> None:
        new = time_bank()
        join([new.pk])
        event = GroupEvent.objects.newest_first()[0]
        assert (event.group, event.kind, event.evidence) == (home_of(new), "grew", {"count": 1})

    def test_nobody_else_moves(self) -> None:
        before = set(Membership.objects.values_list("initiative", "group"))
        join([time_bank().pk])
        assert before <= set(Membership.objects.values_list("initiative", "group"))

    def test_again_changes_nothing(self) -> None:
        new = time_bank()
        join([new.pk])
        once = list(Membership.objects.order_by("initiative").values("initiative", "group", "reasons"))
        join([new.pk])
        assert list(Membership.objects.order_by("initiative").values("initiative", "group", "reasons")) == once
        assert GroupEvent.objects.filter(kind="grew").count() == 1

    def test_the_next_whole_computation_finds_it_where_it_is(self) -> None:
        new = time_bank()
        join([new.pk])
        group = home_of(new)
        compute_overlaps()
        assert home_of(new) == group

    def test_who_does_something_else_now_leaves(self) -> None:
        new = time_bank()
        join([new.pk])
        Initiative.objects.filter(pk=new.pk).update(name="Zwemclub", mission="Baantjes trekken in de vijver.")
        join([new.pk])
        assert not Membership.objects.of([new]).exists()

    def test_who_is_hidden_leaves_nothing(self) -> None:
        new = time_bank()
        join([new.pk])
        new.withdraw()
        join([new.pk])
        for noun in (OverlapTraits, OverlapVector, Membership):
            assert not noun.objects.filter(initiative=new).exists()
        assert not Pair.objects.of(new).exists()

    def test_a_group_that_lost_one_is_told_anew(self) -> None:
        label = home_of(of_name("Repair Café Lombok")).label
        gone = of_name("Bedminster Fixers")
        gone.withdraw()
        emptied = home_of(of_name("Repair Café Lombok"))
        join([gone.pk])
        told = home_of(of_name("Repair Café Lombok"))
        assert emptied.label["words"] == {}
        assert told.label["words"]
        assert label["words"] != told.label["words"]


@pytest.mark.usefixtures("_computed")
class WorkerTests:
    def test_a_few_join_and_nothing_is_computed(self) -> None:
        Outbox.objects.all().delete()
        new = people.initiative(name="Southmead Time Bank", mission=SAYS, language="en", review_state="submitted")
        new.publish()
        assert Worker().work_once() == 1
        assert home_of(new) == home_of(of_name(TIME_BANKS[2].name))
        assert OverlapRun.objects.count() == 1

    def test_a_computation_answers_what_was_asked_before_it(self) -> None:
        time_bank().withdraw()
        compute_overlaps()
        assert not Outbox.objects.waiting().exists()

    def test_many_are_computed_together(self) -> None:
        Outbox.objects.all().delete()
        Outbox.objects.put("overlap", [{"initiatives": list(range(1, MOST_JOINED + 2))}])
        Worker().work_once()
        assert OverlapRun.objects.count() == 2


@pytest.mark.usefixtures("_computed")
class FindTests:
    def test_whoever_says_what_they_do_finds_their_peers(self) -> None:
        found = find_peers(Listing(key=0, name="", mission=SAYS, language="en"))
        assert {peer.initiative.name for peer in found} >= {TIME_BANKS[2].name}
        assert all(peer.reasons for peer in found)

    def test_nothing_is_kept_of_the_question(self) -> None:
        before = (OverlapTraits.objects.count(), OverlapVector.objects.count())
        find_peers(Listing(key=0, name="", mission=SAYS, language="en"))
        assert (OverlapTraits.objects.count(), OverlapVector.objects.count()) == before

    def test_the_hidden_are_not_found(self) -> None:
        of_name(TIME_BANKS[2].name).withdraw()
        found = find_peers(Listing(key=0, name="", mission=SAYS, language="en"))
        assert TIME_BANKS[2].name not in {peer.initiative.name for peer in found}

    @pytest.mark.parametrize("mission", ["", "a", "?!", "水", "\0", "x" * 50_000, "word " * 10_000])
    def test_whatever_is_asked_is_answered(self, mission: str) -> None:
        assert isinstance(find_peers(Listing(key=0, name="", mission=mission, language="xx")), list)


@pytest.mark.django_db
class EmptyTests:
    def test_before_the_first_computation_nobody_is_found_and_nobody_joins(self) -> None:
        new = time_bank()
        assert find_peers(Listing(key=0, name="", mission=SAYS, language="en")) == []
        assert join([new.pk]) == 0
