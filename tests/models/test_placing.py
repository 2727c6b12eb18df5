"""Pinning listings to a group and barring them from it: what a person decides holds, and can be undone."""

from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from initiatives.models import Group, GroupEvent, IllegalDeed, Membership, Placement, User
from initiatives.models.overlaps import MembershipRole
from tests import people
from tests.curation import asked_for, circle, homes, refusal, remembered, rows, the, told


@pytest.fixture
def olga(db: None) -> User:
    return people.person("Olga")


@pytest.fixture
def gardens(db: None) -> Group:
    return circle("Garden 1", "Garden 2", "Garden 3")


@pytest.fixture
def kitchens(db: None) -> Group:
    return circle("Kitchen 1", "Kitchen 2", "Kitchen 3")


def also(group: Group, name: str) -> None:
    values = {"role": MembershipRole.ALSO, "strength": 0.3, "reasons": [people.REASON]}
    Membership.objects.create(group=group, initiative=the(name), **values)


def a_run_has_been() -> None:
    Placement.objects.all().forget_what_was()


@pytest.mark.django_db
class PinTests:
    def test_it_is_a_main_member_here_and_nowhere_else(self, gardens: Group, kitchens: Group, olga: User) -> None:
        gardens.pin(the("Kitchen 1"), by=olga, reason="It grows what it cooks.")
        assert homes(gardens) == remembered(gardens) == {"Garden 1", "Garden 2", "Garden 3", "Kitchen 1"}
        assert homes(kitchens) == remembered(kitchens) == {"Kitchen 2", "Kitchen 3"}

    def test_it_is_told_and_the_worker_asked(self, gardens: Group, kitchens: Group, olga: User) -> None:
        gardens.pin(the("Kitchen 1"), by=olga, reason="It grows what it cooks.")
        assert told(gardens) == [("pinned", "Olga", "It grows what it cooks.")]
        assert (told(kitchens), asked_for()) == ([], {the("Kitchen 1").pk})

    def test_its_membership_says_that_a_person_put_it_there(self, gardens: Group, kitchens: Group, olga: User) -> None:
        gardens.pin(the("Kitchen 1"), by=olga)
        (reason,) = gardens.memberships.get(initiative=the("Kitchen 1")).reasons
        beside = {the(f"Garden {place}").pk for place in (1, 2, 3)}
        assert (reason["kind"], set(reason["evidence"]["with"])) == ("pinned", beside)

    def test_what_it_shared_before_stays_beside_that(self, gardens: Group, kitchens: Group, olga: User) -> None:
        also(gardens, "Kitchen 1")
        gardens.pin(the("Kitchen 1"), by=olga)
        row = gardens.memberships.get(initiative=the("Kitchen 1"))
        assert (row.role, row.strength, [each["kind"] for each in row.reasons]) == (
            "main",
            0.3,
            ["shared_words", "pinned"],
        )

    def test_undone_all_is_as_it_was(self, gardens: Group, kitchens: Group, olga: User) -> None:
        also(gardens, "Kitchen 1")
        before = rows()
        gardens.pin(the("Kitchen 1"), by=olga)
        assert rows() != before
        gardens.unpin(the("Kitchen 1"), by=olga)
        assert (rows(), Placement.objects.count()) == (before, 0)
        assert remembered(kitchens) == {"Kitchen 1", "Kitchen 2", "Kitchen 3"}
        pinned, unpinned = GroupEvent.objects.order_by("pk")
        assert (unpinned.kind, unpinned.undoes) == ("unpinned", pinned)

    def test_undone_after_a_run_only_what_the_run_found_stays(
        self, gardens: Group, kitchens: Group, olga: User
    ) -> None:
        also(gardens, "Kitchen 2")
        for name in ("Kitchen 1", "Kitchen 2"):
            gardens.pin(the(name), by=olga)
        a_run_has_been()
        for name in ("Kitchen 1", "Kitchen 2"):
            gardens.unpin(the(name), by=olga)
        assert homes(gardens) == {"Garden 1", "Garden 2", "Garden 3", "Kitchen 2"}
        assert homes(kitchens) == {"Kitchen 3"}
        assert "pinned" not in str(rows())

    def test_undone_its_old_home_takes_it_back_only_where_that_still_stands(
        self, gardens: Group, kitchens: Group, olga: User
    ) -> None:
        gardens.pin(the("Kitchen 1"), by=olga)
        Group.objects.filter(pk=kitchens.pk).update(moved_to=gardens)
        gardens.unpin(the("Kitchen 1"), by=olga)
        assert not Membership.objects.of([the("Kitchen 1")]).exists()

    def test_where_it_makes_no_sense_it_is_refused_in_a_sentence(
        self, gardens: Group, kitchens: Group, olga: User
    ) -> None:
        gardens.pin(the("Kitchen 1"), by=olga)
        gardens.bar(the("Kitchen 2"), by=olga)
        hidden = people.initiative(name="Secret", review_state="withdrawn")
        pinned = "“Kitchen 1” is pinned to {} group: undo that first."
        assert refusal(gardens.pin, the("Kitchen 1"), by=olga) == pinned.format("this")
        assert refusal(kitchens.pin, the("Kitchen 1"), by=olga) == pinned.format("another")
        assert refusal(gardens.pin, the("Kitchen 2"), by=olga) == (
            "“Kitchen 2” is barred from this group: undo that first."
        )
        not_there = "“Secret” is not among the initiatives of the directory."
        assert refusal(gardens.pin, hidden, by=olga) == not_there
        assert refusal(gardens.unpin, the("Garden 1"), by=olga) == "“Garden 1” is not pinned to this group."
        assert refusal(gardens.unpin, the("Kitchen 2"), by=olga) == "“Kitchen 2” is not pinned to this group."

    def test_a_platform_is_in_no_group(self, gardens: Group, olga: User) -> None:
        assert "not among the initiatives" in refusal(gardens.pin, people.platform(name="Taxi App"), by=olga)

    def test_a_group_that_became_part_of_another_is_not_decided_about(
        self, gardens: Group, kitchens: Group, olga: User
    ) -> None:
        Group.objects.filter(pk=gardens.pk).update(moved_to=kitchens)
        for deed in (gardens.pin, gardens.bar):
            assert refusal(deed, the("Garden 1"), by=olga) == "This group has become part of another: decide there."

    def test_nothing_happens_when_the_outbox_refuses(self, gardens: Group, kitchens: Group, olga: User) -> None:
        before = rows()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE initiatives_outbox ADD CONSTRAINT is_full CHECK (false) NOT VALID")
        with pytest.raises(DatabaseError), transaction.atomic():
            gardens.pin(the("Kitchen 1"), by=olga)
        assert (rows(), Placement.objects.count(), GroupEvent.objects.count()) == (before, 0, 0)


