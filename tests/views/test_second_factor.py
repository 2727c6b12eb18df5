"""Trust promise S-17: what opens an account besides a mailed code, how it is set up, and what it guards."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.management import CommandError, call_command
from django.test import Client

from initiatives.models import Mail, User
from tests.people import administrator, officer, person, signed_in
from tests.views.reading import body

pytestmark = pytest.mark.django_db

PAGE = "/account/second-factor/"
STALE = {"method": "code", "at": 0}


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def shown(browser: Client, *records: dict) -> Client:
    session = browser.session
    session["account_authentication_methods"] = list(records)
    session.save()
    return browser


def kinds(who: User) -> set[str]:
    return set(Authenticator.objects.filter(user=who).values_list("type", flat=True))


class SetUpTests:
    def test_an_officer_without_one_is_led_there_and_back(self):
        olga = officer()
        browser = signed_in(olga, second_factor=False)
        response = browser.get("/desk/")
        assert response.url == f"{PAGE}?next=%2Fdesk%2F"
        assert "Your role lets you change what others read" in body(browser.get(response.url))
        browser.get(f"{PAGE}app/")
        secret = browser.session["mfa.totp.secret"]
        assert browser.post(f"{PAGE}app/", {"code": code_of(secret)}).url == f"{PAGE}recovery-codes/"
        assert browser.get("/desk/").status_code == 200
        assert 'href="/desk/"' in body(browser.get(f"{PAGE}recovery-codes/"))

    def test_a_wrong_code_sets_nothing_up(self):
        olga = officer()
        browser = signed_in(olga, second_factor=False)
        browser.get(f"{PAGE}app/")
        response = browser.post(f"{PAGE}app/", {"code": "000000"})
        assert response.status_code == 422
        assert "<title>Error: Set up an app" in body(response)
        assert kinds(olga) == set()

    def test_the_key_is_not_stored_as_it_is(self):
        olga = officer()
        browser = signed_in(olga, second_factor=False)
        browser.get(f"{PAGE}app/")
        secret = browser.session["mfa.totp.secret"]
        browser.post(f"{PAGE}app/", {"code": code_of(secret)})
        assert secret not in str(Authenticator.objects.get(user=olga, type="totp").data)

    def test_recovery_codes_are_shown_once(self):
        olga = officer()
        TOTP.activate(olga, generate_totp_secret())
        browser = signed_in(olga)
        browser.post(f"{PAGE}recovery-codes/")
        first, second = (body(browser.get(f"{PAGE}recovery-codes/")) for _ in range(2))
        codes = Authenticator.objects.get(user=olga, type="recovery_codes").wrap().get_unused_codes()
        assert len(codes) == 10
        assert all(code in first for code in codes)
        assert not any(code in second for code in codes)

    def test_new_codes_make_the_old_ones_useless(self):
        olga = officer()
        TOTP.activate(olga, generate_totp_secret())
        browser = signed_in(olga)
        browser.post(f"{PAGE}recovery-codes/")
        old = Authenticator.objects.get(user=olga, type="recovery_codes").wrap().get_unused_codes()
        browser.post(f"{PAGE}recovery-codes/")
        new = Authenticator.objects.get(user=olga, type="recovery_codes").wrap().get_unused_codes()
        assert set(old).isdisjoint(new)

    def test_without_a_factor_there_are_no_recovery_codes(self):
        assert signed_in(person("Alice")).get(f"{PAGE}recovery-codes/").status_code == 404


class RemoveTests:
    def test_takes_it_away_and_its_recovery_codes(self):
        olga = officer()
        factor = TOTP.activate(olga, generate_totp_secret()).instance
        browser = signed_in(olga)
        browser.post(f"{PAGE}recovery-codes/")
        browser.post(f"{PAGE}{factor.pk}/remove/")
        assert kinds(olga) == set()
        assert Mail.objects.filter(kind="factors-changed", to=olga.email).exists()

    def test_not_somebody_elses(self):
        factor = TOTP.activate(officer(), generate_totp_secret()).instance
        leo = officer("Leo", of="Lille")
        TOTP.activate(leo, generate_totp_secret())
        assert signed_in(leo).post(f"{PAGE}{factor.pk}/remove/").status_code == 404
        assert Authenticator.objects.filter(pk=factor.pk).exists()


class ConfirmTests:
    """“Is it you?”"""

    @pytest.mark.parametrize("address", [f"{PAGE}app/", f"{PAGE}passkey/", f"{PAGE}recovery-codes/", "/account/email/"])
    def test_is_asked_before_ways_to_sign_in_are_changed(self, address):
        browser = shown(signed_in(person("Alice")), STALE)
        assert browser.get(address).url == f"/account/confirm/?next={address.replace('/', '%2F')}"

    def test_a_mailed_code_does_for_whoever_has_no_second_factor(self):
        browser = shown(signed_in(person("Alice")), STALE)
        browser.post("/account/confirm/?next=/account/email/", {"next": "/account/email/"})
        code = Mail.objects.get(kind="confirm-code").context["code"]
        wrong = browser.post("/account/confirm/", {"code": "0000 0000", "next": "/account/email/"})
        assert wrong.status_code == 422
        right = browser.post("/account/confirm/", {"code": code, "next": "/account/email/"})
        assert right.url == "/account/email/"
        assert browser.get("/account/email/").status_code == 200

    def test_whoever_types_it_too_late_is_told_so_and_asks_anew(self):
        browser = shown(signed_in(person("Alice")), STALE)
        late = browser.post("/account/confirm/", {"code": "0000 0000", "next": "/account/email/"})
        assert late.url == "/account/confirm/?next=%2Faccount%2Femail%2F"
        assert "This code is no longer valid. Ask for a new one." in body(browser.get(late.url))

    def test_of_whoever_has_one_it_is_asked(self):
        ada = administrator()
        secret = generate_totp_secret()
        TOTP.activate(ada, secret)
        browser = shown(signed_in(ada), {"method": "mfa", "at": 0}, {"method": "code", "at": time.time()})
        assert browser.get("/account/email/").status_code == 302
        browser.post("/account/confirm/", {"code": code_of(secret), "next": "/account/email/"})
        assert browser.get("/account/email/").status_code == 200

    def test_leads_to_no_other_site(self):
        ada = administrator()
        secret = generate_totp_secret()
        TOTP.activate(ada, secret)
        answer = signed_in(ada).post("/account/confirm/", {"code": code_of(secret), "next": "https://evil.example/"})
        assert answer.url == PAGE

    def test_what_was_posted_is_not_done_by_the_way(self):
        factor = TOTP.activate(olga := officer(), generate_totp_secret()).instance
        browser = shown(signed_in(olga), {"method": "mfa", "at": 0})
        response = browser.post(f"{PAGE}{factor.pk}/remove/", headers={"referer": f"http://testserver{PAGE}"})
        assert response.url.startswith("/account/confirm/?next=")
        assert kinds(olga) == {"totp"}


class ForgetTests:
    """For whoever runs the site, of somebody who lost phone and codes."""

    def test_takes_all_away_and_tells_of_it(self):
        olga = officer()
        TOTP.activate(olga, generate_totp_secret())
        call_command("forget_second_factor", "OLGA@example.org", verbosity=0)
        assert kinds(olga) == set()
        assert Mail.objects.get().kind == "factors-changed"

    def test_tries_without_doing(self):
        olga = officer()
        TOTP.activate(olga, generate_totp_secret())
        call_command("forget_second_factor", olga.email, dry_run=True, verbosity=0)
        assert kinds(olga) == {"totp"}

    def test_knows_whom_it_does_not_know(self):
        with pytest.raises(CommandError, match="Nobody"):
            call_command("forget_second_factor", "nobody@example.org", verbosity=0)
