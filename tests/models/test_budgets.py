"""How often a stranger, a network and an hour can be written to; nothing gets past it at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from initiatives.models import Mail, MailAddress, MailBudget
from initiatives.models.addresses import normalised
from initiatives.models.admission import (
    MOST_BY_VISITORS_OF_NETWORK,
    MOST_BY_VISITORS_TO_ADDRESS,
    MOST_STRANGERS_OF_NETWORK,
    Refusal,
)
from initiatives.models.asking import Asking, asked_by
from initiatives.models.budgets import MOST_TO_STRANGER
from tests import people
from tests.clock import pass_by

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
AT_ONCE = 20
_keys = count()


def post(to: str = "ann@example.org", **options: object) -> Mail:
    values = {"key": f"k{next(_keys)}", "context": {}} | options
    return Mail.objects.post("invitation", to=to, **values)


def leaves(to: str = "ann@example.org", **options: object) -> bool:
    return post(to, **options).state == "waiting"


def visitor(network: str = "n") -> Asking:
    return Asking(network=network, is_visitor=True)


def at_once(deed: Callable[[int], object]) -> list[object]:
    """What twenty get that come at the same moment, each over a connection of its own."""
    together = threading.Barrier(AT_ONCE)

    def each(number: int) -> object:
        try:
            together.wait()
            return deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(each, range(AT_ONCE)))


class NormalisedTests:
    @pytest.mark.parametrize(
        "spelling",
        ["ann@bücher.example", "ANN@Bücher.example", "ann+lists@bücher.example", " ann@xn--bcher-kva.example"],
    )
    def test_one_reader_is_one_address(self, spelling: str):
        assert normalised(spelling) == "ann@xn--bcher-kva.example"

    def test_dots_may_be_another_reader(self):
        assert normalised("a.nn@example.org") != normalised("ann@example.org")

    @pytest.mark.parametrize("odd", ["", "@", "ann", f"ann@{'x' * 300}.example", "ann@..", "ann@\ud800"])
    def test_no_address_is_too_odd(self, odd: str):
        normalised(odd)


@pytest.mark.django_db
class StrangerTests:
    def test_gets_one_mail_a_day(self, monkeypatch: pytest.MonkeyPatch):
        assert leaves()
        assert post().trouble == Refusal.ADDRESS
        pass_by(monkeypatch, DAY + HOUR)
        assert leaves()

    def test_and_three_in_all(self, monkeypatch: pytest.MonkeyPatch):
        for _ in range(MOST_TO_STRANGER):
            assert leaves()
            pass_by(monkeypatch, DAY + HOUR)
        pass_by(monkeypatch, 365 * DAY)
        assert not leaves()

    def test_from_all_forms_and_networks_together(self):
        assert leaves()
        with asked_by(visitor("another")):
            assert post("ANN+x@example.org").state == "dropped"

    def test_who_took_part_is_none(self):
        assert leaves()
        MailAddress.objects.took_part("Ann@example.org")
        assert [leaves() for _ in range(4)] == [True] * 4
        assert not post().is_unverified

    def test_nor_is_somebody_with_an_account(self):
        alice = people.person("Alice")
        assert [leaves(alice.email, person=alice) for _ in range(4)] == [True] * 4

    def test_nobody_is_one_because_a_form_says_so(self):
        MailAddress.objects.took_part("ann@example.org")
        assert not post(is_unverified=True).is_unverified
        assert post("stan@example.org", is_unverified=False).is_unverified


@pytest.mark.django_db
class RefusingTests:
    def known_as(self) -> str:
        post()
        return MailAddress.objects.get().digest

    def test_gets_no_mail_any_more(self, monkeypatch: pytest.MonkeyPatch):
        MailAddress.objects.refuse(self.known_as())
        pass_by(monkeypatch, 2 * DAY)
        assert not leaves()

    def test_until_they_allow_it_again(self, monkeypatch: pytest.MonkeyPatch):
        known_as = self.known_as()
        MailAddress.objects.refuse(known_as)
        MailAddress.objects.allow_again(known_as)
        pass_by(monkeypatch, 2 * DAY)
        assert leaves()


@pytest.mark.django_db
class HourTests:
    def test_all_strangers_share_a_budget(self, settings: Settings, monkeypatch: pytest.MonkeyPatch):
        settings.MAILS_TO_STRANGERS = 2
        assert [leaves(f"p{number}@example.org") for number in range(4)] == [True, True, False, False]
        pass_by(monkeypatch, HOUR)
        assert leaves("p4@example.org")

    def test_what_it_refuses_costs_the_address_nothing(self, settings: Settings, monkeypatch: pytest.MonkeyPatch):
        settings.MAILS_TO_STRANGERS = 1
        post("p0@example.org")
        assert post(key="k").trouble == Refusal.HOUR
        pass_by(monkeypatch, HOUR)
        assert leaves(key="k")
        assert Mail.objects.filter(key="k").count() == 1

    def test_everybody_can_be_told_when_it_begins_anew(self, settings: Settings):
        settings.MAILS_TO_STRANGERS = 1
        assert Mail.objects.scarce_until() is None
        post()
        until = Mail.objects.scarce_until()
        assert until is not None
        assert HOUR - timedelta(minutes=1) < until - timezone.now() <= HOUR


@pytest.mark.django_db
class NetworkTests:
    def test_one_cannot_take_the_whole_hour(self):
        with asked_by(visitor()):
            left = [leaves(f"p{number}@example.org") for number in range(MOST_STRANGERS_OF_NETWORK + 1)]
        assert left == [True] * MOST_STRANGERS_OF_NETWORK + [False]
        with asked_by(visitor("another")):
            assert leaves("q@example.org")

    def test_what_it_refuses_costs_the_hour_nothing(self):
        with asked_by(visitor()):
            for number in range(MOST_STRANGERS_OF_NETWORK + 5):
                post(f"p{number}@example.org")
        assert MailBudget.objects.get(name="strangers").used == MOST_STRANGERS_OF_NETWORK

    def test_a_visitor_cannot_flood_somebody_who_took_part(self):
        alice = people.person("Alice")
        with asked_by(visitor()):
            left = [leaves(alice.email, person=alice) for _ in range(MOST_BY_VISITORS_TO_ADDRESS + 1)]
        assert left == [True] * MOST_BY_VISITORS_TO_ADDRESS + [False]
        assert leaves(alice.email, person=alice)

    def test_nor_all_who_took_part(self):
        with asked_by(visitor()):
            left = [self.to_known(number) for number in range(MOST_BY_VISITORS_OF_NETWORK + 1)]
        assert left == [True] * MOST_BY_VISITORS_OF_NETWORK + [False]

    def to_known(self, number: int) -> bool:
        MailAddress.objects.took_part(f"p{number}@example.org")
        return leaves(f"p{number}@example.org")


@pytest.mark.django_db
class QuarantineTests:
    def test_nobody_gets_what_a_program_wrote(self):
        with asked_by(Asking(network="n", is_visitor=True, is_suspicious=True)):
            assert post().state == "quarantined"
        assert not MailBudget.objects.exists()
        assert not MailAddress.objects.exists()

    def test_it_keeps_nobody_from_a_mail_of_their_own(self):
        with asked_by(Asking(is_suspicious=True)):
            post()
        assert leaves()

    def test_who_was_only_quick_gets_it_when_they_ask_again(self):
        with asked_by(Asking(is_suspicious=True)):
            assert [post(key="k").state for _ in range(2)] == ["quarantined"] * 2
        assert leaves(key="k")
        assert Mail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class AtOnceTests:
    def test_an_address_gets_one_mail(self):
        assert sum(at_once(lambda _: leaves())) == 1
        assert MailAddress.objects.get().unverified_mails == 1

    def test_an_hour_is_not_overdrawn(self, settings: Settings):
        settings.MAILS_TO_STRANGERS = 7
        assert sum(at_once(lambda number: leaves(f"p{number}@example.org"))) == 7
        assert MailBudget.objects.get(name="strangers").used == 7

    def test_of_one_deed_there_is_one_mail(self):
        assert set(at_once(lambda _: post(key="the same").pk)) == {Mail.objects.get().pk}

    def test_asked_for_again_it_leaves_once(self):
        with asked_by(Asking(is_suspicious=True)):
            post(key="k")
        at_once(lambda _: post(key="k"))
        assert MailAddress.objects.get().unverified_mails == 1
        assert MailBudget.objects.get(name="strangers").used == 1

    def test_a_budget_that_ended_begins_once(self):
        MailBudget.objects.create(name="b", used=9, ends_at=timezone.now() - HOUR)
        assert sum(at_once(lambda _: MailBudget.objects.spend("b", most=3))) == 3
