"""Who keeps a listing: inviting, handing over, leaving, claiming."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from initiatives.models import Claim, IllegalMove, Initiative, Invitation, Mail, Stewardship, User
from tests import people

pytestmark = pytest.mark.django_db


def garden(**values: object) -> Initiative:
    listing = people.initiative(name="Tuin", **values)
    people.steward(of=listing)
    return listing


def stewards(listing: Initiative) -> set[str]:
    return set(listing.stewardships.values_list("person__email", flat=True))


def mails() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("pk").values_list("kind", "to"))


class InviteTests:
    def test_it_writes_one_mail_with_a_signed_link(self) -> None:
        invitation = garden().invite("bruno@example.org", by=people.person("Alice"))
        mail = Mail.objects.get()
        assert (mail.kind, mail.to, mail.is_unverified) == ("invitation", "bruno@example.org", True)
        assert Invitation.objects.with_token(mail.context["invitation_path"].split("/")[2]) == invitation

    def test_to_somebody_with_an_account_it_speaks_their_language(self) -> None:
        User.objects.filter(pk=people.person("Bruno").pk).update(language="nl")
        garden().invite("Bruno@Example.org", by=people.person("Alice"))
        mail = Mail.objects.get()
        assert (mail.language, mail.is_unverified, mail.context["invitation_path"][:4]) == ("nl", False, "/nl/")

    def test_nobody_is_invited_twice_at_a_time(self) -> None:
        listing, alice = garden(), people.person("Alice")
        listing.invite("bruno@example.org", by=alice)
        with pytest.raises(IllegalMove, match="invited already"):
            listing.invite("Bruno@example.org", by=alice)

    def test_nor_is_who_keeps_it_already(self) -> None:
        with pytest.raises(IllegalMove, match="keeps this listing already"):
            garden().invite("ALICE@example.org", by=people.person("Alice"))


class AcceptTests:
    def test_whoever_has_no_account_gets_one(self) -> None:
        listing = garden()
        listing.invite("new@example.org", by=people.person("Alice")).accept()
        assert stewards(listing) == {"alice@example.org", "new@example.org"}
        assert mails() == [("invitation", "new@example.org"), ("steward-joined", "alice@example.org")]

    def test_handing_over_ends_the_stewardship_of_who_did(self) -> None:
        listing = garden()
        listing.invite("bruno@example.org", by=people.person("Alice"), kind="hand_over").accept()
        assert stewards(listing) == {"bruno@example.org"}
        assert ("handed-over", "alice@example.org") in mails()
        assert Stewardship.objects.get().origin == "handed_over"

    def test_it_is_answered_once(self) -> None:
        invitation = garden().invite("bruno@example.org", by=people.person("Alice"))
        invitation.decline()
        with pytest.raises(IllegalMove, match="declined"):
            invitation.accept()

    def test_a_link_that_was_tampered_with_opens_nothing(self) -> None:
        token = garden().invite("bruno@example.org", by=people.person("Alice")).token
        assert Invitation.objects.with_token(token) is not None
        forged = signing.dumps(Invitation.objects.get().pk, salt="another")
        assert [Invitation.objects.with_token(each) for each in (token + "x", forged, "")] == [None] * 3


class LeaveTests:
    def test_the_last_may_leave(self) -> None:
        listing = garden()
        listing.stewardships.get().end(by=people.person("Alice"))
        assert (stewards(listing), mails()) == (set(), [])

    def test_what_they_had_asked_is_asked_no_more_and_the_others_hear(self) -> None:
        listing, alice = garden(), people.person("Alice")
        people.steward("Bruno", of=listing)
        invitation = listing.invite("new@example.org", by=alice)
        listing.stewardships.get(person=alice).end(by=alice)
        with pytest.raises(IllegalMove, match="withdrawn"):
            invitation.accept()
        assert mails()[1:] == [("steward-left", "bruno@example.org")]

    def test_an_officer_who_ends_it_says_why(self) -> None:
        garden().stewardships.get().end(by=people.officer(), reason="You asked us to.")
        mail = Mail.objects.get()
        assert (mail.kind, mail.to, mail.context["reason"]) == (
            "stewardship-ended",
            "alice@example.org",
            "You asked us to.",
        )


class ClaimTests:
    def claim(self, listing: Initiative, who: str = "Stan") -> Claim:
        return listing.claim(by=people.person(who), evidence="I answer its mail.", evidence_url="https://e.example/")

    def test_those_who_keep_it_hear_that_somebody_asks(self) -> None:
        self.claim(garden())
        assert mails() == [("claim-asked", "alice@example.org")]

    def test_an_approved_one_makes_a_steward_and_tells_everybody(self) -> None:
        listing = garden()
        self.claim(listing).approve(by=people.officer(), reason="Seen on your site.")
        assert stewards(listing) == {"alice@example.org", "stan@example.org"}
        assert mails()[1:] == [("claim-approved", "stan@example.org"), ("steward-joined", "alice@example.org")]

    def test_a_denied_one_says_why_and_can_be_made_again(self) -> None:
        listing = garden()
        self.claim(listing).deny(by=people.officer(), reason="Which garden?")
        assert (stewards(listing), Mail.objects.last().context["reason"]) == ({"alice@example.org"}, "Which garden?")
        assert self.claim(listing).is_pending

    def test_a_revoked_one_takes_back_what_it_gave(self) -> None:
        listing = garden()
        claim = self.claim(listing)
        claim.approve(by=people.officer())
        claim.revoke(by=people.officer(), reason="It was another garden.")
        assert stewards(listing) == {"alice@example.org"}
        assert mails()[-1] == ("claim-revoked", "stan@example.org")

    @pytest.mark.parametrize("deed", ["approve", "deny"])
    def test_undone_at_once_it_waits_again_and_nobody_was_told(self, deed: str) -> None:
        listing, olga = garden(), people.officer()
        claim = self.claim(listing)
        getattr(claim, deed)(by=olga, reason="Seen on your site.")
        assert list(Claim.objects.undoable_by(olga)) == [claim]
        claim.reopen(by=olga)
        assert (stewards(listing), Claim.objects.get().state) == ({"alice@example.org"}, "pending")
        assert list(Mail.objects.waiting().values_list("kind", flat=True)) == ["claim-asked"]
        claim.approve(by=olga, reason="Seen on your site.")
        assert Mail.objects.waiting().filter(kind__in=("claim-approved", "steward-joined")).count() == 2

    def test_it_is_undone_by_who_decided_and_not_later(self) -> None:
        claim, olga = self.claim(garden()), people.officer()
        claim.approve(by=olga)
        with pytest.raises(IllegalMove, match="your own last decision"):
            claim.reopen(by=people.administrator())
        Claim.objects.update(decided_at=timezone.now() - timedelta(seconds=31))
        with pytest.raises(IllegalMove, match="30 seconds"):
            claim.reopen(by=olga)

    def test_what_is_decided_is_decided(self) -> None:
        claim = self.claim(garden())
        claim.deny(by=people.officer(), reason="No.")
        for deed in (lambda: claim.approve(by=people.officer()), claim.withdraw):
            with pytest.raises(IllegalMove, match="decided already: denied"):
                deed()

    def test_taking_it_back_leaves_nothing(self) -> None:
        self.claim(garden()).withdraw()
        assert not Claim.objects.exists()

    def test_it_is_made_once_and_not_by_who_keeps_it(self) -> None:
        listing = garden()
        self.claim(listing)
        with pytest.raises(IllegalMove, match="claimed “Tuin” already"):
            self.claim(listing)
        with pytest.raises(IllegalMove, match="keep “Tuin” already"):
            self.claim(listing, "Alice")

    @pytest.mark.parametrize("values", [{"review_state": "submitted"}, {"listing_kind": "platform"}])
    def test_only_a_published_initiative_can_be(self, values: dict[str, str]) -> None:
        with pytest.raises(IllegalMove, match="cannot be claimed"):
            self.claim(garden(**values))

    def test_an_officer_finds_those_of_their_own_cities(self) -> None:
        here, there = self.claim(garden()), self.claim(garden(city=people.city("Lille")))
        leo = people.officer("Leo", of="Lille")
        found = [list(Claim.objects.curated_by(who)) for who in (people.officer(), leo, people.person("Stan"))]
        assert found == [[here], [there], []]
