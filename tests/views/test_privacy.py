"""One's own data, and closing the account."""

import pytest
from django.test import Client

from initiatives.models import User
from tests import people

pytestmark = pytest.mark.django_db


class DataTests:
    def test_is_a_file_of_ones_own(self) -> None:
        response = people.signed_in(people.person("Alice")).get("/account/data.json")
        assert response["Content-Disposition"] == 'attachment; filename="own-data.json"'
        assert response.json()["about_you"]["initiatives.User"][0]["email"] == "alice@example.org"

    def test_asks_again_who_it_is_after_a_while(self) -> None:
        assert stale(people.person("Alice")).get("/account/data.json").url.startswith("/account/confirm/")


class EraseTests:
    def test_takes_the_person_out_and_signs_them_out(self) -> None:
        alice = people.steward("Alice", of=people.initiative(name="The Loom"))
        browser = people.signed_in(alice)
        assert "The Loom" in browser.get("/account/erase/").text
        response = browser.post("/account/erase/", follow=True)
        assert "Your account is closed" in response.text
        assert not User.objects.filter(pk=alice.pk).exists()
        assert browser.get("/account/").status_code == 302

    def test_looking_at_the_page_takes_nobody_out(self) -> None:
        alice = people.person("Alice")
        people.signed_in(alice).get("/account/erase/")
        assert User.objects.filter(pk=alice.pk).exists()

    def test_asks_again_who_it_is_after_a_while(self) -> None:
        alice = people.person("Alice")
        assert stale(alice).post("/account/erase/").url.startswith("/account/confirm/")
        assert User.objects.filter(pk=alice.pk).exists()

    def test_the_only_administrator_reads_why_not(self) -> None:
        response = people.signed_in(people.administrator()).post("/account/erase/")
        assert (response.status_code, "You are the only administrator" in response.text) == (409, True)


def stale(who: User) -> Client:
    """A browser in which they signed in this morning."""
    browser = people.signed_in(who)
    session = browser.session
    session["account_authentication_methods"][0]["at"] -= 6 * 60 * 60
    session.save()
    return browser
