"""Who appoints whom, and that there is always somebody left who can."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from initiatives.models import Appointment, IllegalDeed, Mail, User
from initiatives.models.roles import Role
from tests import people
from tests.people import administrator, broker, officer, person, signed_in
from tests.views.reading import body

pytestmark = pytest.mark.django_db


def appoint(browser: Client, who: User, role: str, city: str = "", key: str = "once") -> int:
    address = f"/administration/people/{who.pk}/"
    return browser.post(address, {"role": role, "city": city, "key": key}).status_code


def roles(who: User) -> set[str]:
    return {str(each) for each in Appointment.objects.in_force().filter(person=who).values_list("role", flat=True)}


class AppointTests:
    def test_gives_a_role_and_tells_of_it(self):
        people.city("Ghent")
        ada, stan = signed_in(administrator()), person("Stan")
        assert appoint(ada, stan, "officer", "Gent") == 302
        appointment = stan.appointments.get()
        assert (appointment.role, appointment.city.slug, appointment.by.name) == ("officer", "ghent", "Ada")
        assert Mail.objects.get().kind == "role-given"
        assert "<td>City officer, Ghent</td>" in body(ada.get("/administration/"))

    def test_sent_twice_gives_it_once(self):
        ada, stan = signed_in(administrator()), person("Stan")
        assert [appoint(ada, stan, "broker") for _ in range(2)] == [302, 302]
        assert stan.appointments.count() == Mail.objects.count() == 1

    def test_what_they_are_already_is_said(self):
        assert appoint(signed_in(administrator()), broker(), "broker") == 422

    @pytest.mark.parametrize(("role", "city"), [("officer", ""), ("broker", "Ghent"), ("", ""), ("king", "")])
    def test_an_officer_has_a_city_and_nobody_else_does(self, role, city):
        people.city("Ghent")
        stan = person("Stan")
        assert appoint(signed_in(administrator()), stan, role, city) == 422
        assert roles(stan) == set()

    def test_takes_an_administrator(self):
        stan = person("Stan")
        for who in (stan, broker(), officer()):
            assert appoint(signed_in(who), stan, "broker") == 404
            assert signed_in(who).get("/administration/").status_code == 404
        assert roles(stan) == set()

    def test_takes_a_second_factor_shown_a_moment_ago(self):
        stan, ada = person("Stan"), administrator()
        browser = signed_in(ada)
        session = browser.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session.save()
        assert browser.get("/administration/").status_code == 200
        address = f"/administration/people/{stan.pk}/"
        assert browser.get(address).url == f"/account/confirm/?next=%2Fadministration%2Fpeople%2F{stan.pk}%2F"
        assert appoint(browser, stan, "broker") == 302
        assert appoint(signed_in(ada, second_factor=False), stan, "broker") == 302
        assert roles(stan) == set()


class EndTests:
    def test_ends_a_role_and_tells_of_it(self):
        olga = officer()
        ada = signed_in(administrator())
        ada.post(f"/administration/appointments/{olga.appointments.get().pk}/end/")
        assert roles(olga) == set()
        assert Mail.objects.get().kind == "role-ended"
        # The row stays: what she did she did as an officer.
        assert olga.appointments.get().ended_by.name == "Ada"

    def test_never_the_last_administrator(self):
        ada = administrator()
        with pytest.raises(IllegalDeed, match="last administrator"):
            ada.appointments.get().end(by=ada)
        eve = administrator("Eve")
        ada.appointments.get().end(by=ada)
        assert (roles(ada), roles(eve)) == (set(), {"administrator"})

    def test_an_administrator_whose_account_is_closed_does_not_count(self):
        ada, eve = administrator(), administrator("Eve")
        User.objects.filter(pk=eve.pk).update(is_active=False)
        with pytest.raises(IllegalDeed, match="last administrator"):
            ada.appointments.get().end(by=ada)

    def test_the_desk_closes_at_once(self):
        olga = officer()
        browser = signed_in(olga)
        assert browser.get("/desk/").status_code == 200
        olga.appointments.get().end(by=administrator())
        assert browser.get("/desk/").status_code == 404


class PagesTests:
    def test_people_are_found_by_name_and_address(self):
        ada = signed_in(administrator())
        person("Stan")
        assert "stan@example.org" in body(ada.get("/administration/?q=STAN"))
        assert "stan@example.org" not in body(ada.get("/administration/?q=nobody"))

    def test_cities_that_wait_without_an_officer_come_first(self):
        officer()
        people.initiative(city=people.city("Lille"), review_state="submitted")
        people.initiative(city=people.city("Bristol"))
        page = body(signed_in(administrator()).get("/administration/cities/"))
        assert page.index("/desk/cities/lille/") < page.index("/desk/cities/ghent/")
        assert "/desk/cities/bristol/" not in page


class AppointCommandTests:
    def test_makes_the_first_administrator(self):
        call_command("appoint", "first@example.org", administrator=True, verbosity=0)
        assert roles(User.objects.get(email="first@example.org")) == {Role.ADMINISTRATOR}

    def test_refuses_a_city_that_is_not_there(self):
        with pytest.raises(CommandError, match="slug"):
            call_command("appoint", "first@example.org", officer="atlantis", verbosity=0)
        assert not User.objects.exists()

    def test_tries_without_doing(self):
        call_command("appoint", "first@example.org", broker=True, dry_run=True, verbosity=0)
        assert not User.objects.exists()


class RescueTests:
    """Django's admin."""

    def test_opens_to_administrators_with_their_second_factor_alone(self):
        ada = administrator()
        assert signed_in(ada).get("/admin/").status_code == 200
        assert signed_in(ada, second_factor=False).get("/admin/").url == "/account/second-factor/?next=%2Fadmin%2F"
        for who in (officer(), broker(), person("Stan")):
            assert signed_in(who).get("/admin/").status_code == 404
        assert Client().get("/admin/", follow=True).redirect_chain[-1] == ("/sign-in/?next=/admin/", 302)

    def test_asks_nobody_for_a_password(self):
        response = Client().get("/admin/login/")
        assert (response.status_code, "/sign-in/" in response.url) == (302, True)

    def test_every_list_and_form_answers(self):
        people.initiative(domains=["food"], licences=[("MIT", "software")], tags=["wood"])
        ada = signed_in(administrator())
        from initiatives.admin import site

        for model in site._registry:
            address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            assert ada.get(address).status_code == 200, address
            if row := model.objects.first():
                assert ada.get(f"{address}{row.pk}/change/").status_code == 200, address

    def test_what_is_written_down_for_good_is_only_read(self):
        listing = people.initiative(review_state="draft")
        listing.submit()
        event = listing.review_events.get()
        ada = signed_in(administrator())
        assert ada.post(f"/admin/initiatives/reviewevent/{event.pk}/change/", {"reason": "x"}).status_code == 403
        assert ada.post(f"/admin/initiatives/reviewevent/{event.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_says_nothing_of_its_own_in_the_page(self):
        response = signed_in(administrator()).get("/admin/initiatives/tag/add/")
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "style=" not in body(response)
        assert "<script>" not in body(response)
