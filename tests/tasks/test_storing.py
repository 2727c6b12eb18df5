"""What is kept between computations: reading goes on where it was stopped, and a space serves as long as it fits."""

from collections.abc import Callable

import pytest

from initiatives.models import Initiative, OverlapSpace, OverlapTraits, OverlapVector, Pair
from initiatives.tasks import storing
from initiatives.tasks.overlaps import compute_overlaps
from tests import people
from tests.tasks.test_overlaps import neighbourhood

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _neighbourhood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "BATCH", 4)
    neighbourhood()


class Killed(Exception):
    pass


def killed_after(batches: int) -> Callable[[str, int, int], None]:
    def tell(stage: str, done: int, total: int) -> None:
        if stage == "read" and done >= batches * storing.BATCH:
            raise Killed

    return tell


def read_by_a_computation() -> int:
    """How many listings it reads."""
    totals = {0}
    compute_overlaps(progress=lambda stage, _, total: totals.add(total if stage == "read" else 0))
    return max(totals)


def published() -> int:
    return Initiative.objects.published().count()


class ReadingTests:
    def test_goes_on_where_it_was_killed(self) -> None:
        with pytest.raises(Killed):
            compute_overlaps(progress=killed_after(2))
        assert OverlapTraits.objects.count() == 8
        assert not Pair.objects.exists()
        assert read_by_a_computation() == published() - 8
        assert OverlapTraits.objects.count() == published()
        assert Pair.objects.exists()

    def test_is_done_once(self) -> None:
        compute_overlaps()
        assert read_by_a_computation() == 0

    def test_is_done_again_for_what_has_changed(self) -> None:
        compute_overlaps()
        changed = Initiative.objects.published()[0]
        Initiative.objects.filter(pk=changed.pk).update(mission="Samen zingen in de kerk.")
        assert read_by_a_computation() == 1

    def test_is_forgotten_of_who_is_hidden(self) -> None:
        compute_overlaps()
        hidden = Initiative.objects.published()[0]
        hidden.withdraw()
        compute_overlaps()
        assert not OverlapTraits.objects.filter(initiative=hidden).exists()

    def test_a_dry_run_keeps_nothing_of_it(self) -> None:
        compute_overlaps(dry_run=True)
        assert not OverlapTraits.objects.exists()
        assert not OverlapSpace.objects.exists()


class SpaceTests:
    def test_a_directory_without_listings_has_one_too(self) -> None:
        for each in Initiative.objects.published():
            each.withdraw()
        assert compute_overlaps().counts["listings"] == 0
        people.initiative(name="Zangkoor", mission="Samen zingen in de kerk.", language="nl")
        assert compute_overlaps().counts["listings"] == 1

    def test_serves_the_next_computation(self) -> None:
        compute_overlaps()
        first = OverlapSpace.objects.get(is_current=True)
        people.initiative(name="Zangkoor", mission="Samen zingen in de kerk.", language="nl")
        compute_overlaps()
        again = OverlapSpace.objects.get(is_current=True)
        assert (again.pk, again.version) == (first.pk, first.version)
        assert again.revision > first.revision
        assert OverlapVector.objects.filter(space=again).count() == published()

    def test_gives_way_to_a_new_one_when_the_directory_is_another(self) -> None:
        compute_overlaps()
        first = OverlapSpace.objects.get(is_current=True)
        for number in range(published()):
            people.initiative(name=f"Koor {number}", mission="Samen zingen in de kerk.", language="nl")
        compute_overlaps()
        now = OverlapSpace.objects.get()
        assert (now.is_current, now.version != first.version) == (True, True)
        assert set(OverlapVector.objects.values_list("space", flat=True)) == {now.pk}

    def test_the_old_one_serves_readers_until_the_new_is_whole(self) -> None:
        compute_overlaps()
        first = OverlapSpace.objects.get(is_current=True)
        for number in range(published()):
            people.initiative(name=f"Koor {number}", mission="Samen zingen in de kerk.", language="nl")

        def killed(stage: str, done: int, total: int) -> None:
            if stage == "neighbours":
                raise Killed

        with pytest.raises(Killed):
            compute_overlaps(progress=killed)
        assert OverlapSpace.objects.get(is_current=True) == first
        assert OverlapVector.objects.filter(space=first).count() == published() // 2
        assert OverlapSpace.objects.filter(is_current=False).count() == 1
