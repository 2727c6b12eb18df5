"""Who keeps a listing: inviting, accepting, leaving, claiming."""

from typing import Any

import pytest
from django.test import Client

from initiatives.forms.stewards import VisitorsClaimForm
from initiatives.models import Claim, Initiative, Invitation, User
from tests import people
from tests.forms.filling import opened
from tests.views.filling import fill, refill
from tests.views.keep.gardens import address, alice, garden

pytestmark = pytest.mark.django_db


def stewards(listing: Initiative) -> set[str]:
    return set(listing.stewardships.values_list("person__email", flat=True))


def invited(email: str = "bruno@example.org", **values: Any) -> Invitation:
    return garden().invite(email, by=people.person("Alice"), **values)


class InviteTests:
    def test_it_is_sent_once(self) -> None:
        listing, client = garden(), alice()
        page = client.get(address(listing, "stewards"))
        for _ in range(2):
            refill(client, address(listing, "stewards"), page, email="bruno@example.org")
        assert [(each.email, each.kind) for each in Invitation.objects.all()] == [("bruno@example.org", "invite")]
        assert b"bruno@example.org" in client.get(address(listing, "stewards")).content

    def test_somebody_who_keeps_it_is_not_invited(self) -> None:
        response = fill(alice(), address(garden(), "stewards"), email="alice@example.org")
        assert (response.status_code, b"keeps this listing already" in response.content) == (422, True)

    def test_an_officer_sees_the_stewards_and_invites_nobody(self) -> None:
        listing, olga = garden(), people.signed_in(people.officer())
        assert b"Alice" in olga.get(address(listing, "stewards")).content
        olga.post(address(listing, "stewards"), {"email": "x@example.org", "kind": "invite"})
        assert not Invitation.objects.exists()

    def test_it_can_be_taken_back(self) -> None:
        invitation = invited()
        alice().post(address(invitation.initiative, f"invitations/{invitation.pk}/withdraw"))
        assert Client().get(f"/invitations/{invitation.token}/").status_code == 200
        assert Client().post(f"/invitations/{invitation.token}/").status_code == 409
        assert stewards(invitation.initiative) == {"alice@example.org"}


class AcceptTests:
    def accept(self, client: Client, invitation: Invitation, **said: str) -> Any:
        return client.post(f"/invitations/{invitation.token}/", {"accept": "1"} | said)

    def test_opening_the_link_does_nothing(self) -> None:
        invitation = invited()
        assert b"Will you keep Tuin together?" in Client().get(f"/invitations/{invitation.token}/").content
        assert stewards(invitation.initiative) == {"alice@example.org"}

    def test_the_button_makes_an_account_for_who_has_none_and_signs_nobody_in(self) -> None:
        invitation, client = invited("new@example.org"), Client()
        assert self.accept(client, invitation)["Location"] == "/my/"
        assert stewards(invitation.initiative) == {"alice@example.org", "new@example.org"}
        assert client.get("/my/")["Location"] == "/sign-in/?next=/my/"

    def test_who_has_an_account_signs_in_first(self) -> None:
        people.person("Bruno")
        invitation = invited()
        assert self.accept(Client(), invitation)["Location"].startswith("/sign-in/?next=/invitations/")
        assert self.accept(people.signed_in(people.person("Bruno")), invitation)["Location"] == "/my/"
        assert stewards(invitation.initiative) == {"alice@example.org", "bruno@example.org"}

    def test_nobody_accepts_for_another(self) -> None:
        invitation = invited()
        response = self.accept(people.signed_in(people.person("Stan")), invitation)
        assert (response.status_code, b"signed in with another address" in response.content) == (409, True)
        assert stewards(invitation.initiative) == {"alice@example.org"}

    def test_it_can_be_declined(self) -> None:
        invitation = invited()
        Client().post(f"/invitations/{invitation.token}/", {"decline": "1"})
        invitation.refresh_from_db()
        assert invitation.state == "declined"

    def test_a_link_that_is_not_good_says_what_to_do(self) -> None:
        response = Client().get("/invitations/a:b:c/")
        assert (response.status_code, b"Ask whoever invited you" in response.content) == (404, True)


