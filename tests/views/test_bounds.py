"""Trust promise S-17: a desk opens to a role and a second factor, and is not there for anybody else."""

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from initiatives.models import User
from initiatives.views.bounds import for_administrators, for_brokers, for_curators
from tests.people import administrator, broker, officer, person, signed_in

pytestmark = pytest.mark.django_db

DESKS = {"curators": for_curators, "brokers": for_brokers, "administrators": for_administrators}


def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the desk")


def opened(bound: str, who: User, *, second_factor: bool = True) -> HttpResponse:
    request = RequestFactory().get("/the/desk/?of=ghent")
    request.user = who
    request.session = signed_in(who, second_factor=second_factor).session
    return DESKS[bound](desk)(request)


def may_open(who: User) -> set[str]:
    allowed = set()
    for bound in DESKS:
        try:
            opened(bound, who)
        except Http404:
            continue
        allowed.add(bound)
    return allowed


class BoundsTests:
    def test_each_role_opens_its_own_desk(self):
        assert may_open(officer()) == {"curators"}
        assert may_open(broker()) == {"brokers"}
        assert may_open(administrator()) == {"curators", "administrators"}
        assert may_open(person("Stan")) == set()

    def test_somebody_who_was_made_inactive_opens_none(self):
        olga = officer()
        olga.is_active = False
        assert may_open(olga) == set()

    @pytest.mark.parametrize(("bound", "who"), [("curators", officer), ("brokers", broker)])
    def test_without_a_second_factor_one_is_led_to_it_and_back(self, bound, who):
        response = opened(bound, who(), second_factor=False)
        assert response.status_code == 302
        assert response.url == "/account/second-factor/?next=%2Fthe%2Fdesk%2F%3Fof%3Dghent"

    def test_the_second_factor_of_somebody_else_does_not_count(self):
        olga, leo = officer(), officer("Leo", of="Lille")
        request = RequestFactory().get("/the/desk/")
        request.user, request.session = olga, signed_in(leo).session
        assert for_curators(desk)(request).status_code == 302

    def test_becoming_somebody_counts_in_the_demonstration_alone(self, settings):
        olga = officer()
        request = RequestFactory().get("/the/desk/")
        request.user, request.session = olga, signed_in(olga, second_factor=False).session
        request.session["account_authentication_methods"] = [{"method": "demonstration", "at": 0}]
        assert for_curators(desk)(request).status_code == 302
        settings.DEMO = True
        assert for_curators(desk)(request).status_code == 200
