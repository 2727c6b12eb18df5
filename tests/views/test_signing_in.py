"""In by a mailed code, with the second factor of whoever has one; and out again."""

import time
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from initiatives.models import Mail, MailAddress, User
from initiatives.views import mailed_code
from tests.people import officer, person, signed_in
from tests.views.reading import body

pytestmark = pytest.mark.django_db


def ask(client: Client, email: str, **more: str) -> Any:
    return client.post("/sign-in/", {"email": email, **more})


def mailed() -> str:
    """The newest code."""
    return Mail.objects.latest("pk").context["code"]


def give(client: Client, code: str) -> Any:
    return client.post("/sign-in/code/", {"code": code})


def who(client: Client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


def code_of_app(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_app(who: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(who, secret)
    return secret


class SignInTests:
    def test_a_mailed_code_opens_the_session(self, client):
        alice = person("Alice")
        assert ask(client, "ALICE@example.org").url == "/sign-in/code/"
        assert who(client) is None
        assert give(client, mailed()).url == "/my/"
        assert who(client) == alice

    def test_an_officer_comes_to_the_desk(self, client):
        officer("Olga")
        ask(client, "olga@example.org")
        assert give(client, mailed()).url == "/desk/"

    def test_the_page_says_where_the_code_went(self, client):
        ask(client, "alice@example.org")
        assert "<b>alice@example.org</b>" in body(client.get("/sign-in/code/"))

    def test_the_code_may_be_typed_without_its_space(self, client):
        person("Alice")
        ask(client, "alice@example.org")
        give(client, mailed().replace(" ", ""))
        assert who(client) is not None

    def test_the_answer_is_the_same_for_a_stranger(self, client):
        person("Alice")
        known, unknown = ask(Client(), "alice@example.org"), ask(client, "new@example.org")
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        first, second = Mail.objects.order_by("pk")
        assert (first.kind, first.is_unverified, second.kind, second.is_unverified) == (
            "sign-in-code",
            False,
            "sign-in-code",
            True,
        )

    def test_an_account_begins_with_the_first_code_that_is_typed(self, client):
        ask(client, "new@example.org")
        assert not User.objects.with_email("new@example.org").exists()
        give(client, mailed())
        assert who(client).email == "new@example.org"
        assert MailAddress.objects.has_taken_part("new@example.org")

    def test_it_speaks_the_language_of_the_page(self, client):
        client.post("/nl/sign-in/", {"email": "nieuw@example.org"})
        assert Mail.objects.get().language == "nl"
        client.post("/nl/sign-in/code/", {"code": mailed()})
        assert who(client).language == "nl"

    def test_the_session_gets_a_new_key(self, client):
        ask(client, "new@example.org")
        before = client.session.session_key
        give(client, mailed())
        assert client.session.session_key != before

    def test_a_code_is_accepted_once(self, client):
        ask(client, "new@example.org")
        code = mailed()
        give(client, code)
        client.post("/sign-out/")
        assert give(client, code).url == "/sign-in/"
        assert who(client) is None

    def test_a_code_is_of_no_use_in_another_browser(self, client):
        ask(Client(), "new@example.org")
        assert give(client, mailed()).url == "/sign-in/"

    def test_after_five_wrong_ones_none_is_right(self, client):
        ask(client, "new@example.org")
        code = mailed()
        answers = [give(client, "0000 0000").status_code for _ in range(5)]
        assert answers == [422, 422, 422, 422, 302]
        assert give(client, code).url == "/sign-in/"
        assert who(client) is None

    def test_after_a_quarter_of_an_hour_it_is_worth_nothing(self, client, monkeypatch):
        ask(client, "new@example.org")
        monkeypatch.setattr(mailed_code, "LASTS", 0)
        assert give(client, mailed()).url == "/sign-in/"
        assert "This code is no longer valid. Ask for a new one." in body(client.get("/sign-in/"))

    def test_nobody_is_flooded_with_codes(self, client):
        answers = [ask(client, "new@example.org").status_code for _ in range(6)]
        assert answers == [302, 302, 302, 302, 302, 422]
        assert Mail.objects.count() == 5

    def test_asked_for_twice_by_a_newcomer_the_one_that_was_mailed_serves(self, client):
        ask(client, "nina@example.org")
        code = mailed()
        ask(client, "nina@example.org")
        give(client, code)
        assert who(client).email == "nina@example.org"

    def test_a_closed_account_stays_closed(self, client):
        stan = person("Stan")
        User.objects.update(is_active=False)
        ask(client, stan.email)
        assert give(client, mailed()).url == "/sign-in/"
        assert who(client) is None

    @pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil"])
    def test_leads_to_no_other_site(self, client, onward):
        ask(client, "new@example.org", next=onward)
        assert give(client, mailed()).url == "/my/"

    def test_leads_to_where_one_was_going(self, client):
        response = client.get("/account/email/")
        assert response.url == "/sign-in/?next=/account/email/"
        ask(client, "new@example.org", next="/account/email/")
        assert give(client, mailed()).url == "/account/email/"

    def test_what_is_wrong_is_said(self, client):
        response = ask(client, "not an address")
        assert response.status_code == 422
        assert "<title>Error: Sign in" in body(response)

    def test_the_code_is_not_kept_where_sessions_are(self, client):
        ask(client, "new@example.org")
        assert mailed() not in str(client.session.items())
        assert mailed().replace(" ", "") not in str(client.session.items())

    def test_reading_the_page_keeps_nothing_but_the_token_of_its_form(self, client):
        assert set(client.get("/sign-in/").cookies) == {"csrf"}


class SecondFactorTests:
    def test_a_code_alone_is_not_enough_for_whoever_has_one(self, client):
        olga = officer()
        secret = with_app(olga)
        ask(client, olga.email)
        assert give(client, mailed()).url == "/sign-in/second-factor/"
        assert who(client) is None
        assert client.get("/account/").url == "/sign-in/?next=/account/"
        client.post("/sign-in/second-factor/", {"code": code_of_app(secret)})
        assert who(client) == olga
        assert client.session["account_authentication_methods"][-1]["method"] == "mfa"

    def test_a_code_of_the_app_works_once(self, client):
        olga = officer()
        secret = with_app(olga)
        code = code_of_app(secret)
        for attempt in (client, other := Client()):
            ask(attempt, olga.email)
            give(attempt, mailed())
            attempt.post("/sign-in/second-factor/", {"code": code})
        assert (who(client), who(other)) == (olga, None)

    def test_a_recovery_code_works_once(self, client):
        olga = officer()
        with_app(olga)
        code = RecoveryCodes.activate(olga).get_unused_codes()[0]
        for attempt in (client, other := Client()):
            ask(attempt, olga.email)
            give(attempt, mailed())
            attempt.post("/sign-in/second-factor/", {"code": code})
        assert (who(client), who(other)) == (olga, None)

    def test_guesses_are_slowed_down(self, client):
        olga = officer()
        secret = with_app(olga)
        ask(client, olga.email)
        give(client, mailed())
        for _ in range(5):
            assert client.post("/sign-in/second-factor/", {"code": "000000"}).status_code == 422
        assert client.post("/sign-in/second-factor/", {"code": code_of_app(secret)}).status_code == 422
        assert who(client) is None

    def test_nobody_comes_in_by_the_second_alone(self, client):
        with_app(officer())
        assert client.get("/sign-in/second-factor/").url == "/sign-in/"


class SignOutTests:
    def test_takes_a_button(self, client):
        browser = signed_in(person("Alice"))
        assert "<h1>Sign out</h1>" in body(browser.get("/sign-out/"))
        assert who(browser) is not None
        browser.post("/sign-out/")
        assert who(browser) is None
        assert "You are signed out" in body(browser.get("/sign-out/"))

    def test_forgets_what_was_shown(self):
        browser = signed_in(officer())
        browser.post("/sign-out/")
        assert browser.session.is_empty()


def test_every_page_of_an_account_asks_who_it_is(client):
    names = "account account-edit account-email account-sessions account-confirm second-factor second-factor-app"
    for name in [*names.split(), "second-factor-passkey", "recovery-codes"]:
        assert client.get(reverse(name)).url == f"/sign-in/?next={reverse(name)}"


HOSTILE = [
    "",
    "null",
    "[]",
    '"x"',
    "1",
    "{}",
    '{"id": 1}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": 1}',
]
HOSTILE += ['{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "MQ"}}']


class PasskeyTests:
    """What a browser does with a real one: tests/browser/test_passkeys.py."""

    @pytest.mark.parametrize("credential", HOSTILE)
    def test_nobody_comes_in_with_something_else(self, client, credential):
        officer()
        client.get("/sign-in/passkey/options/")
        assert client.post("/sign-in/passkey/", {"credential": credential}).url == "/sign-in/"
        assert who(client) is None

    @pytest.mark.parametrize("credential", HOSTILE)
    def test_nothing_else_is_kept_as_one(self, credential):
        alice = person("Alice")
        browser = signed_in(alice)
        browser.get("/account/second-factor/passkey/")
        response = browser.post("/account/second-factor/passkey/", {"name": "x", "credential": credential})
        assert response.status_code == 422
        assert "<title>Error: Add a passkey" in body(response)
        assert not alice.authenticator_set.exists()
