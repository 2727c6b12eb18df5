"""A network is told apart from others without anybody’s address being kept."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from initiatives.models import User
from initiatives.models.asking import Asking, asking
from initiatives.views.network import AskedBy, network_of


def network(address: str, **headers: str) -> str:
    return network_of(RequestFactory().post("/", REMOTE_ADDR=address, headers=headers))


def seen(request: HttpRequest, user: User | AnonymousUser) -> Asking:
    """What a deed of this request knows of it."""
    told: list[Asking] = []

    def view(_: HttpRequest) -> HttpResponse:
        told.append(asking())
        return HttpResponse()

    request.user = user
    AskedBy(view)(request)
    return told[0]


class NetworkTests:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("192.0.2.1", "192.0.2.254"),
            ("2001:db8:1::1", "2001:db8:1:ffff::9"),
            ("192.0.2.1", "::ffff:192.0.2.7"),
        ],
    )
    def test_neighbours_share_one(self, one: str, other: str):
        assert network(one) == network(other)

    @pytest.mark.parametrize(("one", "other"), [("192.0.2.1", "192.0.3.1"), ("2001:db8:1::1", "2001:db8:2::1")])
    def test_others_have_another(self, one: str, other: str):
        assert network(one) != network(other)

    def test_an_address_that_nobody_can_read_is_no_error(self):
        assert network("") == network("unix:") != network("192.0.2.1")


class ProxyTests:
    FORGED = {"X-Forwarded-For": "203.0.113.9, 192.0.2.1"}

    def test_the_hop_that_the_proxy_saw_counts(self, settings: Settings):
        settings.BEHIND_PROXY = True
        assert network("10.0.0.1", **self.FORGED) == network("10.0.0.1", **{"X-Forwarded-For": "192.0.2.200"})

    def test_without_a_proxy_nobody_says_where_they_are(self, settings: Settings):
        settings.BEHIND_PROXY = False
        assert network("10.0.0.1", **self.FORGED) == network("10.0.0.1")


class AskedByTests:
    def test_a_deed_knows_the_network_and_that_a_visitor_asks(self):
        request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
        assert seen(request, AnonymousUser()) == Asking(network=network("192.0.2.1"), is_visitor=True)

    def test_who_is_signed_in_is_no_visitor(self):
        assert not seen(RequestFactory().post("/"), User()).is_visitor

    def test_it_ends_with_the_request(self):
        seen(RequestFactory().post("/", REMOTE_ADDR="192.0.2.1"), AnonymousUser())
        assert asking() == Asking()
