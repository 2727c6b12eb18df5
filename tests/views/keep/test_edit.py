"""The page that a steward edits a listing on."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.models import Change, Initiative
from initiatives.models.plain import plain
from tests import people
from tests.views.filling import fill, refill
from tests.views.keep import gardens
from tests.views.keep.gardens import address, alice

pytestmark = pytest.mark.django_db


def garden(**values: Any) -> Initiative:
    values = {
        "name": "Tuin van Heden",
        "nickname": ["De Tuin"],
        "mission": "Samen tuinieren.",
        "description": "Elke *zaterdag*.",
        "language": "nl",
        "domains": ["food", "housing"],
        "tags": ["soil", "worms"],
        "licences": [("MIT", "software"), ("CC-BY-4.0", "content"), ("CC0-1.0", "content")],
        "primary_url": "https://tuin.example.org/",
        "urls": ["https://a.example/", "https://b.example/"],
        "founded_year": 1999,
        "founded_precision": "approximate",
        "self_description": ["commons", "permaculture"],
        "number_of_members": 12,
        "organisational_structure": "association",
        "contact": "tuin@example.org",
    } | values
    return gardens.garden(**values)


class EditPageTests:
    def test_sent_as_it_came_it_changes_nothing(self) -> None:
        listing = garden()
        before = plain(listing)
        response = fill(alice(), address(listing))
        listing.refresh_from_db()
        assert (response.status_code, plain(listing), Change.objects.count()) == (302, before, 0)

    def test_so_it_is_with_one_of_a_list_that_says_little(self) -> None:
        listing = people.initiative(
            source="list", source_id="1", city=None, geographic_scope="unknown", language="und", mission="m" * 500
        )
        people.steward(of=listing)
        before = plain(listing)
        assert fill(alice(), address(listing)).status_code == 302
        assert plain(Initiative.objects.get(pk=listing.pk)) == before

    def test_what_is_written_is_live_at_once(self) -> None:
        listing = garden()
        people.city("Lille")
        client = alice()
        response = fill(
            client,
            address(listing),
            name="Tuin van Morgen",
            where="Rijsel",
            more_domains=["housing"],
            tags="compost, soil",
            licence_content_2="",
            licence_content_1="MIT",
            founded_about=[],
            founded_year="2001",
        )
        found = plain(Initiative.objects.get(pk=listing.pk))
        assert response["Location"] == f"/initiatives/{listing.public_id}/tuin-van-morgen/"
        assert (found["name"], found["city"], found["country"]) == ("Tuin van Morgen", "lille", "FR")
        assert (found["tags"], found["founded_precision"]) == (["compost", "soil"], "exact")
        assert ["MIT", "content"] in found["licences"]
        assert b"Saved. Everybody sees it at once." in client.get(response["Location"]).content

    def test_a_preview_shows_the_text_and_saves_nothing(self) -> None:
        listing = garden()
        response = fill(alice(), address(listing), description="Elke **zondag**.", preview="1")
        page = response.content.decode()
        assert (response.status_code, "<strong>zondag</strong>" in page) == (200, True)
        assert Initiative.objects.get(pk=listing.pk).version == 1

    @pytest.mark.parametrize(
        ("field", "said", "told"),
        [
            ("name", "", "Write what it is called."),
            ("mission", "m " * 200, "Use 280 characters at most: these are 399."),
            ("where", "Atlantis", "No town is known here as “Atlantis”"),
            ("where", "", "Write the town"),
            ("more_domains", ["housing", "energy", "repair-reuse", "mobility"], "three further fields at most"),
            ("primary_url", "javascript:alert(1)", "Write an address on the web"),
            ("urls", "https://a.example/\nftp://b", "“ftp://b”: Write an address on the web"),
            ("founded_year", "3000", "This year has not come yet"),
            ("number_of_members", "-1", "greater than or equal to 0"),
            ("tags", ",".join(f"tag {n}" for n in range(21)), "Write 20 at most: these are 21."),
        ],
    )
    def test_what_cannot_be_is_told_beside_its_field(self, field: str, said: Any, told: str) -> None:
        listing = garden()
        for slug in ("energy", "repair-reuse", "mobility"):
            people.domain(slug)
        response = fill(alice(), address(listing), **{field: said})
        page = response.content.decode()
        assert (response.status_code, page.count(told)) == (422, 2)
        assert "<title>Error: " in page
        assert Initiative.objects.get(pk=listing.pk).version == 1

    def test_fields_of_no_form_change_nothing(self) -> None:
        listing = garden()
        fill(alice(), address(listing), review_state="withdrawn", is_sample="on", listing_kind="platform", source="x")
        found = Initiative.objects.get(pk=listing.pk)
        assert (found.review_state, found.is_sample, found.listing_kind, found.source) == (
            "published",
            False,
            "initiative",
            "",
        )


class StaleEditTests:
    def test_both_texts_are_shown_and_the_own_is_kept(self) -> None:
        listing, client = garden(), alice()
        with_hers = client.get(address(listing))
        listing.edit(by=people.person("Alice"), version=1, values={"mission": "Van hem.", "nickname": ["Zijn naam"]})
        response = refill(client, address(listing), with_hers, mission="Van haar.", postal_code="9000")
        page = response.content.decode()
        assert response.status_code == 409
        assert ("Van hem." in page, "Van haar.</textarea>" in page, "Zijn naam</textarea>" in page) == (True,) * 3
        assert Initiative.objects.get(pk=listing.pk).mission == "Van hem."
        assert refill(client, address(listing), response).status_code == 302
        found = Initiative.objects.get(pk=listing.pk)
        assert (found.mission, found.nickname, found.postal_code) == ("Van haar.", ["Zijn naam"], "9000")

    def test_what_it_says_now_can_be_kept(self) -> None:
        listing, client = garden(), alice()
        with_hers = client.get(address(listing))
        listing.edit(by=people.person("Alice"), version=1, values={"mission": "Van hem."})
        response = refill(client, address(listing), with_hers, mission="Van haar.", postal_code="9000")
        refill(client, address(listing), response, keep_now=["mission"])
        found = Initiative.objects.get(pk=listing.pk)
        assert (found.mission, found.postal_code) == ("Van hem.", "9000")

    def test_a_third_who_comes_between_is_heard_too(self) -> None:
        listing, client = garden(), alice()
        with_hers = client.get(address(listing))
        listing.edit(by=people.person("Alice"), version=1, values={"mission": "Van hem."})
        response = refill(client, address(listing), with_hers, mission="Van haar.")
        listing.edit(by=people.person("Alice"), version=2, values={"mission": "Van een derde."})
        again = refill(client, address(listing), response)
        assert (again.status_code, "Van een derde." in again.content.decode()) == (409, True)


class BoundTests:
    PAGES = ("edit", "status", "needs", "needs/add", "translations", "translations/add", "stewards", "withdraw")

    def statuses(self, client: Client, listing: Initiative) -> set[int]:
        return {client.get(address(listing, page)).status_code for page in self.PAGES}

    def test_a_steward_opens_all_of_their_own(self) -> None:
        assert self.statuses(alice(), garden()) == {200}

    @pytest.mark.parametrize("name", ["Bruno", "Stan"])
    def test_to_a_steward_of_another_or_nobody_there_is_no_such_page(self, name: str) -> None:
        people.steward("Bruno", of=people.initiative())
        assert self.statuses(people.signed_in(people.person(name)), garden()) == {404}

    def test_an_officer_opens_those_of_their_city_alone(self) -> None:
        listing = garden()
        leo = people.officer("Leo", of="Lille")
        found = [self.statuses(people.signed_in(who), listing) for who in (people.officer(), leo)]
        assert found == [{200}, {404}]

    def test_with_a_second_factor_alone(self) -> None:
        client = people.signed_in(people.officer(), second_factor=False)
        assert self.statuses(client, garden()) == {302}
        here = address(garden())
        assert client.get(here)["Location"] == reverse("second-factor", query={"next": here})

    def test_an_officer_needs_none_for_a_listing_of_their_own(self) -> None:
        people.steward("Olga", of=(listing := garden(city=people.city("Lille"))))
        client = people.signed_in(people.officer(), second_factor=False)
        assert self.statuses(client, listing) == {200}

    def test_a_visitor_is_asked_to_sign_in(self) -> None:
        listing = garden()
        assert Client().get(address(listing))["Location"] == f"/sign-in/?next={address(listing)}"

    def test_what_was_merged_away_is_edited_by_nobody(self) -> None:
        listing = garden(review_state="merged", merged_into=people.initiative())
        assert self.statuses(alice(), listing) == {404}


class StatusPageTests:
    def test_one_that_has_ended_says_since_when_and_keeps_its_page(self) -> None:
        listing = garden()
        response = fill(alice(), address(listing, "status"), status="completed", closed_year="2020")
        listing.refresh_from_db()
        assert (listing.status, listing.closed_year) == ("completed", 2020)
        assert b"It ended in 2020" in Client().get(response["Location"]).content

    def test_one_that_goes_on_has_no_year_of_its_end(self) -> None:
        listing = garden(status="completed", closed_year=2020)
        fill(alice(), address(listing, "status"), status="on_hold")
        listing.refresh_from_db()
        assert (listing.status, listing.closed_year) == ("on_hold", None)

    @pytest.mark.parametrize(("year", "told"), [("1990", "It was founded in 1999"), ("3000", "has not come yet")])
    def test_a_year_that_cannot_be_is_told(self, year: str, told: str) -> None:
        response = fill(alice(), address(garden(), "status"), status="completed", closed_year=year)
        assert (response.status_code, told in response.content.decode()) == (422, True)
