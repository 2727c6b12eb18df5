"""What people decided about places in groups outlives every run, also one that knows nothing of it."""

import pytest

from initiatives.models import Group, Initiative, Membership, Placement, User
from initiatives.overlap.values import Bar, Pin
from initiatives.tasks.placements import bars, pins
from tests import people
from tests.curation import homes
from tests.tasks.found import listings, ran, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> User:
    return people.person("Olga")


def names(of: list[Initiative]) -> set[str]:
    return {each.name for each in of}


class PinnedTests:
    def test_no_run_moves_it(self, olga: User) -> None:
        some, others, shed = listings(3), listings(3), people.initiative(name="Shed")
        first, second = run(some, [*others, shed])
        first.pin(shed, by=olga)
        for _ in range(2):
            ran(some, [*others, shed])
        assert ("Shed" in homes(first), "Shed" in homes(second)) == (True, False)

    def test_found_close_to_its_group_it_is_a_main_member_with_what_it_shares(self, olga: User) -> None:
        some, others, shed = listings(3), listings(3), people.initiative(name="Shed")
        first, _second = run(some, [*others, shed])
        first.pin(shed, by=olga)
        ran(some, [*others, shed], also={0: [shed]})
        row = Membership.objects.of([shed]).get()
        assert (row.group, row.role) == (first, "main")
        assert [each["kind"] for each in row.reasons] == ["shared_words", "pinned"]

    def test_its_group_stays_though_nothing_else_of_it_is_found(self, olga: User) -> None:
        some, others = listings(3), listings(4)
        first, _second = run(some, others)
        for listing in some[:2]:
            first.pin(listing, by=olga)
        ran([*some, *others])
        first.refresh_from_db()
        assert (first.moved_to, homes(first)) == (None, names(some[:2]))
        assert first.label["words"] == {"en": ["garden"]}

    def test_pinned_again_elsewhere_it_takes_the_rest_of_its_group_nowhere(self, olga: User) -> None:
        some, others = listings(3), listings(3)
        first, second = run(some, others)
        second.pin(some[0], by=olga)
        ran(some, others)
        assert (homes(first), homes(second)) == (names(some[1:]), names([*others, some[0]]))

    def test_hidden_it_waits_and_comes_back_to_where_it_was_put(self, olga: User) -> None:
        some, others, shed = listings(3), listings(3), people.initiative(name="Shed")
        first, _second = run(some, [*others, shed])
        first.pin(shed, by=olga)
        shed.withdraw()
        ran(some, others)
        assert (pins(), "Shed" in homes(first)) == ([], False)
        shed.submit()
        shed.publish()
        ran(some, [*others, shed])
        assert "Shed" in homes(first)

    def test_the_engine_is_told(self, olga: User) -> None:
        one, two, three = listings(3)
        (group,) = run([one, two, three])
        group.pin(one, by=olga)
        group.bar(two, by=olga)
        assert pins() == [Pin(listing=one.pk, group=group.public_id)]
        assert bars() == [Bar(listing=two.pk, group=group.public_id)]


class BarredTests:
    @pytest.mark.parametrize("role", ["main", "also"])
    def test_no_run_brings_it_back(self, role: str, olga: User) -> None:
        some, others, shed = listings(3), listings(3), people.initiative(name="Shed")
        first, _second = run(some, [*others, shed])
        first.bar(shed, by=olga)
        if role == "main":
            ran([*some, shed], others)
        else:
            ran(some, [*others, shed], also={0: [shed]})
        assert not first.memberships.of([shed]).exists()

    def test_others_of_the_group_stay(self, olga: User) -> None:
        one, two, three = listings(3)
        (group,) = run([one, two, three])
        group.bar(one, by=olga)
        ran([one, two, three])
        assert homes(group) == {two.name, three.name}


class MovedTests:
    def test_they_follow_where_a_group_goes(self, olga: User) -> None:
        some, others, shed, shop = listings(4), listings(3), people.initiative(), people.initiative()
        large, small = run(some, others)
        small.bar(shop, by=olga)
        shed.withdraw()
        small.placements.create(initiative=shed, kind="pinned", by=olga, event=small.events.first())
        ran([*some, *others, shop])
        small.refresh_from_db()
        assert small.moved_to == large
        assert set(Placement.objects.values_list("initiative", "kind", "group")) == {
            (shop.pk, "barred", large.pk),
            (shed.pk, "pinned", large.pk),
        }
        ran([*some, *others, shop])
        assert not large.memberships.of([shop]).exists()

    def test_and_on_from_there(self, olga: User) -> None:
        groups, shop = [listings(9), listings(4), listings(3)], people.initiative()
        first, second, third = run(*groups)
        third.bar(shop, by=olga)
        ran(groups[0], [*groups[1], *groups[2]])
        assert bars() == [Bar(listing=shop.pk, group=second.public_id)]
        ran([*groups[0], *groups[1], *groups[2]])
        assert bars() == [Bar(listing=shop.pk, group=first.public_id)]
        assert Group.objects.get(pk=third.pk).standing == first

    @pytest.mark.parametrize("later", ["pinned", "barred"])
    def test_where_the_groups_say_different_things_the_last_word_holds(self, later: str, olga: User) -> None:
        some, others, shed = listings(4), listings(3), people.initiative()
        large, small = run(some, others)
        deeds = [lambda: large.pin(shed, by=olga), lambda: small.bar(shed, by=olga)]
        for deed in deeds if later == "barred" else reversed(deeds):
            deed()
        ran([*some, *others])
        assert list(Placement.objects.values_list("group", "kind")) == [(large.pk, later)]


class SplitTests:
    def test_no_run_puts_together_what_a_person_parted(self, olga: User) -> None:
        members = listings(7)
        (old,) = run(members)
        new = old.split(members[:3], by=olga)
        for _ in range(3):
            ran(members)
        assert (homes(old), homes(new)) == (names(members[3:]), names(members[:3]))

    def test_the_others_may_go_elsewhere_but_not_there(self, olga: User) -> None:
        members, others = listings(6), listings(4)
        old, other = run(members, others)
        new = old.split(members[:3], by=olga)
        ran(members[:5], [*others, members[5]])
        assert members[5].name in homes(other)
        assert homes(new) == names(members[:3])
