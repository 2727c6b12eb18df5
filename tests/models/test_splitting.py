"""Parting a group by hand and putting it together again."""

import pytest
from django.test import Client

from initiatives.models import Group, Initiative, Placement, User
from tests import people
from tests.curation import asked_for, circle, homes, refusal, remembered, rows, the, told


@pytest.fixture
def olga(db: None) -> User:
    return people.person("Olga")


@pytest.fixture
def gardens(db: None) -> Group:
    return circle("Garden 1", "Garden 2", "Roof 1", "Roof 2")


def roofs() -> list[Initiative]:
    return [the("Roof 1"), the("Roof 2")]


def placed() -> set[tuple[str, str, int]]:
    return set(Placement.objects.values_list("kind", "initiative__name", "group"))


@pytest.mark.django_db
class SplitTests:
    def test_some_are_in_a_new_group_and_the_others_stay(self, gardens: Group, olga: User) -> None:
        new = gardens.split(roofs(), by=olga)
        assert homes(new) == remembered(new) == {"Roof 1", "Roof 2"}
        assert homes(gardens) == remembered(gardens) == {"Garden 1", "Garden 2"}

    def test_it_is_said_so_that_no_run_puts_them_together(self, gardens: Group, olga: User) -> None:
        new = gardens.split(roofs(), by=olga)
        pinned = {("pinned", name, new.pk) for name in ("Roof 1", "Roof 2")}
        assert placed() == pinned | {("barred", name, new.pk) for name in ("Garden 1", "Garden 2")}

    def test_both_tell_of_it_and_the_worker_is_asked(self, gardens: Group, olga: User) -> None:
        new = gardens.split(roofs(), by=olga, reason="They need no soil.")
        assert told(gardens) == [("split_by_hand", "Olga", "They need no soil.")]
        assert told(new) == [("made_by_hand", "Olga", "They need no soil.")]
        assert new.events.get().evidence == {"group": gardens.public_id, "count": 2}
        assert gardens.events.get().evidence == {"group": new.public_id, "count": 2}
        assert asked_for() == set(Initiative.objects.values_list("pk", flat=True))

    def test_reasons_speak_of_nobody_who_is_not_there(self, gardens: Group, olga: User) -> None:
        new = gardens.split(roofs(), by=olga)
        keys = {one.pk for one in roofs()}
        for row in new.memberships.all():
            assert [each["kind"] for each in row.reasons] == ["shared_words"]
            assert set(row.reasons[0]["evidence"]["with"]) == keys - {row.initiative_id}

    def test_undone_all_is_as_it_was_and_its_address_leads_back(self, gardens: Group, olga: User) -> None:
        before = rows()
        new = gardens.split(roofs(), by=olga)
        assert new.rejoin(by=olga) == gardens
        assert (rows(), placed()) == (before, set())
        assert remembered(gardens) == {"Garden 1", "Garden 2", "Roof 1", "Roof 2"}
        assert Client().get(new.get_absolute_url())["Location"] == gardens.get_absolute_url()
        assert [kind for kind, *_ in told(gardens)] == ["split_by_hand", "rejoined"]
        assert [kind for kind, *_ in told(new)] == ["made_by_hand", "put_back"]
        assert [each.undone_by.kind for each in (gardens.events.first(), new.events.first())] == [
            "rejoined",
            "put_back",
        ]

    def test_undone_later_it_brings_along_who_came_since(self, gardens: Group, olga: User) -> None:
        new = gardens.split(roofs(), by=olga)
        Placement.objects.all().forget_what_was()
        shed = people.initiative(name="Shed")
        new.memberships.create(initiative=shed, strength=0.5, reasons=[people.REASON])
        new.rejoin(by=olga)
        assert homes(gardens) == {"Garden 1", "Garden 2", "Roof 1", "Roof 2", "Shed"}

    def test_and_what_others_decided_about_the_new_group_since(self, gardens: Group, olga: User) -> None:
        new = gardens.split(roofs(), by=olga)
        shed, shop = people.initiative(name="Shed"), people.initiative(name="Shop")
        new.pin(shed, by=olga)
        new.bar(shop, by=olga)
        new.rejoin(by=olga)
        assert placed() == {("pinned", "Shed", gardens.pk), ("barred", "Shop", gardens.pk)}
        assert "Shed" in homes(gardens)

    def test_where_it_makes_no_sense_it_is_refused_in_a_sentence(self, gardens: Group, olga: User) -> None:
        stranger = people.initiative(name="Shed")
        few = "After a split both groups need two members at least."
        assert refusal(gardens.split, [the("Roof 1")], by=olga) == few
        assert refusal(gardens.split, [*roofs(), the("Garden 1")], by=olga) == few
        assert refusal(gardens.split, [*roofs(), stranger], by=olga) == "“Shed” is not a main member of this group."
        assert refusal(gardens.rejoin, by=olga) == "Nobody split this group from another."
        gardens.pin(the("Roof 1"), by=olga)
        assert refusal(gardens.split, roofs(), by=olga) == "“Roof 1” is pinned to this group: undo that first."

    def test_it_is_undone_only_once(self, gardens: Group, olga: User) -> None:
        new = gardens.split(roofs(), by=olga)
        new.rejoin(by=olga)
        assert refusal(new.rejoin, by=olga) == "This group has become part of another: decide there."

    def test_nothing_is_left_to_undo_where_the_other_came_to_this_one(self, gardens: Group, olga: User) -> None:
        new = gardens.split(roofs(), by=olga)
        Group.objects.filter(pk=gardens.pk).update(moved_to=new)
        assert "nothing to put together" in refusal(new.rejoin, by=olga)
