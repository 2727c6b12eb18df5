"""The desk: what an officer reads and decides, and that nobody else does."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.models import Initiative, Mail, OverlapRun, Report, ReviewEvent, User, give_verdict
from initiatives.views.desk import queue
from tests import people
from tests.models.test_desk import changed, claimed, doubled, one_of_each, reported, submitted, unconfirmed

pytestmark = pytest.mark.django_db


def read(who: User, address: str = "/desk/", *, status: int = 200) -> str:
    response = people.signed_in(who).get(address)
    assert response.status_code == status, (address, response.status_code)
    return unescape(response.content.decode())


def names(page: str) -> list[str]:
    return re.findall(r'class="desk-name"><a [^>]*>(.*?)</a>', page)


def kinds(page: str) -> dict[str, int]:
    found = re.findall(r'<a href="/desk/[^"]*"[^>]*>([\w ]+) <span class="figures">(\d+)</span></a>', page)
    return {kind: int(count) for kind, count in found}


def send(who: User, address: str, deed: str, reason: str = "", *, thing: str = "", **options: object) -> tuple:
    """Press a button of the page of a listing; the answer's status and where it leads."""
    prefix = f"{deed}-{thing}" if thing else deed
    response = people.signed_in(who).post(address, {f"{prefix}-reason": reason, f"{prefix}-key": "k"}, **options)
    return response.status_code, response.get("Location", response.content.decode())


