"""What a run did to the groups is written down with what it did, for people to read."""

import pytest
from django.db import DatabaseError, transaction

from initiatives.models import Group, GroupEvent, Initiative, OverlapRun
from tests import people
from tests.tasks.found import listings, ran, run

pytestmark = pytest.mark.django_db


def events(*groups: Group) -> list[tuple[str, dict]]:
    return list(GroupEvent.objects.of(groups).order_by("pk").values_list("kind", "evidence"))


def last(group: Group, of: OverlapRun) -> list[tuple[str, dict]]:
    return list(of.events.of([group]).order_by("pk").values_list("kind", "evidence"))


class ComputedTests:
    def test_a_group_is_found_and_grows_and_shrinks(self) -> None:
        one, two, three, four, five = listings(5)
        (group,) = run([one, two, three])
        ran([one, two, three, four, five])
        ran([one, two, three, four])
        told = [("formed", {"count": 3}), ("grew", {"count": 2}), ("shrank", {"count": 1})]
        assert events(group) == told

    def test_a_run_that_changes_nothing_tells_nothing(self) -> None:
        members = listings(3)
        (group,) = run(members)
        assert last(group, ran(members)) == []

    def test_who_left_the_directory_left_the_group(self) -> None:
        one, two, three, four = listings(4)
        (group,) = run([one, two, three, four])
        four.withdraw()
        assert last(group, ran([one, two, three])) == [("shrank", {"count": 1})]

    def test_a_group_that_took_over_another_says_how_many_came_with_it(self) -> None:
        some, others, new = listings(4), listings(3), people.initiative()
        large, small = run(some, others)
        of = ran([*some, *others, new])
        assert last(large, of) == [("took_over", {"group": small.public_id, "count": 3}), ("grew", {"count": 1})]
        assert last(small, of) == [("merged_into", {"group": large.public_id})]

    def test_a_group_that_was_split_says_into_what(self) -> None:
        some, others, new = listings(4), listings(3), people.initiative()
        (old,) = run([*some, *others])
        of = ran(some, [*others, new])
        (born,) = Group.objects.exclude(pk=old.pk)
        assert last(old, of) == [("split_into", {"group": born.public_id, "count": 3})]
        assert last(born, of) == [("split_from", {"group": old.public_id, "count": 4})]

    def test_one_made_of_bits_of_others_is_simply_found(self) -> None:
        some, others, more = listings(4), listings(4), listings(3)
        run(some, others)
        ran(some[:3], others[:3], [some[3], others[3], *more])
        (born,) = Group.objects.order_by("-pk")[:1]
        assert events(born) == [("formed", {"count": 5})]

    def test_one_that_dissolves_says_so_once_and_again_when_it_returns(self) -> None:
        members, others = listings(3), listings(3)
        (group,) = run(members)
        for _ in range(3):
            ran(others)
        ran(members, others)
        assert events(group) == [("formed", {"count": 3}), ("dissolved", {}), ("returned", {"count": 3})]

    def test_so_does_one_whose_members_all_withdrew(self) -> None:
        members, others = listings(3), listings(3)
        (group,) = run(members)
        for member in members:
            member.withdraw()
        for _ in range(2):
            ran(others)
        assert events(group) == [("formed", {"count": 3}), ("dissolved", {})]

    def test_what_a_person_did_is_not_told_again_by_the_run(self) -> None:
        one, two, three, shed = *listings(3), people.initiative(name="Shed")
        (group,) = run([one, two, three])
        olga = people.person("Olga")
        group.pin(shed, by=olga)
        group.bar(one, by=olga)
        assert last(group, ran([one, two, three])) == []

    def test_a_group_split_by_hand_is_not_split_again(self) -> None:
        members = listings(5)
        (old,) = run(members)
        new = old.split(members[:2], by=people.person("Olga"))
        of = ran(members)
        assert (last(old, of), last(new, of)) == ([], [])

    def test_runs_and_people_go_and_what_happened_stays(self) -> None:
        (group,) = run(listings(3))
        group.name({"en": "Gardens"}, by=people.person("Olga"))
        people.person("Olga").delete()
        OverlapRun.objects.all().delete()
        assert list(group.events.values_list("kind", "by", "run")) == [("formed", None, None), ("named", None, None)]


class OnlyAddedTests:
    @pytest.mark.parametrize("values", [{"kind": "grew"}, {"evidence": {}}, {"at": "2020-01-01T00:00:00Z"}])
    def test_nothing_is_changed_afterwards(self, values: dict) -> None:
        (group,) = run(listings(3))
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            group.events.update(**values)

    def test_nor_who_did_it_told_to_be_another(self) -> None:
        group = people.group()
        group.name({"en": "Gardens"}, by=people.person("Olga"))
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            group.events.update(by=people.person("Leo"))

    def test_nor_deleted(self) -> None:
        (group,) = run(listings(3))
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            group.events.all().delete()
        assert Initiative.objects.count() == 3
