"""Groups on their pages and as a file: the same ones, counted and sorted by one rule."""

import re
from html import unescape

import pytest

from initiatives.models import Group, Initiative, Membership
from initiatives.models.overlaps import MembershipRole
from tests import people
from tests.views.reading import get, table

pytestmark = pytest.mark.django_db

BESIDE = re.compile(r"<p>Also close to it: (.*?)</p>")


def group(number: int, name: str, **values: object) -> Group:
    members = [people.initiative(name=f"{name} {place}") for place in range(number)]
    return people.group(*members, given_labels={"en": name}, **values)


def also(made: Group, listing: Initiative, strength: float = 0.5) -> None:
    role = MembershipRole.ALSO
    Membership.objects.create(group=made, initiative=listing, role=role, strength=strength, reasons=[people.REASON])


def shown(**query: object) -> list[str]:
    """Names of the groups on the page, as sorted."""
    page = get("/groups/", **query)
    return [name for name in re.findall(r">(\w+)</a></h2>", page)]


def filed(**query: object) -> list[str]:
    """Names of the groups in the file, each once, in its order."""
    return list(dict.fromkeys(row["label"] for row in table("/groups.csv", **query)))


class CountingTests:
    def test_the_page_is_sorted_by_what_it_shows(self) -> None:
        small, large = group(2, "Small"), group(3, "Large")
        for place in range(3):
            also(small, people.initiative(name=f"Beside {place}"))
        assert shown() == ["Large", "Small"]
        assert [each.member_count for each in Group.objects.public().largest_first()] == [3, 2]
        assert "Group of 2" in get(small.get_absolute_url())
        assert large

    def test_the_file_has_the_same_order(self) -> None:
        small, middle, large = group(2, "Small"), group(3, "Middle"), group(4, "Large")
        for place in range(5):
            also(small, people.initiative(name=f"Beside {place}"))
        assert filed() == shown() == ["Large", "Middle", "Small"]
        assert [row["group"] for row in table("/groups.csv")][:4] == [large.public_id] * 4
        assert middle

    def test_in_a_group_main_members_come_first_and_the_strongest_of_them(self) -> None:
        made = group(2, "Growers")
        Membership.objects.filter(initiative__name="Growers 1").update(strength=0.9)
        also(made, people.initiative(name="Closest"), strength=1)
        rows = table(f"/groups/{made.public_id}.csv")
        assert [(row["name"], row["role"]) for row in rows] == [
            ("Growers 1", "main"),
            ("Growers 0", "main"),
            ("Closest", "also"),
        ]

    def test_one_main_member_and_others_beside_it_are_no_group(self) -> None:
        made = group(1, "Alone")
        also(made, people.initiative())
        also(made, people.initiative())
        assert (shown(), filed()) == ([], [])


class AlsoTests:
    def test_they_are_named_under_the_members(self) -> None:
        made, other = group(2, "Growers"), group(2, "Cooks")
        also(made, Initiative.objects.get(name="Cooks 0"), strength=0.3)
        also(made, Initiative.objects.get(name="Cooks 1"), strength=0.4)
        (beside,) = BESIDE.findall(get(made.get_absolute_url()))
        assert re.sub("<[^>]+>", "", unescape(beside)) == "Cooks 1, Cooks 0"
        assert beside.count('href="/initiatives/') == 2
        assert "Ook verwant:" in get(f"/nl/groups/{made.public_id}/")
        assert BESIDE.findall(get(other.get_absolute_url())) == []

    def test_not_when_they_are_hidden(self) -> None:
        made = group(2, "Growers")
        also(made, people.initiative(name="Secret", review_state="withdrawn"))
        assert "Secret" not in get(made.get_absolute_url())