class LeaveTests:
    def test_the_last_is_told_what_follows(self) -> None:
        listing, client = garden(), alice()
        assert b"You are its last steward" in client.get(address(listing, "stewards/leave")).content
        assert client.post(address(listing, "stewards/leave"))["Location"] == "/my/"
        assert stewards(listing) == set()
        assert b"Nobody who belongs to it keeps this listing yet." in Client().get(listing.get_absolute_url()).content

    def test_an_officer_ends_it_with_a_reason(self) -> None:
        listing, olga = garden(), people.signed_in(people.officer())
        here = address(listing, f"stewards/{people.person('Alice').pk}/remove")
        assert olga.post(here, {"reason": ""}).status_code == 422
        assert olga.post(here, {"reason": "You asked us to."})["Location"] == address(listing, "stewards")
        assert stewards(listing) == set()

    def test_a_steward_ends_nobodys(self) -> None:
        listing = garden()
        people.steward("Bruno", of=listing)
        here = address(listing, f"stewards/{people.person('Bruno').pk}/remove")
        assert alice().post(here, {"reason": "r"}).status_code == 404
        assert len(stewards(listing)) == 2


class ClaimTests:
    SAID = {"evidence": "I answer its mail.", "evidence_url": "tuin.example.org/contact"}

    def test_a_visitors_words_wait_until_they_have_signed_in(self) -> None:
        listing, client = people.initiative(), Client()
        here = address(listing, "claim")
        said = self.SAID | {"opened": opened(VisitorsClaimForm)}
        assert fill(client, here, **said)["Location"] == f"/sign-in/?next={here}"
        assert not Claim.objects.exists()
        client.force_login(people.person("Stan"))
        assert fill(client, here)["Location"] == "/my/"
        claim = Claim.objects.get()
        assert (claim.by.name, claim.evidence) == ("Stan", "I answer its mail.")
        assert claim.evidence_url == "https://tuin.example.org/contact"

    def test_what_a_program_wrote_is_kept_nowhere(self) -> None:
        client = Client()
        here = address(people.initiative(), "claim")
        said = self.SAID | {"opened": opened(VisitorsClaimForm), "subject_line": "Cheap"}
        assert fill(client, here, **said)["Location"] == f"/sign-in/?next={here}"
        assert "session" not in client.cookies

    def test_reading_the_page_gives_no_session(self) -> None:
        assert set(Client().get(address(people.initiative(), "claim")).cookies) <= {"csrf"}

    def test_it_stands_on_the_own_page_and_can_be_taken_back(self) -> None:
        listing, stan = people.initiative(name="Tuin"), people.signed_in(people.person("Stan"))
        fill(stan, address(listing, "claim"), **self.SAID)
        assert b"Waiting for a decision" in stan.get("/my/").content
        stan.post(f"/my/claims/{Claim.objects.get().pk}/withdraw/")
        assert not Claim.objects.exists()

    def test_nobody_takes_back_anothers(self) -> None:
        claim = people.initiative().claim(by=people.person("Stan"), evidence="e")
        assert alice().post(f"/my/claims/{claim.pk}/withdraw/").status_code == 404

    def test_what_is_theirs_already_is_not_claimed(self) -> None:
        response = fill(alice(), address(garden(), "claim"), **self.SAID)
        assert (response.status_code, "You keep “Tuin” already." in response.content.decode()) == (409, True)

    @pytest.mark.parametrize("values", [{"review_state": "submitted"}, {"listing_kind": "platform"}])
    def test_what_is_no_public_initiative_cannot_be(self, values: dict[str, str]) -> None:
        assert Client().get(address(people.initiative(**values), "claim")).status_code == 404

    def test_its_public_page_offers_it(self) -> None:
        listing = garden()
        link = f'href="{address(listing, "claim")}"'
        assert link in Client().get(listing.get_absolute_url()).content.decode()
        assert link not in alice().get(listing.get_absolute_url()).content.decode()

    def test_no_page_for_readers_names_a_steward(self) -> None:
        listing = garden()
        assert User.objects.get().email not in Client().get(listing.get_absolute_url()).content.decode()