class QueueTests:
    def test_it_shows_what_waits_with_its_kind_and_age(self) -> None:
        one_of_each()
        page = read(people.officer())
        assert names(page) == ["new", "changed", "claim", "report", "duplicate", "merge", "unconfirmed"]
        assert kinds(page) == {
            "Everything": 7,
            "New": 1,
            "Changed": 1,
            "Claims": 1,
            "Reports": 1,
            "Likely the same": 1,
            "Merges": 1,
            "Unconfirmed": 1,
        }
        assert "for 6 days" in page

    def test_another_citys_desk_is_empty_and_its_address_no_page(self) -> None:
        one_of_each()
        leo = people.officer("Leo", of="Lille")
        page = read(leo)
        assert (names(page), set(kinds(page).values())) == ([], {0})
        read(leo, "/desk/cities/ghent/", status=404)

    def test_an_officer_of_two_cities_sees_them_together_or_apart(self) -> None:
        submitted("of Ghent", days=2)
        submitted("of Lille", city=people.city("Lille"))
        people.officer()
        olga = people.officer(of="Lille")
        assert names(read(olga)) == ["of Ghent", "of Lille"]
        assert names(read(olga, "/desk/cities/lille/")) == ["of Lille"]

    def test_when_nothing_waits_it_tells_when_the_last_was_answered(self) -> None:
        olga = people.officer()
        assert "Nothing waits." in read(olga)
        submitted("first", days=3).publish(by=olga)
        ReviewEvent.objects.update(by=None)
        assert "after 3 days" in read(olga)

    def test_it_is_paged(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(queue, "PAGE", 2)
        for number in range(3):
            submitted(f"Listing {number}", days=9 - number)
        first, second = read(people.officer()), read(people.officer(), "/desk/?page=2")
        assert (names(first), names(second)) == (["Listing 0", "Listing 1"], ["Listing 2"])

    @pytest.mark.parametrize("query", ["?kind=x", "?page=x", "?page=99", "?officer=none", "?kind=new&page=-1"])
    def test_unknown_questions_are_no_errors(self, query: str) -> None:
        submitted("one")
        assert names(read(people.officer(), f"/desk/{query}")) == ["one"]

    def test_it_asks_as_often_for_one_of_each_as_for_three(self) -> None:
        olga, counts = people.officer(), []
        browser = people.signed_in(olga)
        for _ in range(3):
            one_of_each()
            with CaptureQueriesContext(connection) as asked:
                browser.get("/desk/")
            counts.append(len(asked))
        assert len(set(counts)) == 1, counts

    def test_stewards_and_strangers_have_none(self) -> None:
        alice = people.steward(of=submitted("hers"))
        for who in (alice, people.broker(), people.person("Stan")):
            read(who, status=404)
        assert Client().get("/desk/")["Location"].startswith("/sign-in/")


class ListingTests:
    def test_it_is_read_as_its_page_will_show_it(self) -> None:
        listing = submitted("Tuin van Heden", mission="We dig.", primary_url="https://tuin.example.org/")
        page = read(people.officer(), f"/desk/listings/{listing.public_id}/")
        assert "<h1>Tuin van Heden</h1>" in page
        assert 'lang="en">We dig.</p>' in page
        assert "It has a website." in page

    def test_a_likely_double_is_named_with_its_reasons(self) -> None:
        twin = people.initiative(name="Tuin van Heden", primary_url="https://tuin.example.org/")
        listing = submitted("Tuin van Heden", primary_url="https://tuin.example.org/")
        page = read(people.officer(), f"/desk/listings/{listing.public_id}/")
        assert f"/desk/pairs/{listing.public_id}/{twin.public_id}/" in page
        assert "Both have the website <mark>tuin.example.org</mark>." in page

    def test_what_was_said_to_be_another_is_asked_about_no_more(self) -> None:
        twin = people.initiative(name="Tuin van Heden")
        listing, olga = submitted("Tuin van Heden"), people.officer()
        give_verdict(listing, twin, "different", by=olga)
        assert "Nothing like it is known." in read(olga, f"/desk/listings/{listing.public_id}/")

    def test_everything_that_waits_about_it_is_there(self) -> None:
        listing = people.initiative(name="Shed")
        changed(listing)
        claim, told = claimed(listing), reported(listing)
        unconfirmed(listing)
        page = read(people.officer(), f"/desk/listings/{listing.public_id}/")
        for deed in (
            f"/desk/listings/{listing.public_id}/withdraw/",
            f"/desk/claims/{claim.pk}/approve/",
            f"/desk/claims/{claim.pk}/deny/",
            f"/desk/reports/{told.public_id}/resolve/",
            f"/desk/reports/{told.public_id}/dismiss/",
            f"/desk/changes/{listing.changes.get().pk}/seen/",
            f"/desk/changes/{listing.changes.get().pk}/revert/",
            f"/desk/listings/{listing.public_id}/confirm/",
        ):
            assert f'action="{deed}"' in page, deed
        assert "/publish/" not in page

    def test_what_it_says_about_contacts_is_seen_at_a_glance(self) -> None:
        listing = submitted("Shed", mission="Call 09 233 12 34.")
        assert "nobody said that everybody may read" in read(people.officer(), f"/desk/listings/{listing.public_id}/")

    def test_prepared_words_are_in_the_stewards_language_and_come_without_a_script(self) -> None:
        listing = submitted("Shed")
        User.objects.filter(pk=people.steward(of=listing).pk).update(language="nl")
        page = read(people.officer(), f"/desk/listings/{listing.public_id}/?words=ask-1")
        field = re.search(r'<textarea name="ask-reason"(.*?)</textarea>', page, re.DOTALL)[1]
        assert 'lang="nl"' in field
        assert "Waar kunnen mensen jullie vinden?" in field

    def test_it_asks_as_often_whatever_waits_about_it(self) -> None:
        olga, listing, counts = people.officer(), people.initiative(), []
        browser = people.signed_in(olga)
        for number in range(3):
            changed(listing)
            reported(listing)
            claimed(listing, by=f"Claimant {number}")
            with CaptureQueriesContext(connection) as asked:
                browser.get(f"/desk/listings/{listing.public_id}/")
            counts.append(len(asked))
        assert len(set(counts)) == 1, counts

    def test_another_citys_listing_is_no_page(self) -> None:
        listing = submitted("Shed")
        for who in (people.officer("Leo", of="Lille"), people.broker(), people.steward(of=listing)):
            read(who, f"/desk/listings/{listing.public_id}/", status=404)
        read(people.administrator(), f"/desk/listings/{listing.public_id}/")

    def test_a_draft_is_no_page(self) -> None:
        draft = people.initiative(review_state="draft")
        read(people.officer(), f"/desk/listings/{draft.public_id}/", status=404)


class DecisionTests:
    @pytest.mark.parametrize(
        ("deed", "reason", "state"),
        [
            ("publish", "Welcome.", "published"),
            ("ask", "Where do you meet?", "needs_information"),
            ("decline", "It is a shop.", "declined"),
        ],
    )
    def test_it_leads_to_what_waits_next(self, deed: str, reason: str, state: str) -> None:
        olga, listing, other = people.officer(), submitted("first", days=3), submitted("second", days=2)
        status, leads_to = send(olga, f"/desk/listings/{listing.public_id}/{deed}/?kind=new", deed, reason)
        assert (status, leads_to) == (302, f"/desk/listings/{other.public_id}/?kind=new")
        listing.refresh_from_db()
        event = listing.review_events.get()
        assert (listing.review_state, event.reason, event.by) == (state, reason, olga)

    def test_published_without_a_word_the_steward_reads_why_all_the_same(self) -> None:
        listing = submitted("Shed")
        User.objects.filter(pk=people.steward(of=listing).pk).update(language="nl")
        send(people.officer(), f"/desk/listings/{listing.public_id}/publish/", "publish")
        assert listing.review_events.get().reason.startswith("Het hoort hier thuis")

    def test_the_queue_goes_on_as_it_was_narrowed(self) -> None:
        listing = submitted("Shed")
        assert "/publish/?kind=new" in read(people.officer(), f"/desk/listings/{listing.public_id}/?kind=new")

    def test_a_pair_with_the_declined_one_is_not_what_comes_next(self) -> None:
        olga, known, twin = people.officer(), people.initiative(name="Shed"), submitted("The shed")
        doubled(known, twin)
        assert send(olga, f"/desk/listings/{twin.public_id}/decline/", "decline", "Twice.") == (302, "/desk/")

    def test_the_last_leads_to_the_empty_desk(self) -> None:
        listing = submitted("last")
        assert send(people.officer(), f"/desk/listings/{listing.public_id}/publish/", "publish") == (302, "/desk/")

    @pytest.mark.parametrize("deed", ["ask", "decline"])
    def test_without_a_reason_the_page_says_so_and_nothing_happens(self, deed: str) -> None:
        listing = submitted("first")
        status, page = send(people.officer(), f"/desk/listings/{listing.public_id}/{deed}/", deed)
        assert status == 422
        assert "<title>Error:" in page
        assert f'href="#id_{deed}-reason"' in page
        assert ReviewEvent.objects.count() == 0

    def test_what_cannot_be_decided_any_more_is_said(self) -> None:
        olga, listing = people.officer(), submitted("first")
        listing.withdraw()
        status, page = send(olga, f"/desk/listings/{listing.public_id}/publish/", "publish")
        assert status == 409
        assert "is withdrawn and cannot become published" in page

    def test_pressed_twice_it_is_done_once(self) -> None:
        olga, listing, _ = people.officer(), submitted("first", days=2), submitted("second")
        answers = [send(olga, f"/desk/listings/{listing.public_id}/publish/", "publish") for _ in range(2)]
        assert answers[0] == answers[1]
        assert ReviewEvent.objects.count() == 1

    @pytest.mark.parametrize("deed", ["publish", "ask", "decline", "withdraw", "confirm", "seen"])
    def test_nobody_decides_in_another_city(self, deed: str) -> None:
        listing = submitted("first")
        for who in (people.officer("Leo", of="Lille"), people.broker(), people.steward(of=listing)):
            assert send(who, f"/desk/listings/{listing.public_id}/{deed}/", deed, "Why")[0] == 404
        assert ReviewEvent.objects.count() == 0


class UndoTests:
    def test_every_page_of_the_desk_offers_it_for_a_moment(self) -> None:
        olga, listing, other = people.officer(), submitted("first"), submitted("second")
        event = listing.publish(by=olga)
        for address in ("/desk/", f"/desk/listings/{other.public_id}/"):
            page = read(olga, address)
            assert "“first” is published." in page
            assert f'action="/desk/decisions/{event.pk}/undo/"' in page
        people.signed_in(olga).post(f"/desk/decisions/{event.pk}/undo/")
        listing.refresh_from_db()
        assert listing.review_state == "submitted"
        assert f"/desk/decisions/{event.pk}/undo/" not in read(olga)

    def test_nobody_undoes_anothers(self) -> None:
        listing = submitted("first")
        event = listing.publish(by=people.officer())
        for who in (people.officer("Otto"), people.officer("Leo", of="Lille"), people.administrator()):
            assert people.signed_in(who).post(f"/desk/decisions/{event.pk}/undo/").status_code == 404
        assert Initiative.objects.get(pk=listing.pk).is_published


class ReportTests:
    def test_it_is_answered_and_can_be_undone(self) -> None:
        olga, told = people.officer(), reported(people.initiative(name="Shed"))
        address = f"/desk/reports/{told.public_id}/resolve/"
        assert send(olga, address, "resolve", "Done.", thing=told.public_id) == (302, "/desk/")
        told.refresh_from_db()
        assert (told.state, told.reason) == ("resolved", "Done.")
        assert "The report on “Shed” is answered." in read(olga)
        people.signed_in(olga).post(f"/desk/reports/{told.public_id}/undo/")
        assert Report.objects.open().count() == 1

    @pytest.mark.parametrize("deed", ["resolve", "dismiss", "undo"])
    def test_nobody_answers_in_another_city(self, deed: str) -> None:
        told = reported(people.initiative())
        leo = people.officer("Leo", of="Lille")
        assert send(leo, f"/desk/reports/{told.public_id}/{deed}/", deed, "Why", thing=told.public_id)[0] == 404
        assert Report.objects.open().count() == 1


class ChangeTests:
    def test_all_of_a_listing_are_seen_at_once(self) -> None:
        olga, listing = people.officer(), people.initiative()
        changed(listing)
        changed(listing)
        people.signed_in(olga).post(f"/desk/listings/{listing.public_id}/seen/")
        assert set(listing.changes.values_list("seen_by__name", flat=True)) == {"Olga"}

    def test_one_is_seen_alone(self) -> None:
        listing = people.initiative()
        changed(listing)
        changed(listing)
        first, second = listing.changes.all()
        people.signed_in(people.officer()).post(f"/desk/changes/{first.pk}/seen/")
        assert list(listing.changes.unseen()) == [second]

    @pytest.mark.parametrize("deed", ["seen", "revert"])
    def test_nobody_sees_to_those_of_another_city(self, deed: str) -> None:
        listing = people.initiative()
        changed(listing)
        leo = people.signed_in(people.officer("Leo", of="Lille"))
        assert leo.post(f"/desk/changes/{listing.changes.get().pk}/{deed}/").status_code == 404
        assert listing.changes.unseen().count() == 1


class MovesTests:
    def test_it_names_the_listings_of_the_own_cities_that_changed_groups(self) -> None:
        mine, theirs = people.initiative(name="Mine"), people.initiative(name="Theirs", city=people.city("Lille"))
        group = people.group(mine, theirs)
        run = OverlapRun.objects.create(finished_at=timezone.now())
        for listing in (mine, theirs):
            run.moves.create(initiative=listing, joined=group)
        page = read(people.officer(), "/desk/moves/")
        assert ("Mine" in page, "Theirs" in page) == (True, False)


class SuspiciousReportTests:
    def test_they_stand_beside_the_queue_and_are_put_aside_at_once(self) -> None:
        olga, mine, theirs = people.officer(), people.initiative(), people.initiative(city=people.city("Lille"))
        for listing in (mine, mine, theirs):
            reported(listing)
        Report.objects.update(is_suspicious=True, email="somebody@example.org")
        page = read(olga)
        assert "Nothing waits." in page
        assert kinds(page)["Suspicious reports"] == 2
        assert "Put all aside" in read(olga, "/desk/?kind=suspicious")
        people.signed_in(olga).post("/desk/suspicious/dismiss/")
        assert list(Report.objects.open()) == [theirs.reports.get()]
        assert not Mail.objects.exists()


class ClaimTests:
    def test_an_approved_one_makes_a_steward(self) -> None:
        listing, olga = people.initiative(name="Shed"), people.officer()
        claim = claimed(listing)
        page = read(olga, f"/desk/listings/{listing.public_id}/")
        assert "I am in it." in page
        address = f"/desk/claims/{claim.pk}/approve/"
        assert send(olga, address, "approve", thing=str(claim.pk)) == (302, "/desk/")
        assert list(listing.stewardships.values_list("person__name", "origin")) == [("Stan", "claimed")]

    def test_a_denied_one_says_why(self) -> None:
        claim = claimed(people.initiative())
        olga, address = people.officer(), f"/desk/claims/{claim.pk}/deny/"
        assert send(olga, address, "deny", thing=str(claim.pk))[0] == 422
        assert send(olga, address, "deny", "Not shown.", thing=str(claim.pk)) == (302, "/desk/")
        claim.refresh_from_db()
        assert (claim.state, claim.reason) == ("denied", "Not shown.")

    def test_an_approved_one_can_be_undone_for_half_a_minute(self) -> None:
        listing, olga = people.initiative(name="Shed"), people.officer()
        claim = claimed(listing)
        claim.approve(by=olga)
        assert "The claim on “Shed” is approved." in read(olga)
        people.signed_in(olga).post(f"/desk/claims/{claim.pk}/undo/")
        claim.refresh_from_db()
        assert (claim.state, listing.stewardships.count()) == ("pending", 0)

    def test_an_approved_one_can_be_revoked(self) -> None:
        listing, olga = people.initiative(), people.officer()
        claim = claimed(listing)
        claim.approve(by=olga)
        assert f'action="/desk/claims/{claim.pk}/revoke/"' in read(olga, f"/desk/listings/{listing.public_id}/")
        send(olga, f"/desk/claims/{claim.pk}/revoke/", "revoke", "Not theirs.", thing=str(claim.pk))
        assert listing.stewardships.count() == 0

    @pytest.mark.parametrize("deed", ["approve", "deny", "revoke"])
    def test_nobody_decides_in_another_city(self, deed: str) -> None:
        claim = claimed(people.initiative())
        leo = people.officer("Leo", of="Lille")
        assert send(leo, f"/desk/claims/{claim.pk}/{deed}/", deed, "Why", thing=str(claim.pk))[0] == 404


class ConfirmTests:
    def test_an_officer_who_knows_says_that_it_is_right(self) -> None:
        listing, olga = people.initiative(), people.officer()
        unconfirmed(listing)
        people.signed_in(olga).post(f"/desk/listings/{listing.public_id}/confirm/")
        listing.refresh_from_db()
        assert (listing.confirmed_on, listing.confirmed_by) == (timezone.localdate(), olga)
        assert names(read(olga)) == []


class RevertTests:
    def edited(self) -> Initiative:
        listing = people.initiative(name="Shed", mission="We mend.")
        listing.edit(by=people.steward(of=listing), version=listing.version, values={"name": "Shop"})
        return listing

    def test_it_is_as_it_was_and_off_the_desk(self) -> None:
        olga, listing = people.officer(), self.edited()
        assert "Shop" in read(olga, f"/desk/listings/{listing.public_id}/")
        people.signed_in(olga).post(f"/desk/changes/{listing.changes.get().pk}/revert/")
        listing.refresh_from_db()
        assert (listing.name, listing.version) == ("Shed", 3)
        assert listing.changes.unseen().count() == 0

    def test_what_was_changed_again_since_is_left_alone(self) -> None:
        olga, listing = people.officer(), self.edited()
        first = listing.changes.get()
        listing.edit(by=people.person("Alice"), version=listing.version, values={"name": "Works"})
        browser = people.signed_in(olga)
        page = browser.post(f"/desk/changes/{first.pk}/revert/", follow=True).content.decode()
        listing.refresh_from_db()
        assert listing.name == "Works"
        assert "This was changed again since" in page
