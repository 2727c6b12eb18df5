"""Groups on their pages and as a file: the same ones, counted and sorted by one rule."""

import re
from html import unescape

import pytest
from django.test import Client

from initiatives.models import Group, Initiative, Membership
from initiatives.models.overlaps import MembershipRole
from initiatives.views import overlaps
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
    return list(re.findall(r">(\w+)</a></h2>", page))


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


def chips(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<a class="chip" href="([^"]+)".*?<span[^>]*>(.*?)</span>', page)
    return [(unescape(label), unescape(address)) for address, label in found]


class FilterTests:
    @pytest.fixture(autouse=True)
    def _groups(self) -> None:
        for name, town, domain in (
            ("Growers", "Ghent", "food"),
            ("Cooks", "Lille", "food"),
            ("Sparks", "Lille", "energy"),
        ):
            one = people.initiative(name=f"{name} at home", city=people.city(town), domains=[domain], mission=name)
            other = people.initiative(name=f"{name} elsewhere", city=people.city("Bristol"))
            people.group(one, other, given_labels={"en": name})

    @pytest.mark.parametrize(
        ("query", "wanted"),
        [
            ({"city": "ghent"}, ["Growers"]),
            ({"domain": "food"}, ["Growers", "Cooks"]),
            ({"domain": "food", "city": "lille"}, ["Cooks"]),
            ({"city": ["ghent", "lille"]}, ["Growers", "Cooks", "Sparks"]),
            ({"q": "sparks"}, ["Sparks"]),
            ({"city": "bristol"}, ["Growers", "Cooks", "Sparks"]),
        ],
    )
    def test_groups_with_a_member_among_the_results_are_found_on_page_and_in_file(
        self, query: dict, wanted: list[str]
    ) -> None:
        assert shown(**query) == filed(**query) == wanted
        rows = table("/groups.csv", **query)
        assert len(rows) == 2 * len(wanted)

    def test_who_is_only_close_to_a_group_does_not_bring_it(self) -> None:
        also(Group.objects.get(given_labels={"en": "Sparks"}), people.initiative(city=people.city("Bologna")))
        assert (shown(city="bologna"), filed(city="bologna")) == ([], [])

    def test_chips_take_a_choice_away_and_the_file_keeps_it(self) -> None:
        page = get("/groups/", city=["lille", "atlantis"], domain="food", sort="newest")
        assert chips(page) == [
            ("Food", "/groups/?city=lille&city=atlantis"),
            ("Lille", "/groups/?city=atlantis&domain=food"),
            ("atlantis", "/groups/?city=lille&domain=food"),
        ]
        assert "/groups.csv?city=lille&amp;city=atlantis&amp;domain=food" in page
        assert 'href="/groups/?city=lille&amp;city=atlantis&amp;domain=food"' in page

    def test_pages_keep_what_was_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(overlaps, "PAGE", 1)
        page = get("/groups/", domain="food", sort="newest")
        (onward,) = re.findall(r'<a href="([^"]+)" rel="next"', page)
        assert unescape(onward) == "/groups/?domain=food&sort=newest&page=2"
        assert shown(domain="food", sort="newest", page=2) == ["Growers"]

    @pytest.mark.parametrize("query", ["city=atlantis", "domain=magic", "q=!!!"])
    def test_what_says_nothing_matches_nothing_and_no_file(self, query: str) -> None:
        page = Client().get(f"/groups/?{query}")
        value = query.partition("=")[2]
        assert (page.status_code, f"“{value}”" in page.content.decode()) == (200, True)
        assert "No group has a member" in page.content.decode()
        answer = Client().get(f"/groups.csv?{query}")
        assert (answer.status_code, value in answer.content.decode()) == (400, True)

    @pytest.mark.parametrize("path", ["/groups/", "/groups.csv"])
    def test_another_name_leads_to_the_own_one(self, path: str) -> None:
        answer = Client().get(f"{path}?city=gent")
        assert (answer.status_code, answer["Location"]) == (302, f"{path}?city=ghent")
