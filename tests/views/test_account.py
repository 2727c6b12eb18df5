"""What somebody says about themselves, where they get mail, and where they are signed in."""

import pytest
from django.test import Client

from initiatives.models import IllegalDeed, Mail, User
from tests.people import person, signed_in
from tests.views.reading import body
from tests.views.test_signing_in import ask, give, mailed, who

pytestmark = pytest.mark.django_db


def browser_of(email: str) -> Client:
    """Signed in as people do, so that the list of sessions knows of it."""
    client = Client()
    ask(client, email)
    give(client, mailed())
    return client


class EditTests:
    def test_keeps_name_and_language(self):
        alice = person("Alice")
        assert signed_in(alice).post("/account/edit/", {"name": "Alice B.", "language": "nl"}).status_code == 302
        alice.refresh_from_db()
        assert (alice.name, alice.language) == ("Alice B.", "nl")

    def test_knows_its_languages(self):
        assert signed_in(person("Alice")).post("/account/edit/", {"name": "A", "language": "xx"}).status_code == 422

    def test_changes_nothing_else(self):
        alice = person("Alice")
        extra = {"email": "evil@example.org", "is_staff": "on", "is_active": "", "is_superuser": "on"}
        signed_in(alice).post("/account/edit/", {"name": "Alice", "language": "en", **extra})
        alice.refresh_from_db()
        assert (alice.email, alice.is_staff, alice.is_superuser, alice.is_active) == (
            "alice@example.org",
            False,
            False,
            True,
        )


class EmailTests:
    def test_moves_when_the_code_arrived_there(self):
        alice = person("Alice")
        browser = signed_in(alice)
        assert browser.post("/account/email/", {"email": "new@example.org"}).url == "/account/email/code/"
        alice.refresh_from_db()
        assert alice.email == "alice@example.org"
        browser.post("/account/email/code/", {"code": mailed()})
        alice.refresh_from_db()
        assert alice.email == "new@example.org"

    def test_each_page_names_the_address_that_it_is_about(self):
        browser = signed_in(person("Stan"))
        assert "stan@example.org" in body(browser.get("/account/email/"))
        browser.post("/account/email/", {"email": "new@example.org"})
        assert "<b>new@example.org</b>" in body(browser.get("/account/email/code/"))

    def test_the_old_address_is_told(self):
        person("Alice").move(to="new@example.org")
        mail = Mail.objects.get()
        assert (mail.kind, mail.to) == ("address-changed", "alice@example.org")

    def test_not_to_that_of_somebody_else(self):
        alice = person("Alice")
        person("Bruno")
        with pytest.raises(IllegalDeed):
            alice.move(to="BRUNO@example.org")
        assert not Mail.objects.exists()

    def test_a_code_to_sign_in_with_does_not_move_anybody(self):
        browser = signed_in(person("Alice"))
        assert browser.post("/account/email/code/", {"code": "0000 0000"}).url == "/account/email/"
        assert "This code is no longer valid. Ask for a new one." in body(browser.get("/account/email/"))


class SessionsTests:
    def test_are_listed_this_one_first(self):
        here, _there = browser_of("alice@example.org"), browser_of("alice@example.org")
        page = body(here.get("/account/sessions/"))
        assert page.count("/end/") == 3
        assert page.index("This browser") < page.index("since")

    def test_one_is_ended(self):
        here, there = browser_of("alice@example.org"), browser_of("alice@example.org")
        key = User.objects.get().usersession_set.get(session_key=there.session.session_key).pk
        here.post(f"/account/sessions/{key}/end/")
        assert there.get("/account/").url == "/sign-in/?next=/account/"
        assert here.get("/account/").status_code == 200

    def test_all_others_are_ended(self):
        here, there = browser_of("alice@example.org"), browser_of("alice@example.org")
        here.post("/account/sessions/end/")
        assert there.get("/account/").status_code == 302
        assert here.get("/account/").status_code == 200

    def test_nobody_ends_somebody_elses(self):
        alice, bruno = browser_of("alice@example.org"), browser_of("bruno@example.org")
        key = who(alice).usersession_set.get().pk
        assert bruno.post(f"/account/sessions/{key}/end/").status_code == 404
        assert alice.get("/account/").status_code == 200
