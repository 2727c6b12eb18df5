"""The list of initiatives: chips, redirects, empty results, orders and pages."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.models import Initiative
from initiatives.views.lists import PAGE
from tests import people
from tests.views.reading import column, get

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r'<span class="row-number">(\d+)</span>')
NAME = re.compile(r'class="row-name"><a href="[^"]+">([^<]*)</a>')
PLACE = re.compile(r'class="pager-place">(\d+)–(\d+) of (\d+)<')


def total(page: str) -> int:
    return int(re.search(r"<h1>(\d+) initiatives?\b", page)[1])


def names(page: str) -> list[str]:
    return [unescape(name) for name in NAME.findall(page)]


def link(page: str, rel: str) -> str:
    found = re.search(rf'<a href="([^"]+)" rel="{rel}"', page)
    return unescape(found[1]) if found else ""


def chips(page: str) -> dict[str, str]:
    """Label → address without that choice."""
    found = re.findall(r'<a class="chip" href="([^"]+)".*?<span[^>]*>(.*?)</span>', page)
    return {unescape(label): unescape(address) for address, label in found}


class ChipTests:
    def test_each_takes_its_own_choice_away(self) -> None:
        people.initiative(name="One", domains=["food"], city=people.city("Ghent"), mission="garden")
        people.initiative(name="Two", domains=["food"], city=people.city("Lille"), mission="garden")
        people.initiative(name="Three", domains=["energy"], city=people.city("Ghent"), mission="garden")
        people.initiative(name="Four", domains=["food"], city=people.city("Ghent"), mission="kitchen")
        page = get("/initiatives/", q="garden", domain="food", city=["ghent", "bologna"])
        assert names(page) == ["One"]
        left = {label: sorted(names(get(address))) for label, address in chips(page).items()}
        assert left == {
            "“garden”": ["Four", "One"],
            "Food": ["One", "Three"],
            "Ghent": [],
            "bologna": ["One"],
        }

    def test_clear_all_shows_everything(self) -> None:
        people.initiative(city=people.city("Ghent"))
        people.initiative(city=people.city("Lille"))
        page = get("/initiatives/", city="ghent")
        address = re.search(r'class="chips-clear" href="([^"]+)"', page)[1]
        assert (total(page), total(get(address))) == (1, 2)

    def test_other_choices_and_the_order_stay(self) -> None:
        people.initiative(city=people.city("Ghent"))
        page = get("/initiatives/", city="ghent", status="active", sort="founded")
        assert chips(page)["Ghent"] == "/initiatives/?status=active&sort=founded"

    def test_links_carry_on_what_was_understood_and_no_more(self) -> None:
        """Each of some twenty links repeats the question: what somebody pastes must not be multiplied."""
        people.initiative(city=people.city("Ghent"))
        page = get("/initiatives/", city=[" ghent ", "", "x" * 50_000], utm_source="y" * 50_000, q="z" * 50_000)
        assert chips(page)["Ghent"] == f"/initiatives/?city={'x' * 119}%E2%80%A6&q={'z' * 200}"
        assert len(page) < 250_000

    def test_nothing_is_chosen_at_first(self) -> None:
        people.initiative()
        assert chips(get("/initiatives/")) == {}


class FormTests:
    def test_it_keeps_the_order(self) -> None:
        people.initiative()
        kept = '<input type="hidden" name="sort" value="founded">'
        for path in ("/initiatives/", "/map/"):
            assert kept in get(path, sort="founded", q="x")
            assert 'type="hidden"' not in get(path, sort="colour")


class LongAddressTests:
    def test_a_page_does_not_repeat_what_nobody_types(self) -> None:
        people.initiative(name="x", mission="Tuin")
        usual = len(get("/initiatives/", q="tuin"))
        for query in (
            {"q": "tuin " * 8_000},
            {"city": "y" * 40_000},
            {"tag": [f"tuin{number}" for number in range(900)]},
            {"utm_source": "z" * 40_000},
            {"sort": "s" * 40_000, "after": "a" * 40_000},
        ):
            for path in ("/initiatives/", "/map/"):
                assert len(get(path, **query)) < usual + 60_000, query

    def test_what_means_nothing_here_is_in_no_link(self) -> None:
        people.initiative(city=people.city("Ghent"))
        assert "utm_source" not in get("/initiatives/", utm_source="x").replace("/nl/initiatives/?utm_source=x", "")

    def test_more_values_than_are_looked_at_are_no_file(self) -> None:
        refused = Client().get("/initiatives.csv", {"domain": [f"x{number}" for number in range(41)]})
        assert refused.status_code == 400
        assert "At most 40 values can be asked for in the filter “domain”." in refused.content.decode()

    def test_a_slip_in_the_name_of_a_filter_is_no_file(self) -> None:
        people.initiative(city=people.city("Ghent"))
        refused = Client().get("/initiatives.csv", {"citty": "ghent"})
        assert (refused.status_code, refused.content.decode()) == (400, "There is no filter “citty”.\n")
        assert total(get("/initiatives/", citty="ghent")) == 1
        assert column("name", sort="name", excel="0", after="x", before="")


class OtherNamesTests:
    @pytest.mark.parametrize(
        ("asked", "own"),
        [
            ("city=gent", "city=ghent"),
            ("city=Gand", "city=ghent"),
            ("city=%20gent", "city=ghent"),
            ("city=lille&city=Gent", "city=lille&city=ghent"),
            ("city=Gent&city=ghent", "city=ghent"),
            ("country=BE", "country=be"),
            ("tag=timber", "tag=wood"),
            ("q=x&city=gent&sort=founded", "q=x&city=ghent&sort=founded"),
        ],
    )
    @pytest.mark.parametrize("path", ["/initiatives/", "/initiatives.csv", "/nl/initiatives/"])
    def test_they_lead_to_the_own_one(self, path: str, asked: str, own: str) -> None:
        people.city("Ghent")
        people.city("Lille")
        people.tag("timber", synonym_of=people.tag("wood"))
        response = Client().get(f"{path}?{asked}")
        assert (response.status_code, response["Location"]) == (302, f"{path}?{own}")
        assert get(response["Location"])

    @pytest.mark.parametrize("name", ["gent", "Gand", "GHENT", "gént"])
    def test_so_do_addresses_of_cities(self, name: str) -> None:
        people.city("Ghent")
        response = Client().get(f"/cities/{name}/")
        assert (response.status_code, response["Location"]) == (302, "/cities/ghent/")

    def test_a_hyphen_may_be_a_space(self) -> None:
        people.city("Sint-Niklaas", slug="sint-niklaas")
        people.city("Den Haag", slug="the-hague")
        for name, slug in (("Sint-Niklaas", "sint-niklaas"), ("den-haag", "the-hague")):
            assert Client().get(f"/cities/{name}/")["Location"] == f"/cities/{slug}/"

    def test_of_several_bearers_the_largest_is_meant(self) -> None:
        people.city("Mechelen", slug="mechelen-nl", country="NL", population=100, aliases=["malines"])
        people.city("Malines", slug="malines-be", population=90_000, aliases=["malines"])
        assert Client().get("/cities/malines/")["Location"] == "/cities/malines-be/"


class EmptyTests:
    def offered(self, page: str) -> Iterator[tuple[str, int]]:
        """Every link that the empty page offers, with the number that it promises."""
        section = page[page.index('class="empty"') : page.index("Do you know one")]
        for address, number in re.findall(
            r'<a href="([^"]+)">.*?</a> <span class="soft figures">(\d+)</span>', section
        ):
            yield unescape(address), int(number)

    def test_each_offered_link_has_as_many_results_as_it_says(self) -> None:
        for _ in range(3):
            people.initiative(name="Garden", domains=["food"], city=people.city("Lille"))
        people.initiative(name="Sun", domains=["energy"], city=people.city("Ghent"))
        people.initiative(name="Far", domains=["food"], city=people.city("Bologna"))
        page = get("/initiatives/", domain="food", city="ghent", status="active")
        links = list(self.offered(page))
        assert total(page) == 0
        assert [(address, total(get(address))) for address, _ in links] == links
        assert links == [
            ("/initiatives/?city=ghent&status=active", 1),
            ("/initiatives/?domain=food&status=active", 4),
            ("/initiatives/?domain=food&city=lille&status=active", 3),
        ]

    def test_the_nearest_city_keeps_the_language_and_leaves_the_place_in_the_list(self) -> None:
        people.initiative(domains=["food"], city=people.city("Lille"))
        people.city("Ghent")
        page = get("/nl/initiatives/", domain="food", city="ghent", after="x", before="y")
        address = re.search(r'"(/nl/initiatives/\?[^"]*lille[^"]*)"', page)[1]
        assert unescape(address) == "/nl/initiatives/?domain=food&city=lille"

    def test_an_unknown_value_is_named(self) -> None:
        people.initiative()
        page = get("/initiatives/", city="atlantis", tag="<b>")
        assert "goes by “atlantis”" in page
        assert "goes by “&lt;b&gt;”" in page
        assert total(page) == 0

    @pytest.mark.parametrize("said", ["!!!", "🌱", "\0"])
    def test_where_no_word_was_said_nothing_is_found_and_that_is_told(self, said: str) -> None:
        people.initiative()
        shown = said.replace("\0", "\ufffd")
        for path in ("/initiatives/", "/map/"):
            page = get(path, q=said)
            assert (total(page), f"Nothing to search for in “{shown}”." in page) == (0, True)
        refused = Client().get("/initiatives.csv", {"q": said})
        assert (refused.status_code, refused.content.decode()) == (400, f"Nothing to search for in “{shown}”.\n")

    def test_a_slip_of_the_keyboard_is_set_right_and_said(self) -> None:
        people.initiative(name="Garden of Ghent")
        page = get("/initiatives/", q="gardne")
        assert names(page) == ["Garden of Ghent"]
        assert "Nothing says “gardne”. These say <b>garden</b>." in page
        assert column("name", q="gardne") == ["Garden of Ghent"]

    def test_nothing_is_set_right_where_something_is_found(self) -> None:
        people.initiative(name="Garden")
        people.initiative(name="Garten")
        assert names(get("/initiatives/", q="garten")) == ["Garten"]

    def test_an_empty_directory_says_so(self) -> None:
        assert total(get("/initiatives/")) == 0
        assert column("name") == []


ORDERS = {
    "name": lambda row: (row.sort_key, row.pk),
    "founded": lambda row: (-(row.founded_year or 0), row.pk),
    "confirmed": lambda row: (-(row.confirmed_on.toordinal() if row.confirmed_on else 1), row.pk),
}


class PagingTests:
    def directory(self) -> None:
        """Sixty, with the same name, year and day here and there, and none of them elsewhere."""
        for number in range(60):
            people.initiative(
                name=f"Garden {chr(65 + number * 7 % 20)}",
                founded_year=1990 + number % 7 if number % 3 else None,
                founded_precision="exact" if number % 3 else "",
                confirmed_on=f"2026-01-{1 + number % 5:02}" if number % 4 else None,
                mission="garden " * (number % 3),
            )

    def walk(self, address: str, rel: str) -> Iterator[str]:
        while address:
            page = get(address)
            yield page
            address = link(page, rel)

    def test_forward_and_backward_each_is_shown_once_in_order(self) -> None:
        self.directory()
        listings = list(Initiative.objects.all())
        for order, key in ORDERS.items():
            wanted = [row.name for row in sorted(listings, key=key)]
            forward = list(self.walk(f"/initiatives/?sort={order}", "next"))
            assert [name for page in forward for name in names(page)] == wanted
            assert [int(number) for page in forward for number in NUMBER.findall(page)] == list(range(1, 61))
            backward = list(self.walk(link(forward[-2], "next"), "prev"))
            assert [names(page) for page in reversed(backward)] == [names(page) for page in forward]
            assert [PLACE.search(page).groups() for page in reversed(backward)] == [
                PLACE.search(page).groups() for page in forward
            ]
            assert column("name", sort=order) == wanted

    def test_nearest_first_too(self) -> None:
        self.directory()
        forward = list(self.walk("/initiatives/?q=garden", "next"))
        backward = list(self.walk(link(forward[-2], "next"), "prev"))
        shown = [name for page in forward for name in names(page)]
        assert sorted(shown) == sorted(row.name for row in Initiative.objects.all())
        assert [names(page) for page in reversed(backward)] == [names(page) for page in forward]
        assert column("name", q="garden") == shown

    def test_the_first_page_offers_no_previous_and_the_last_no_next(self) -> None:
        self.directory()
        forward = list(self.walk("/initiatives/", "next"))
        assert len(forward) == 60 // PAGE + 1
        assert [bool(link(page, "prev")) for page in forward] == [False, True, True]

    def test_it_goes_on_after_the_longest_names(self) -> None:
        for number in range(PAGE + 1):
            people.initiative(name="𐌰" * 198 + f"{number:02}")
        second = get(link(get("/initiatives/"), "next"))
        assert len(names(second)) == 1

    def test_a_row_that_comes_in_between_moves_nobody(self) -> None:
        self.directory()
        first = get("/initiatives/")
        people.initiative(name="AAA")
        second = get(link(first, "next"))
        assert names(first) + names(second) == list(
            Initiative.objects.exclude(name="AAA").values_list("name", flat=True)[: 2 * PAGE]
        )

    @pytest.mark.parametrize(
        "cursor",
        [
            "x",
            "é",
            "\0",
            "W10",  # []
            "WzEsMiwzLDRd",  # [1,2,3,4]
            "WyJhIiwxXQ",  # ["a",1]
            "WyJcdWQ4MDAiLDEsMV0",  # ["\ud800",1,1]
            "WyJcdTAwMDAiLDEsMV0",  # ["\u0000",1,1]
            "WyIiLDEsMV0",  # ["",1,1]
            "WyJhIiwtMSwxXQ",  # ["a",-1,1]
            "WyJhIiw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5LDFd",  # a key beyond all keys
            "WyJhIix0cnVlLDFd",  # ["a",true,1]
            "bnVsbA",  # null
            "W1tbW1tbW1tbW1tb" * 40,
            "A" * 50_000,
        ],
        ids=range(15),
    )
    @pytest.mark.parametrize("way", ["after", "before"])
    def test_a_cursor_of_nothing_shows_the_first_page(self, way: str, cursor: str) -> None:
        people.initiative(name="One")
        people.initiative(name="Two")
        for order in ("name", "founded", "confirmed"):
            page = get("/initiatives/", sort=order, **{way: cursor})
            assert names(page) == ["One", "Two"], order


class OrderTests:
    def test_an_unknown_order_is_the_first(self) -> None:
        people.initiative(name="B")
        people.initiative(name="A")
        assert names(get("/initiatives/", sort="colour")) == ["A", "B"]
        assert column("name", sort="nearest") == ["A", "B"]

    def test_addresses_of_listings_lead_to_their_own(self) -> None:
        listing = people.initiative(name="Tuin van Heden")
        own = reverse("initiative", args=[listing.public_id, "tuin-van-heden"])
        for other in (f"/initiatives/{listing.public_id}/", f"/initiatives/{listing.public_id}/something-else/"):
            response = Client().get(other)
            assert (response.status_code, response["Location"]) == (302, own)
        assert Client().get(own).status_code == 200

    def test_a_merged_listing_leads_on_for_now(self) -> None:
        kept = people.initiative(name="Kept")
        merged = people.initiative(name="Merged", review_state="merged", merged_into=kept)
        response = Client().get(merged.get_absolute_url())
        assert (response.status_code, response["Location"]) == (302, kept.get_absolute_url())


def facts(page: str) -> dict[str, list[str]]:
    """The facts of a listing's page as they are read."""
    found = re.findall(r"<div><dt>(.*?)</dt>(.*?)</div>", page, re.DOTALL)
    return {
        term: [
            " ".join(unescape(re.sub(r"<[^>]+>", "", one)).split())
            for one in re.findall(r"<dd.*?</dd>", said, re.DOTALL)
        ]
        for term, said in found
    }


