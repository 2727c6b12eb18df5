"""Everything that the directory knows about somebody, given out to them."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder

from initiatives.models import Mail
from initiatives.models.privacy import own_data
from tests import people

pytestmark = pytest.mark.django_db


class OwnDataTests:
    def test_tells_what_is_theirs_and_what_they_did(self) -> None:
        listing = people.initiative(review_state="submitted")
        olga = people.steward("Olga", of=listing)
        olga = people.officer("Olga")
        listing.publish(by=olga, reason="Welcome.")
        told = own_data(olga)
        assert told["about_you"]["initiatives.User"][0]["email"] == "olga@example.org"
        assert told["about_you"]["initiatives.Appointment"][0]["city"] == "ghent"
        assert told["about_you"]["initiatives.Stewardship"][0]["initiative"] == listing.public_id
        (decision,) = told["what_you_did"]["initiatives.ReviewEvent"]
        assert (decision["became"], decision["reason"]) == ("published", "Welcome.")

    def test_is_found_by_address_too(self) -> None:
        listing = people.initiative(contact="stan@example.org")
        listing.reports.create(kind="wrong", words="The year is another.", email="Stan@example.org")
        Mail.objects.post("hello", to="stan@example.org", key="1", context={"listing": "The Loom"})
        told = own_data(people.person("Stan"))["about_you"]
        assert told["initiatives.Report"][0]["words"] == "The year is another."
        assert told["initiatives.Mail"][0]["context"] == {"listing": "The Loom"}
        assert told["initiatives.Initiative"][0]["contact"] == "stan@example.org"

    def test_holds_nothing_of_anybody_else(self) -> None:
        listing = people.initiative()
        people.steward("Alice", of=listing)
        listing.claims.create(by=people.steward("Bruno", of=listing), evidence="I am on the board.")
        told = json.dumps(own_data(people.person("Alice")), cls=DjangoJSONEncoder)
        assert "bruno" not in told.lower()
        assert "board" not in told

    def test_opens_no_door(self) -> None:
        alice = people.person("Alice")
        alice.set_password("correct horse battery staple")
        alice.save()
        Authenticator.objects.create(user=alice, type="totp", data={"secret": "JBSWY3DP"})
        people.signed_in(alice)
        told = json.dumps(own_data(alice), cls=DjangoJSONEncoder)
        assert [word for word in ("JBSWY3DP", "pbkdf2", "md5$", "password", "session_key") if word in told] == []
