"""The initiatives as CSV: every column, in the order and the words of the registry, whatever stands in the cells."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.models import Initiative
from initiatives.opendata.columns import Type
from initiatives.opendata.guard import unguard
from initiatives.opendata.listings import INITIATIVES
from initiatives.opendata.memberships import GROUPS
from tests import people
from tests.views.reading import body, column, get, table
from tests.views.test_initiatives import names

pytestmark = pytest.mark.django_db
NUMBERS = {each.name for each in INITIATIVES if each.type in (Type.INTEGER, Type.NUMBER)}


class RegistryTests:
    @pytest.mark.parametrize(("address", "columns"), [("/initiatives.csv", INITIATIVES), ("/groups.csv", GROUPS)])
    def test_the_header_is_the_registry(self, address: str, columns: tuple) -> None:
        assert get(address) == ",".join(each.name for each in columns) + "\r\n"

    @pytest.mark.parametrize("columns", [INITIATIVES, GROUPS])
    def test_names_are_used_once_and_everything_is_explained(self, columns: tuple) -> None:
        names_of = [each.name for each in columns]
        assert len(set(names_of)) == len(names_of)
        with translation.override("nl"):
            dutch = [str(each.meaning) for each in columns]
        assert [each.name for each, words in zip(columns, dutch, strict=True) if not words.strip()] == []

    @pytest.mark.parametrize("path", ["/data/", "/nl/data/"])
    def test_the_code_book_names_every_column_in_its_order(self, path: str) -> None:
        page = get(path)
        for columns in (INITIATIVES, GROUPS):
            places = [page.index(f"<code>{each.name}</code>") for each in columns]
            assert len(places) == len(columns)
        shown = [part.partition("</code>")[0] for part in page.split("<code>")[1:]]
        registry = [each.name for columns in (INITIATIVES, GROUPS) for each in columns]
        assert [name for name in shown if name in set(registry)] == registry


class RowTests:
    def whole(self) -> Initiative:
        ghent = people.city("Ghent", geonames_id=2797656)
        network = people.initiative(name="Network", public_id="netw0rk000")
        listing = people.initiative(
            public_id="wh0le00000",
            name='Tuin, “van” "Heden"',
            nickname=["De Tuin", "TvH"],
            primary_url="https://tuin.example.org/",
            urls=["https://a.example.org/", "https://b.example.org/"],
            mission='Een tuin;\r\nvoor iedereen, ook "jij".',
            description='=HYPERLINK("x")',
            language="nl",
            status="completed",
            founded_year=2001,
            founded_precision="approximate",
            closed_year=2009,
            city=ghent,
            geographic_scope="regional",
            latitude=51.05,
            longitude=-3.72,
            domains=["food", "energy"],
            tags=["wood", "bike kitchen"],
            organisational_structure="mutual",
            licences=[("MIT", "software"), ("CC-BY-4.0", "data")],
            self_description=["commons", "makerspace"],
            number_of_members=120,
            wants=["A room"],
            offers=["-tools", "Apples"],
            source="list",
            source_id="17",
            source_url="https://list.example.org/17",
            data_licence="CC0-1.0",
            evidence=[{"url": "https://e.example.org/", "for": ["name"]}, {"url": "https://f.example.org/", "for": []}],
            confirmed_on=date(2026, 2, 3),
            changed_at=datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
            contact="secret@example.org",
            street_address="Secret street 1",
        )
        people.exchange(of=listing, title="Gone", expires_on=date(2020, 1, 1))
        people.link(source=listing, target=network)
        people.link(source=listing, target=network, kind="partner_of", state="pending")
        return listing

    def test_every_cell_says_what_the_listing_says(self) -> None:
        listing = self.whole()
        other = people.initiative(name="Zz")
        group = people.group(listing, other)
        row = table("/initiatives.csv", status="completed")[0]
        assert row == {
            "public_id": "wh0le00000",
            "url": "http://localhost:8000/initiatives/wh0le00000/",
            "name": 'Tuin, “van” "Heden"',
            "nickname": "De Tuin; TvH",
            "primary_url": "https://tuin.example.org/",
            "urls": "https://a.example.org/; https://b.example.org/",
            "mission": 'Een tuin;\r\nvoor iedereen, ook "jij".',
            "description": '\'=HYPERLINK("x")',
            "language": "nl",
            "status": "completed",
            "founded_year": "2001",
            "founded_precision": "approximate",
            "closed_year": "2009",
            "city": "ghent",
            "city_name": "Ghent",
            "geonames_id": "2797656",
            "country": "BE",
            "geographic_scope": "regional",
            "latitude": "51.05",
            "longitude": "-3.72",
            "domains": "food; energy",
            "tags": "bike kitchen; wood",
            "organisational_structure": "mutual",
            "licences": "software: MIT; data: CC-BY-4.0",
            "self_description": "commons; makerspace",
            "number_of_members": "120",
            "wants": "A room",
            "offers": "'-tools; Apples",
            "relationships": "member_of: netw0rk000",
            "group": group.public_id,
            "source": "list",
            "source_id": "17",
            "source_url": "https://list.example.org/17",
            "data_licence": "CC0-1.0",
            "evidence": "https://e.example.org/; https://f.example.org/",
            "confirmed_on": "2026-02-03",
            "changed_at": "2026-02-03T04:05:06Z",
        }

    def test_what_is_not_known_is_empty(self) -> None:
        people.initiative(name="Bare", city=None, source="list", source_id="1", geographic_scope="unknown")
        (row,) = table("/initiatives.csv")
        filled = {name for name, cell in row.items() if cell}
        assert filled == {
            *("public_id", "url", "name", "language", "status"),
            *("geographic_scope", "source", "source_id", "changed_at"),
        }

    def test_no_private_field_leaves(self) -> None:
        self.whole()
        text = get("/initiatives.csv")
        assert ("secret" in text.lower(), "Tuin" in text) == (False, True)

    @settings(deadline=None, max_examples=30)
    @given(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40),
            min_size=1,
            max_size=4,
        )
    )
    @pytest.mark.parametrize("excel", [{}, {"excel": "1"}])
    def test_any_text_comes_back_as_it_was(self, excel: dict[str, str], texts: list[str]) -> None:
        Initiative.objects.all().delete()
        people.city()
        Initiative.objects.bulk_create(
            Initiative(name=f"{place:03}", mission=text, city=people.city(), country="BE", review_state="published")
            for place, text in enumerate(texts)
        )
        found = table("/initiatives.csv", delimiter=";" if excel else ",", **excel)
        assert [unguard(row["mission"]) for row in found] == texts
        assert all(not row["mission"].startswith(("=", "+", "-", "@", "\t", "\r")) for row in found)


class FormatTests:
    def test_lines_end_with_both(self) -> None:
        people.initiative(mission="one\ntwo")
        text = get("/initiatives.csv")
        assert text.count("\r\n") == 2
        assert '"one\ntwo"' in text
        assert text.endswith("\r\n")

    def test_excel_gets_a_mark_and_semicolons(self) -> None:
        people.initiative(name="A; b")
        text = get("/initiatives.csv", excel="1")
        assert text.startswith("\ufeffpublic_id;url;name;")
        assert table("/initiatives.csv", excel="1", delimiter=";")[0]["name"] == "A; b"

    @pytest.mark.parametrize("said", ["", "0", "yes", "11"])
    def test_only_one_asks_for_that(self, said: str) -> None:
        assert get("/initiatives.csv", excel=said).startswith("public_id,")

    def test_it_says_what_it_is(self) -> None:
        for _ in range(3):
            people.initiative()
        response = Client().get("/initiatives.csv")
        body(response)
        assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
        assert response["Content-Disposition"] == 'attachment; filename="initiatives.csv"'
        assert response["X-Row-Count"] == "3"

    def test_numbers_are_written_alike_in_every_language(self) -> None:
        people.initiative(latitude=51.5, longitude=-0.1, number_of_members=1234567)
        (english,), (dutch,) = table("/initiatives.csv"), table("/nl/initiatives.csv")
        assert {name: english[name] for name in NUMBERS} == {name: dutch[name] for name in NUMBERS}
        assert (dutch["latitude"], dutch["longitude"], dutch["number_of_members"]) == ("51.5", "-0.1", "1234567")


class SameRowsTests:
    @pytest.mark.parametrize(
        "query",
        [
            {},
            {"city": "ghent"},
            {"domain": ["food", "energy"], "sort": "founded"},
            {"q": "garden"},
            {"q": "garden", "sort": "name"},
            {"q": "gardne"},
            {"tag": "wood", "status": "active"},
            {"country": "fr"},
            {"sort": "confirmed"},
        ],
    )
    def test_the_file_has_the_rows_of_the_page_in_its_order(self, query: dict[str, str | list[str]]) -> None:
        people.tag("timber", synonym_of=people.tag("wood"))
        for number in range(12):
            people.initiative(
                name=f"{'Garden' if number % 3 else 'Kitchen'} {(number * 7) % 12}",
                mission="garden " * (number % 2),
                city=people.city(("Ghent", "Lille")[number % 2]),
                domains=[("food", "energy", "housing")[number % 3]],
                tags=[("wood", "timber", "steel", "glass")[number % 4]],
                founded_year=1990 + number % 4,
                founded_precision="exact",
                confirmed_on=f"2026-01-{1 + number % 3:02}",
            )
        people.initiative(name="Hidden Garden", review_state="submitted", domains=["food"], tags=["wood"])
        people.platform(name="Garden App", domains=["food"], tags=["wood"])
        shown = names(get("/initiatives/", **query))
        assert column("name", **query) == shown
        assert shown

    def test_an_unknown_choice_is_refused_by_name(self) -> None:
        people.initiative()
        response = Client().get("/initiatives.csv?city=atlantis&status=asleep&domain=food")
        assert response.status_code == 400
        assert response.content.decode().splitlines() == [
            "Nothing goes by “food” in the filter “domain”.",
            "Nothing goes by “atlantis” in the filter “city”.",
            "Nothing goes by “asleep” in the filter “status”.",
        ]

    def test_where_in_the_list_one_was_does_not_matter(self) -> None:
        people.initiative(name="One")
        assert column("name", after="y", before="z") == ["One"]

    def test_platforms_and_hidden_ones_are_not_in_it(self) -> None:
        people.platform(name="App")
        people.initiative(name="Hidden", review_state="submitted")
        people.initiative(name="One")
        assert column("name") == ["One"]


class GroupsTests:
    def test_there_is_a_row_for_each_membership_with_its_reasons(self) -> None:
        one = people.initiative(name="=One", city=people.city("Ghent"), language="nl")
        two = people.initiative(name="Two & co", city=None, geographic_scope="national")
        first = people.group(one, two, words=["garden"])
        people.group(people.initiative(name="A"), people.initiative(name="B"))
        rows = table(f"/groups/{first.public_id}.csv")
        assert [(row["group"], row["name"], row["city"], row["language"], row["role"]) for row in rows] == [
            (first.public_id, "'=One", "ghent", "nl", "main"),
            (first.public_id, "Two & co", "", "en", "main"),
        ]
        assert {row["strength"] for row in rows} == {"0.8"}
        assert all(row["reasons"] for row in rows)
        assert not any("<" in row["reasons"] or "&amp;" in row["reasons"] for row in rows)
        assert len(table("/groups.csv")) == 4

    def test_reasons_are_in_the_language_of_the_file(self) -> None:
        group = people.group(people.initiative(), people.initiative())
        english, dutch = (table(f"{path}/groups/{group.public_id}.csv")[0] for path in ("", "/nl"))
        assert english["reasons"] != dutch["reasons"]

    def test_a_group_that_moved_leads_on_and_one_that_dissolved_has_no_file(self) -> None:
        now = people.group(people.initiative(), people.initiative())
        gone, dissolved = people.group(people.initiative(), moved_to=now), people.group(people.initiative())
        answer = Client().get(f"/groups/{gone.public_id}.csv")
        assert (answer.status_code, answer["Location"]) == (302, f"/groups/{now.public_id}.csv")
        assert Client().get(f"/groups/{dissolved.public_id}.csv").status_code == 404

    def test_embedded_quotes_and_lines_come_back(self) -> None:
        name = 'A "b",\r\nc'
        people.group(people.initiative(name=name), people.initiative(name="Z"))
        text = get("/groups.csv")
        assert next(csv.DictReader(io.StringIO(text, newline="")))["name"] == name