class ListingPageTests:
    def test_all_its_addresses_on_the_web_are_shown(self) -> None:
        page = get(
            people.initiative(
                primary_url="https://www.tuin.example.org/",
                urls=["https://wiki.example.org/Tuin", "javascript:alert(1)", "https://www.tuin.example.org/"],
            ).get_absolute_url()
        )
        assert facts(page)["Website"] == ["tuin.example.org", "wiki.example.org/Tuin"]
        assert '<a href="https://wiki.example.org/Tuin" rel="nofollow ugc noopener">' in page
        assert "javascript:" not in page

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"founded_year": 2012, "founded_precision": "exact"}, "Active since 2012"),
            ({"founded_year": 2012, "founded_precision": "approximate"}, "Active since about 2012"),
            ({"founded_year": 2012, "founded_precision": "exact", "status": "on_hold"}, "On hold, founded in 2012"),
            ({"closed_year": 2015, "status": "completed"}, "Completed, until 2015"),
            ({}, "Active"),
        ],
    )
    def test_its_status_is_said_with_its_years(self, values: dict[str, object], said: str) -> None:
        assert facts(get(people.initiative(**values).get_absolute_url()))["Status"] == [said]

    def test_what_has_ended_is_not_offered(self) -> None:
        listing = people.initiative()
        people.exchange(of=listing, title="Ladder", expires_on="2020-01-01")
        people.exchange(of=listing, title="Hammer", expires_on="2999-01-01")
        page = get(listing.get_absolute_url())
        assert ("Ladder" in page, "Hammer" in page) == (False, True)

    def test_many_peers_and_ties_are_all_told_but_not_all_at_length(self) -> None:
        listing = people.initiative()
        for number in range(14):
            other = people.initiative(name=f"Other {number:02}")
            people.pair(listing, other, score=0.9 - number / 100)
            people.link(source=other, target=listing)
        page = get(listing.get_absolute_url())
        peers = page[page.index('id="peers"') :]
        assert "14 others do similar work" in peers
        assert peers.count('class="peer-name"') == 6
        rest = re.search(r"<summary>8 more</summary>(.*?)</details>", peers, re.DOTALL)[1]
        assert re.findall(r">(Other \d+)<", rest) == [f"Other {number:02}" for number in range(6, 14)]
        assert facts(page)["Members"] == [*(f"Other {number:02}" for number in range(12)), "and 2 more"]
