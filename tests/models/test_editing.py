"""Editing a listing: nobody's words are lost, and the desk, the engine and the search hear of it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from initiatives.models import Change, Initiative, Outbox, StaleVersion
from initiatives.models.plain import PRIVATE, PUBLIC, plain
from tests import people

WHOLE: dict[str, Any] = {
    "name": "Tuin van Morgen",
    "nickname": ["De Tuin"],
    "primary_url": "https://tuin.example.org/",
    "urls": ["https://tuin.example.net/"],
    "mission": "Samen tuinieren.",
    "description": "Elke *zaterdag*.",
    "language": "nl",
    "city": "lille",
    "country": "FR",
    "geographic_scope": "regional",
    "street_address": "Rue 1",
    "postal_code": "59000",
    "status": "completed",
    "founded_year": 1999,
    "founded_precision": "approximate",
    "closed_year": 2020,
    "organisational_structure": "association",
    "self_description": ["commons"],
    "number_of_members": 12,
    "domains": ["housing", "food"],
    "tags": ["compost", "soil"],
    "licences": [["CC-BY-4.0", "content"], ["MIT", "software"]],
    "exchanges": [
        {
            "exchange_type": "want",
            "item_type": "space",
            "transaction_type": "borrow-lend",
            "title": "A shed",
            "description": "Dry.",
            "expires_on": "2031-01-31",
        }
    ],
    "translations": [{"language": "en", "mission": "Gardening together.", "description": ""}],
    "contact": "tuin@example.org",
    "shows_contact": True,
}


def garden(**values: Any) -> Initiative:
    values = {"name": "Tuin", "mission": "Samen.", "domains": ["food"], "tags": ["soil"]} | values
    listing = people.initiative(**values)
    people.steward(of=listing)
    return listing


def edited(listing: Initiative, **values: Any) -> Change | None:
    return listing.edit(by=people.person("Alice"), version=listing.version, values=values)


@pytest.mark.django_db
class EditTests:
    def test_it_writes_every_field(self) -> None:
        listing = garden()
        for slug in ("housing", "food"):
            people.domain(slug)
        for spdx in ("MIT", "CC-BY-4.0"):
            people.licence(spdx)
        people.city("Lille")
        assert {*WHOLE} == {*PUBLIC, *PRIVATE}
        edited(listing, **WHOLE)
        found = plain(Initiative.objects.get(pk=listing.pk))
        del found["exchanges"][0]["public_id"]
        assert found == WHOLE

    def test_it_counts_the_version_up_and_tells_the_desk_what_changed_alone(self) -> None:
        listing = garden()
        change = edited(listing, mission="Samen.", description="Elke zaterdag.", tags=["soil", "worms"])
        assert (listing.version, change.is_marked, change.seen_at) == (2, False, None)
        assert change.was == {"description": "", "tags": ["soil"]}
        assert change.became == {"description": "Elke zaterdag.", "tags": ["soil", "worms"]}

    @pytest.mark.parametrize("values", [{"name": "Ander"}, {"primary_url": "https://a.example/"}, {"city": "lille"}])
    def test_a_change_of_name_site_or_city_is_marked(self, values: dict[str, str]) -> None:
        people.city("Lille")
        assert edited(garden(), **values).is_marked

    def test_what_is_private_stands_in_no_change(self) -> None:
        listing = garden()
        assert edited(listing, contact="a@example.org") is None
        change = edited(listing, contact="b@example.org", nickname=["T"])
        assert (set(change.was), listing.contact) == ({"nickname"}, "b@example.org")

    def test_the_engine_and_the_search_hear_of_it(self) -> None:
        listing = garden()
        Outbox.objects.all().delete()
        edited(listing, mission="Worm compost.")
        assert list(Outbox.objects.values_list("payload", flat=True)) == [{"initiatives": [listing.pk]}]
        assert list(Initiative.objects.published().saying(["worm"])) == [listing]

    @pytest.mark.parametrize("state", ["draft", "submitted", "needs_information", "withdrawn", "declined"])
    def test_one_that_nobody_sees_yet_is_edited_in_quiet(self, state: str) -> None:
        listing = garden(review_state=state)
        Outbox.objects.all().delete()
        assert edited(listing, name="Ander") is None
        assert (listing.name, Outbox.objects.count(), Change.objects.count()) == ("Ander", 0, 0)

    def test_a_steward_who_edits_confirms_it(self) -> None:
        listing = garden()
        edited(listing, nickname=["T"])
        assert (listing.confirmed_by, listing.confirmed_on is None) == (people.person("Alice"), False)

    def test_an_officer_who_edits_does_not_and_has_seen_it(self) -> None:
        listing, olga = garden(), people.officer()
        change = listing.edit(by=olga, version=1, values={"nickname": ["T"]})
        assert (listing.confirmed_on, change.seen_by) == (None, olga)

    def test_a_changed_text_leaves_its_translations_behind(self) -> None:
        listing = garden(translations={"en": "Together.", "fr": "Ensemble."})
        edited(listing, nickname=["T"])
        assert not listing.translations.filter(needs_update=True).exists()
        edited(listing, mission="Samen en alleen.")
        assert listing.translations.filter(needs_update=True).count() == 2

    def test_a_new_city_takes_the_point_in_the_old_one_away(self) -> None:
        people.city("Lille")
        listing = garden(latitude=51.0, longitude=3.7)
        edited(listing, city="lille")
        assert (listing.country, listing.latitude, listing.longitude) == ("FR", None, None)

    def test_a_need_that_stays_is_the_same_row(self) -> None:
        listing = garden(wants=["A shed", "A spade"])
        shed, spade = plain(listing)["exchanges"]
        edited(listing, exchanges=[spade | {"title": "Two spades"}])
        (row,) = listing.exchanges.all()
        assert (row.public_id, row.title) == (spade["public_id"], "Two spades")
        assert shed["public_id"] != row.public_id

    def test_giving_back_what_it_was_undoes_it(self) -> None:
        listing = garden(wants=["A shed"], licences=[("MIT", "software")], translations={"en": "Together."})
        before = plain(listing)
        change = edited(listing, exchanges=[], licences=[], translations=[], tags=[], name="Ander")
        edited(listing, **change.was)
        assert plain(listing) == before

    def test_a_new_name_gives_a_new_address(self) -> None:
        listing = garden(slug="tuin")
        edited(listing, name="Bos")
        assert listing.address_slug == "bos"

    def test_no_listing_goes_by_the_name_of_a_deed(self) -> None:
        assert garden(name="Edit").address_slug == "edit-initiative"


@pytest.mark.django_db
class StaleTests:
    def test_an_edit_of_an_older_version_is_refused_and_changes_nothing(self) -> None:
        listing = garden()
        mine = Initiative.objects.get(pk=listing.pk)
        edited(listing, mission="Eerst.")
        with pytest.raises(StaleVersion, match="Somebody else has changed"):
            edited(mine, mission="Daarna.", tags=["worms"])
        found = Initiative.objects.get(pk=listing.pk)
        assert (found.mission, found.version, plain(found)["tags"]) == ("Eerst.", 2, ["soil"])


@pytest.mark.django_db(transaction=True)
class TwoWritersTests:
    @pytest.mark.parametrize("rounds", [50, pytest.param(1000, marks=pytest.mark.thorough)])
    def test_no_update_is_lost_in_so_many_rounds(self, rounds: int) -> None:
        """Both count the same number up, each from what it has read; a stale one reads again."""
        listing, ada = garden(review_state="draft", number_of_members=0), people.administrator()
        refused: list[int] = []

        def write(left: int) -> None:
            try:
                while left:
                    mine = Initiative.objects.get(pk=listing.pk)
                    try:
                        mine.edit(
                            by=ada, version=mine.version, values={"number_of_members": mine.number_of_members + 1}
                        )
                        left -= 1
                    except StaleVersion:
                        refused.append(left)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as writers:
            list(writers.map(write, [rounds // 2] * 2))
        listing.refresh_from_db()
        assert (listing.number_of_members, listing.version) == (rounds, rounds + 1)
        assert refused, "the two never met: nothing was tried"
