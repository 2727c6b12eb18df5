"""Many listings at once, by whoever curates them."""

import pytest
from django.test import Client

from initiatives.models import BulkDeed, Initiative, OneTimeKey
from tests import people
from tests.views.reading import body

pytestmark = pytest.mark.django_db


def olga() -> Client:
    return people.signed_in(people.officer())


def tags(listing: Initiative) -> list[str]:
    return sorted(row.tag.name for row in listing.tagged.all())


class ChooseTests:
    def test_only_what_is_theirs_is_listed(self) -> None:
        people.initiative(name="Ours")
        people.initiative(name="Theirs", city=people.city("Lille"))
        page = body(olga().get("/desk/bulk/"))
        assert "Ours" in page
        assert "Theirs" not in page

    def test_by_what_is_missing(self) -> None:
        people.initiative(name="Bare")
        people.steward("Alice", of=people.initiative(name="Kept"))
        page = body(olga().get("/desk/bulk/", {"lacks": "steward"}))
        assert ("Bare" in page, "Kept" in page) == (True, False)

    def test_an_unknown_value_finds_nothing(self) -> None:
        people.initiative(name="Bare")
        assert "Bare" not in body(olga().get("/desk/bulk/", {"lacks": "sense"}))

    def test_without_a_choice_it_comes_back(self) -> None:
        answer = olga().post("/desk/bulk/", {"which": "ticked", "kind": "tag", "tag": ""})
        assert answer.status_code == 422
        assert "<title>Error:" in body(answer)


class WholeTests:
    def test_those_that_were_ticked(self) -> None:
        one, other = people.initiative(), people.initiative()
        client = olga()
        asked = {"which": "ticked", "kind": "tag", "tag": "Wood", "listing": [one.public_id]}
        preview = client.post("/desk/bulk/", asked)
        assert "1 listing will be changed." in body(client.get(preview["Location"]))
        assert (tags(one), BulkDeed.objects.get().state) == ([], "prepared")
        client.post(f"{preview['Location']}do/")
        assert (tags(one), tags(other)) == (["wood"], [])
        client.post(f"{preview['Location']}undo/")
        assert tags(one) == []

    def test_all_that_were_found(self) -> None:
        food = [people.initiative(domains=["food"]) for _ in range(3)]
        people.initiative(domains=["energy"])
        people.initiative(domains=["food"], city=people.city("Lille"))
        answer = olga().post("/desk/bulk/?domain=food", {"which": "all", "kind": "status", "status": "on_hold"})
        assert answer.status_code == 302
        assert BulkDeed.objects.get().listings == [each.pk for each in food]

    def test_sent_twice_it_is_prepared_once(self) -> None:
        people.initiative()
        client = olga()
        said = {"which": "all", "kind": "confirm", "key": "k"}
        answers = {client.post("/desk/bulk/", said)["Location"] for _ in range(2)}
        assert (len(answers), BulkDeed.objects.count(), OneTimeKey.objects.count()) == (1, 1, 1)


class BoundsTests:
    def test_what_is_not_theirs_cannot_be_ticked(self) -> None:
        theirs = people.initiative(city=people.city("Lille"))
        asked = {"which": "ticked", "kind": "confirm", "listing": [theirs.public_id]}
        assert olga().post("/desk/bulk/", asked).status_code == 422
        assert BulkDeed.objects.count() == 0

    @pytest.mark.parametrize("deed", ["", "do/", "undo/"])
    def test_nobody_else_sees_or_does_it(self, deed: str) -> None:
        people.initiative()
        made = olga().post("/desk/bulk/", {"which": "all", "kind": "confirm"})["Location"]
        leo = people.signed_in(people.officer("Leo", of="Lille"))
        answer = leo.post(f"{made}{deed}") if deed else leo.get(made)
        assert (answer.status_code, BulkDeed.objects.get().state) == (404, "prepared")
