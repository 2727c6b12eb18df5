"""Side by side, merged and undone, by whoever may."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.models import DuplicatePair, Initiative, Mail, Merge, Verdict, give_verdict, merge
from tests import people
from tests.views.reading import body

pytestmark = pytest.mark.django_db
REASON = {"kind": "same_website", "strength": 1.0, "evidence": {"website": "repair.example"}}


def two(**values: Any) -> tuple[Initiative, Initiative]:
    return people.initiative(name="Café", **values), people.initiative(name="Cafe", **values)


def address(one: Initiative, other: Initiative, deed: str = "") -> str:
    return f"/desk/pairs/{one.public_id}/{other.public_id}/{deed}"


def sent(one: Initiative, other: Initiative, **more: str) -> dict[str, str]:
    return {"keep": "one", "name": "one", "reason": "One café.", **more}


def again(listing: Initiative) -> Initiative:
    return Initiative.objects.get(pk=listing.pk)


class SideBySideTests:
    def test_what_differs_is_asked_and_what_is_better_is_chosen(self) -> None:
        one, other = people.initiative(name="Café"), people.initiative(name="Cafe", primary_url="https://cafe.example/")
        DuplicatePair.objects.create(a=one, b=other, probability=0.9, reasons=[REASON])
        page = body(people.signed_in(people.officer()).get(address(one, other)))
        assert 'name="name" value="one" id="id_name_0" checked' in page
        assert 'name="website" value="other" id="id_website_1" checked' in page
        assert 'name="status"' not in page
        assert "Both have the website" in page

    def test_what_no_reader_could_tell_apart_is_not_asked(self) -> None:
        one, other = people.initiative(name="Café", slug="cafe"), people.initiative(name="Café", slug="cafe-ghent")
        assert 'name="name"' not in body(people.signed_in(people.officer()).get(address(one, other)))

    def test_merged_the_old_address_leads_on(self) -> None:
        one, other = two()
        answer = people.signed_in(people.officer()).post(address(one, other), sent(one, other, name="other"))
        assert (answer.status_code, answer["Location"]) == (302, "/desk/")
        assert (again(other).merged_into, again(one).name) == (one, "Cafe")

    def test_sent_twice_it_is_done_once(self) -> None:
        one, other = two()
        client = people.signed_in(people.officer())
        answers = [client.post(address(one, other), sent(one, other, key="k")) for _ in range(2)]
        assert [answer["Location"] for answer in answers] == ["/desk/"] * 2
        assert Merge.objects.count() == 1

    def test_without_a_reason_it_comes_back_with_what_was_chosen(self) -> None:
        one, other = two()
        answer = people.signed_in(people.officer()).post(address(one, other), sent(one, other, reason="", keep="other"))
        assert answer.status_code == 422
        page = body(answer)
        assert "<title>Error:" in page
        assert (
            'name="keep" value="other" required id="id_keep_1" checked' in page
            or 'value="other" id="id_keep_1"' in page
        )
        assert Merge.objects.count() == 0

    def test_one_that_waits_is_not_what_is_kept(self) -> None:
        one, other = people.initiative(name="Café"), people.initiative(name="Cafe", review_state="submitted")
        answer = people.signed_in(people.officer()).post(address(one, other), sent(one, other, keep="other"))
        assert (answer.status_code, Merge.objects.count()) == (422, 0)

    def test_whatever_the_order_in_the_address(self) -> None:
        one, other = two()
        assert people.signed_in(people.officer()).get(address(other, one)).status_code == 200

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_same_number_of_queries_however_much_hangs_on_them(self, number: int) -> None:
        one, other = two()
        for place in range(number):
            people.steward(f"Person {place}", of=other)
            people.exchange(of=other, title=f"Room {place}")
        client = people.signed_in(people.officer())
        client.get(address(one, other))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(one, other)).status_code == 200
        assert len(asked.captured_queries) == QUERIES


QUERIES = 18


class BoundsTests:
    def test_another_city_has_no_such_page(self) -> None:
        one, other = two()
        leo = people.signed_in(people.officer("Leo", of="Lille"))
        assert leo.get(address(one, other)).status_code == 404
        assert leo.post(address(one, other), sent(one, other)).status_code == 404
        assert leo.post(address(one, other, "not-the-same/"), {"verdict": "different"}).status_code == 404
        assert (Merge.objects.count(), Verdict.objects.count()) == (0, 0)

    def test_nor_has_a_steward(self) -> None:
        one, other = two()
        people.steward("Alice", of=one)
        assert people.signed_in(people.person("Alice")).get(address(one, other)).status_code == 404

    def test_what_waits_in_another_city_is_not_shown(self) -> None:
        one = people.initiative()
        hidden = people.initiative(city=people.city("Lille"), review_state="submitted")
        assert people.signed_in(people.officer()).get(address(one, hidden)).status_code == 404

    def test_between_two_cities_the_other_officer_decides(self) -> None:
        one, other = people.initiative(name="Café"), people.initiative(name="Cafe", city=people.city("Lille"))
        olga, leo = people.signed_in(people.officer()), people.signed_in(people.officer("Leo", of="Lille"))
        olga.post(address(one, other), sent(one, other, place="one"))
        made = Merge.objects.get()
        assert made.state == "proposed"
        olga.post(f"/desk/merges/{made.public_id}/confirm/")
        assert Merge.objects.get().state == "proposed"
        assert f"/desk/merges/{made.public_id}/confirm/" in body(leo.get("/desk/merges/"))
        leo.post(f"/desk/merges/{made.public_id}/confirm/")
        assert again(other).merged_into == one

    def test_merges_of_another_city_are_neither_listed_nor_undone(self) -> None:
        one, other = two()
        made = merge(one, other, by=people.officer())
        leo = people.signed_in(people.officer("Leo", of="Lille"))
        assert "Café" not in body(leo.get("/desk/merges/"))
        assert leo.post(f"/desk/merges/{made.public_id}/undo/").status_code == 404


class NotTheSameTests:
    def test_it_is_remembered_and_says_nothing_about_their_work(self) -> None:
        one, other = two()
        DuplicatePair.objects.create(a=one, b=other, probability=0.9, reasons=[REASON])
        found = people.pair(one, other)
        client = people.signed_in(people.officer())
        client.post(address(one, other, "not-the-same/"), {"verdict": "different", "words": "Two rooms."})
        assert Verdict.objects.values_list("verdict", "reason").get() == ("different", "Two rooms.")
        assert DuplicatePair.objects.count() == 0
        found.refresh_from_db()
        assert found.kind == "peers"

    def test_it_is_said_on_the_page_of_the_two(self) -> None:
        one, other = two()
        give_verdict(one, other, "different", by=people.officer(), reason="Two rooms.")
        page = body(people.signed_in(people.officer()).get(address(one, other)))
        assert "Somebody said on" in page
        assert "Two rooms." in page


class CandidatesTests:
    def test_by_likeness_and_by_name(self) -> None:
        one = people.initiative(name="Repair Café Ledeberg", primary_url="https://ledeberg.example/")
        people.initiative(name="Repaircafé Ledeberg", primary_url="https://ledeberg.example/")
        people.initiative(name="Zwxqv Workshop")
        page = body(
            people.signed_in(people.officer()).get(f"/desk/listings/{one.public_id}/same/", {"q": "workshop zwxqv"})
        )
        assert "Repaircafé Ledeberg" in page
        assert "Zwxqv Workshop" in page

    def test_what_is_no_word_finds_nothing(self) -> None:
        one = people.initiative()
        client = people.signed_in(people.officer())
        assert client.get(f"/desk/listings/{one.public_id}/same/", {"q": "%_\0" * 5000}).status_code == 200


class OldAddressTests:
    def lead(self, listing: Initiative) -> Any:
        return Client().get(listing.get_absolute_url())

    def test_while_it_can_be_undone_nobody_remembers_the_way(self) -> None:
        one, other = two()
        merge(one, other, by=people.officer())
        answer = self.lead(other)
        assert (answer.status_code, answer["Location"]) == (302, one.get_absolute_url())
        assert "no-store" in answer["Cache-Control"]

    def test_then_it_is_for_good(self) -> None:
        one, other = two()
        merge(one, other, by=people.officer())
        Merge.objects.update(merged_at=timezone.now() - timedelta(days=31))
        answer = self.lead(other)
        assert (answer.status_code, answer["Location"]) == (301, one.get_absolute_url())
        assert "max-age=86400" in answer["Cache-Control"]


class UndoTests:
    def test_from_the_list_of_merges(self) -> None:
        one, other = two()
        made = merge(one, other, by=people.officer())
        client = people.signed_in(people.officer())
        assert f"/desk/merges/{made.public_id}/undo/" in body(client.get("/desk/merges/"))
        assert client.get(f"/desk/merges/{made.public_id}/undo/").status_code == 405
        client.post(f"/desk/merges/{made.public_id}/undo/")
        assert again(other).review_state == "published"

    def test_a_second_time_it_says_that_it_was_done(self) -> None:
        one, other = two()
        made = merge(one, other, by=people.officer())
        client = people.signed_in(people.officer())
        for _ in range(2):
            answer = client.post(f"/desk/merges/{made.public_id}/undo/", follow=True)
        assert "That has been decided already" in body(answer)


class ObjectionTests:
    def merged(self) -> Merge:
        one, other = two()
        people.steward("Bruno", of=other)
        return merge(one, other, by=people.officer(), reason="One café.")

    def test_a_steward_objects_and_the_officer_answers(self) -> None:
        made = self.merged()
        bruno, olga = people.signed_in(people.person("Bruno")), people.signed_in(people.officer())
        bruno.post(f"/merges/{made.public_id}/objection/", {"words": "We are two."})
        assert "We are two." in body(olga.get("/desk/merges/"))
        olga.post(f"/desk/merges/{made.public_id}/overrule/", {"reason": "One board."})
        assert Mail.objects.filter(kind="merge-objection-answered").count() == 1
        assert "One board." in body(bruno.get(f"/merges/{made.public_id}/objection/"))

    def test_without_words_it_comes_back(self) -> None:
        made = self.merged()
        answer = people.signed_in(people.person("Bruno")).post(f"/merges/{made.public_id}/objection/", {"words": ""})
        assert answer.status_code == 422

    def test_nobody_else_has_such_a_page(self) -> None:
        made = self.merged()
        assert people.signed_in(people.person("Stan")).get(f"/merges/{made.public_id}/objection/").status_code == 404
