"""One deed on many listings, and its undoing."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import BulkDeed, Confirmation, IllegalDeed, Initiative, Outbox, User
from tests import people

pytestmark = pytest.mark.django_db
VALUES = {"tag": "wood", "untag": "garden", "domain": "food", "status": "on_hold", "confirm": ""}


def prepared(kind: str, *listings: Initiative, by: User | None = None) -> BulkDeed:
    return BulkDeed.objects.prepare(
        kind, VALUES[kind], listings=[each.pk for each in listings], by=by or people.officer()
    )


def done(kind: str, *listings: Initiative) -> BulkDeed:
    deed = prepared(kind, *listings)
    deed.do(by=people.officer())
    return deed


def said(listing: Initiative) -> dict[str, Any]:
    """All that a bulk deed may change."""
    row = Initiative.objects.get(pk=listing.pk)
    return {
        "tags": sorted(each.tag.name for each in row.tagged.all()),
        "domains": list(row.domain_rows.values_list("domain__slug", "position")),
        "status": row.status,
        "confirmed": (row.confirmed_on, row.confirmed_by_id),
        "asked": list(row.confirmations.values_list("answer", "answered_at", "answered_by")),
    }


def garden(**values: Any) -> Initiative:
    people.domain("food")
    return people.initiative(tags=["garden"], domains=["energy", "housing"], **values)


class PrepareTests:
    def test_nothing_happens_yet_and_what_would_is_known(self) -> None:
        one, other = garden(), people.initiative(tags=["wood"])
        deed = prepared("tag", one, other)
        assert (deed.listings, deed.chosen, deed.unchanged) == ([one.pk], 2, 1)
        assert said(one)["tags"] == ["garden"]

    def test_nothing_chosen_is_refused(self) -> None:
        with pytest.raises(IllegalDeed):
            prepared("tag")


class DoTests:
    def test_a_tag(self) -> None:
        one = garden()
        done("tag", one)
        assert said(one)["tags"] == ["garden", "wood"]
        assert list(Initiative.objects.published().saying(["wood"])) == [one]

    def test_a_tag_and_all_words_for_it_go(self) -> None:
        people.tag("jardin", synonym_of=people.tag("garden"))
        one = people.initiative(tags=["jardin", "wood"])
        done("untag", one)
        assert said(one)["tags"] == ["wood"]

    def test_a_main_domain_before_those_that_were_there(self) -> None:
        one = garden()
        done("domain", one)
        assert said(one)["domains"] == [("food", 1), ("energy", 2), ("housing", 3)]

    def test_a_status(self) -> None:
        one = garden()
        done("status", one)
        assert said(one)["status"] == "on_hold"

    def test_confirming_answers_what_stewards_were_asked(self) -> None:
        one = garden()
        Confirmation.objects.create(initiative=one)
        done("confirm", one)
        assert said(one)["confirmed"][1] == people.officer().pk
        assert said(one)["asked"][0][0] == "right"

    def test_whoever_edits_an_older_version_is_told(self) -> None:
        one = garden()
        done("status", one)
        assert Initiative.objects.get(pk=one.pk).version == 2

    @pytest.mark.parametrize(("kind", "asked"), [("tag", 1), ("domain", 1), ("status", 0), ("confirm", 0)])
    def test_overlaps_are_asked_for_once_where_words_change(self, kind: str, asked: int) -> None:
        both = garden(), garden()
        Outbox.objects.all().delete()
        done(kind, *both)
        assert [row.payload["initiatives"] for row in Outbox.objects.all()] == [[each.pk for each in both]] * asked

    def test_twice_is_refused(self) -> None:
        deed = done("tag", garden())
        with pytest.raises(IllegalDeed):
            deed.do(by=people.officer())

    def test_what_is_theirs_no_more_stays(self) -> None:
        """Moved to another city, or withdrawn, between looking and doing."""
        one, other, third = garden(), garden(), garden()
        deed = prepared("status", one, other, third)
        Initiative.objects.filter(pk=other.pk).update(city=people.city("Lille"), country="FR")
        third.withdraw()
        deed.do(by=people.officer())
        assert [said(each)["status"] for each in (one, other, third)] == ["on_hold", "active", "active"]

    @pytest.mark.parametrize("kind", VALUES)
    def test_the_same_number_of_questions_however_many_listings(self, kind: str) -> None:
        people.tag("wood")
        counts = []
        for number in (1, 5):
            deed = prepared(kind, *(garden() for _ in range(number)))
            with CaptureQueriesContext(connection) as asked:
                deed.do(by=people.officer())
            counts.append(len(asked.captured_queries))
        assert counts[0] == counts[1]


class UndoTests:
    @pytest.mark.parametrize("kind", VALUES)
    def test_all_is_as_it_was(self, kind: str) -> None:
        listings = [garden(), garden(status="in_planning"), people.initiative()]
        Confirmation.objects.create(initiative=listings[0])
        before = [said(each) for each in listings]
        deed = done(kind, *listings)
        assert [said(each) for each in listings] != before
        deed.undo(by=people.officer())
        assert [said(each) for each in listings] == before

    @pytest.mark.parametrize("kind", ["domain", "status", "confirm"])
    def test_what_was_changed_since_stays(self, kind: str) -> None:
        one, other = garden(), garden()
        deed = done(kind, one, other)
        other.set_domains([people.domain("mobility")])
        Initiative.objects.filter(pk=other.pk).update(status="completed", confirmed_on="2020-01-01", confirmed_by=None)
        now = said(other)
        assert deed.undo(by=people.officer()) == 1
        assert said(other) == now

    def test_twice_is_refused(self) -> None:
        deed = done("tag", garden())
        deed.undo(by=people.officer())
        with pytest.raises(IllegalDeed):
            deed.undo(by=people.officer())