@pytest.mark.django_db
class BarTests:
    @pytest.mark.parametrize("role", ["main", "also"])
    def test_it_is_no_member_main_or_also(self, role: str, gardens: Group, kitchens: Group, olga: User) -> None:
        if role == "also":
            also(gardens, "Kitchen 1")
        name = {"main": "Garden 1", "also": "Kitchen 1"}[role]
        gardens.bar(the(name), by=olga, reason="It is a shop.")
        assert not gardens.memberships.of([the(name)]).exists()
        assert (told(gardens), asked_for()) == ([("barred", "Olga", "It is a shop.")], {the(name).pk})
        assert name not in remembered(gardens)

    def test_elsewhere_it_stays(self, gardens: Group, kitchens: Group, olga: User) -> None:
        also(gardens, "Kitchen 1")
        gardens.bar(the("Kitchen 1"), by=olga)
        assert homes(kitchens) == {"Kitchen 1", "Kitchen 2", "Kitchen 3"}

    def test_undone_all_is_as_it_was(self, gardens: Group, olga: User) -> None:
        before = rows()
        gardens.bar(the("Garden 1"), by=olga)
        gardens.unbar(the("Garden 1"), by=olga)
        assert (rows(), Placement.objects.count()) == (before, 0)
        assert remembered(gardens) == {"Garden 1", "Garden 2", "Garden 3"}
        barred, unbarred = GroupEvent.objects.order_by("pk")
        assert (unbarred.kind, unbarred.undoes) == ("unbarred", barred)

    def test_undone_it_does_not_leave_the_home_it_found_since(
        self, gardens: Group, kitchens: Group, olga: User
    ) -> None:
        gardens.bar(the("Garden 1"), by=olga)
        kitchens.pin(the("Garden 1"), by=olga)
        gardens.unbar(the("Garden 1"), by=olga)
        assert (homes(gardens), "Garden 1" in homes(kitchens)) == ({"Garden 2", "Garden 3"}, True)

    def test_undone_after_it_left_the_directory_it_is_not_shown_again(self, gardens: Group, olga: User) -> None:
        gardens.bar(the("Garden 1"), by=olga)
        the("Garden 1").withdraw()
        assert Placement.objects.get().took is None
        gardens.unbar(the("Garden 1"), by=olga)
        assert not Membership.objects.of([the("Garden 1")]).exists()

    def test_where_it_makes_no_sense_it_is_refused_in_a_sentence(self, gardens: Group, olga: User) -> None:
        gardens.pin(the("Garden 1"), by=olga)
        gardens.bar(the("Garden 2"), by=olga)
        barred = "“Garden 2” is barred from this group: undo that first."
        assert refusal(gardens.bar, the("Garden 2"), by=olga) == barred
        assert refusal(gardens.bar, the("Garden 1"), by=olga) == (
            "“Garden 1” is pinned to this group: undo that first."
        )
        assert refusal(gardens.unbar, the("Garden 1"), by=olga) == "“Garden 1” is not barred from this group."


class AtOnceTests:
    @pytest.mark.django_db(transaction=True)
    def test_of_two_who_pin_it_to_different_groups_one_decides_and_the_other_is_told(self) -> None:
        groups, olga = [circle("Garden 1", "Garden 2"), circle("Kitchen 1", "Kitchen 2")], people.person("Olga")
        shed, start, refused = people.initiative(name="Shed"), Barrier(2), []

        def decide(group: Group) -> None:
            start.wait()
            try:
                group.pin(shed, by=olga)
            except IllegalDeed as why:
                refused.append(str(why))
            finally:
                connection.close()

        threads = [Thread(target=decide, args=[group]) for group in groups]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert refused == ["“Shed” is pinned to another group: undo that first."]
        assert sorted("Shed" in homes(group) for group in groups) == [False, True]

    @pytest.mark.django_db(transaction=True)
    def test_two_who_exchange_members_do_not_wait_for_each_other(self) -> None:
        gardens, kitchens = circle("Garden 1", "Garden 2", "Garden 3"), circle("Kitchen 1", "Kitchen 2", "Kitchen 3")
        olga, failed = people.person("Olga"), []

        def decide(start: Barrier, group: Group, name: str) -> None:
            start.wait()
            try:
                group.pin(the(name), by=olga)
                group.unpin(the(name), by=olga)
            except DatabaseError as why:
                failed.append(why)
            finally:
                connection.close()

        for _ in range(5):
            start = Barrier(2)
            deeds = [(start, gardens, "Kitchen 1"), (start, kitchens, "Garden 1")]
            threads = [Thread(target=decide, args=deed) for deed in deeds]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert failed == []
        assert (len(homes(gardens)), len(homes(kitchens))) == (3, 3)
