"""How a group came about: what its page tells, and what it keeps to itself."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import Group, GroupEvent
from tests import people
from tests.curation import circle, the
from tests.views.reading import get

pytestmark = pytest.mark.django_db

MONTH = re.compile(r'<dt><time datetime="(.*?)">(.*?)</time></dt>(.*?)</div>')


@pytest.fixture
def gardens() -> Group:
    made = circle("Garden 1", "Garden 2", "Garden 3", "Garden 4")
    Group.objects.filter(pk=made.pk).update(formed_at=moment("2026-01"), given_labels={"en": "Gardens"})
    return made


def moment(month: str, day: int = 5) -> datetime:
    return datetime.fromisoformat(f"{month}-{day:02}").replace(tzinfo=UTC)


def happened(made: Group, month: str, kind: str, **evidence: object) -> GroupEvent:
    return made.events.create(kind=kind, at=moment(month), evidence=evidence)


def address(group: Group, prefix: str = "") -> str:
    """In English unless told otherwise, whatever language the request before left active."""
    return f"{prefix}/groups/{group.public_id}/"


def history(group: Group, prefix: str = "") -> list[tuple[str, list[str]]]:
    """Months with their sentences, without markup."""
    page = get(address(group, prefix))
    return [
        (name, [unescape(re.sub("<[^>]+>", "", sentence)) for sentence in re.findall("<dd>(.*?)</dd>", sentences)])
        for _, name, sentences in MONTH.findall(page)
    ]


def sentences(group: Group) -> list[str]:
    return [sentence for _, told in history(group) for sentence in told]


class HistoryTests:
    def test_each_month_says_what_happened_the_newest_first(self, gardens: Group) -> None:
        happened(gardens, "2026-01", "formed", count=3)
        happened(gardens, "2026-03", "grew", count=1)
        happened(gardens, "2026-03", "grew", count=1)
        happened(gardens, "2026-03", "shrank", count=1)
        assert history(gardens) == [
            ("March 2026", ["It grew by 2.", "It shrank by 1."]),
            ("January 2026", ["It was found, with 3 members."]),
        ]

    def test_in_the_readers_language(self, gardens: Group) -> None:
        happened(gardens, "2026-01", "formed", count=3)
        happened(gardens, "2026-03", "grew", count=2)
        assert history(gardens, "/nl") == [
            ("maart 2026", ["Er kwamen er 2 bij."]),
            ("januari 2026", ["Ze werd gevonden, met 3 leden."]),
        ]

    def test_a_group_older_than_its_events_tells_when_it_was_found(self, gardens: Group) -> None:
        happened(gardens, "2026-02", "grew", count=1)
        assert history(gardens) == [("February 2026", ["It grew by 1."]), ("January 2026", ["It was found."])]

    def test_long_ones_are_folded(self, gardens: Group) -> None:
        for month in range(1, 7):
            happened(gardens, f"2026-{month:02}", "grew" if month > 1 else "formed", count=month)
        page = get(address(gardens))
        recent, _, earlier = page.partition("<details><summary>What happened earlier</summary>")
        assert [name for _, name, _ in MONTH.findall(recent)] == ["June 2026", "May 2026", "April 2026", "March 2026"]
        assert [name for _, name, _ in MONTH.findall(earlier)] == ["February 2026", "January 2026"]

    def test_short_ones_are_not(self, gardens: Group) -> None:
        assert "What happened earlier" not in get(address(gardens))

    @pytest.mark.parametrize(
        ("kind", "told"),
        [
            ("split_from", "It was split from {}, with 2 members."),
            ("split_into", "2 of its members were split off: {}."),
            ("took_over", "It took over 2 members of {}."),
            ("split_by_hand", "A curator made a group of 2 of its members: {}."),
            ("made_by_hand", "A curator made it of 2 members of {}."),
        ],
    )
    def test_another_group_is_named_while_everybody_may_see_it(self, kind: str, told: str, gardens: Group) -> None:
        other = people.group(people.initiative(), people.initiative(), given_labels={"en": "Roofs & walls"})
        happened(gardens, "2026-03", kind, group=other.public_id, count=2)
        assert told.format("Roofs & walls") in sentences(gardens)
        link = f'<a href="{address(other)}">Roofs &amp; walls</a>'
        assert link in get(address(gardens))
        for membership in other.memberships.all():
            membership.initiative.withdraw()
        assert told.format("another group") in sentences(gardens)
        assert other.public_id not in get(address(gardens))

    def test_nor_is_one_that_became_part_of_it(self, gardens: Group) -> None:
        other = people.group(given_labels={"en": "Roofs"}, moved_to=gardens)
        happened(gardens, "2026-03", "took_over", group=other.public_id, count=2)
        assert "It took over 2 members of another group." in sentences(gardens)

    def test_it_says_what_curators_did_and_never_who(self, gardens: Group) -> None:
        olga = people.person("Olga")
        for place in range(2):
            gardens.pin(people.initiative(name=f"Shed {place}"), by=olga, reason="Telling reason")
        gardens.bar(the("Garden 1"), by=olga, reason="Telling reason")
        gardens.name({"en": "Growers"}, by=olga)
        assert sentences(gardens)[:3] == [
            "Curators put 2 initiatives in it.",
            "A curator took an initiative out of it.",
            "A curator named it.",
        ]
        page = get(address(gardens))
        assert [word for word in ("Olga", "olga@", "Telling reason") if word in page] == []

    def test_what_was_undone_is_not_told(self, gardens: Group) -> None:
        olga, shed = people.person("Olga"), people.initiative(name="Shed")
        before = history(gardens)
        gardens.pin(shed, by=olga)
        gardens.unpin(shed, by=olga)
        gardens.name({"en": "Growers"}, by=olga)
        gardens.unname(by=olga)
        gardens.split([the("Garden 1"), the("Garden 2")], by=olga).rejoin(by=olga)
        assert history(gardens) == before

    def test_a_dissolved_group_that_came_back_says_both(self, gardens: Group) -> None:
        happened(gardens, "2026-02", "dissolved")
        happened(gardens, "2026-03", "returned", count=4)
        assert sentences(gardens) == [
            "It came together again, with 4 members.",
            "It dissolved.",
            "It was found.",
        ]

    @pytest.mark.parametrize("number", [1, 30])
    def test_it_asks_as_often_however_long_it_is(self, number: int, gardens: Group) -> None:
        others = [people.group(people.initiative(), people.initiative()) for _ in range(number)]
        for place, other in enumerate(others):
            happened(gardens, f"{2000 + place}-03", "took_over", group=other.public_id, count=1)
        get(address(gardens))
        with CaptureQueriesContext(connection) as asked:
            get(address(gardens))
        assert len(asked) == 7


class AddressTests:
    def test_an_address_leads_through_all_groups_that_took_over_one_another_at_once(self, gardens: Group) -> None:
        second = people.group(moved_to=gardens)
        third = people.group(moved_to=second)
        for rest in ("/", ".csv"):
            answer = Client().get(f"/groups/{third.public_id}{rest}")
            assert (answer.status_code, answer["Location"]) == (302, f"/groups/{gardens.public_id}{rest}")

    def test_a_ring_of_groups_ends_somewhere(self, gardens: Group) -> None:
        one = people.group()
        two = people.group(moved_to=one)
        Group.objects.filter(pk=one.pk).update(moved_to=two)
        assert Group.objects.get(pk=one.pk).standing in (one, two)
