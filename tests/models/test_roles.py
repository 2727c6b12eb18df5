"""Who may do what with which listing: the roles that are given, and the cities they hold in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.models import Appointment, Initiative
from tests import people

pytestmark = pytest.mark.django_db


class CuratedTests:
    def test_an_officer_curates_their_own_cities_alone(self) -> None:
        here, _elsewhere = people.initiative(), people.initiative(city=people.city("Lille"))
        assert list(Initiative.objects.curated_by(people.officer("Olga"))) == [here]

    def test_what_has_no_city_belongs_to_administrators(self) -> None:
        people.initiative()
        people.initiative(city=None, geographic_scope="international")
        assert Initiative.objects.curated_by(people.officer("Olga")).count() == 1
        assert Initiative.objects.curated_by(people.administrator()).count() == 2

    def test_nobody_else_curates(self) -> None:
        listing = people.initiative()
        for who in (AnonymousUser(), people.person("Stan"), people.broker(), people.steward(of=listing)):
            assert not Initiative.objects.curated_by(who).exists()

    def test_an_office_that_ended_gives_nothing(self) -> None:
        people.initiative()
        olga = people.officer("Olga")
        Appointment.objects.update(ended_at=timezone.now())
        assert not Initiative.objects.curated_by(type(olga).objects.get(pk=olga.pk)).exists()


class EditableTests:
    def test_a_steward_edits_their_own_and_an_officer_those_of_the_city(self) -> None:
        mine, neighbours = people.initiative(), people.initiative(city=people.city("Lille"))
        alice = people.steward("Alice", of=neighbours)
        assert list(Initiative.objects.editable_by(alice)) == [neighbours]
        assert list(Initiative.objects.editable_by(people.officer("Olga"))) == [mine]

    def test_what_was_merged_away_is_nobodys(self) -> None:
        kept, away = people.initiative(), people.initiative()
        Initiative.objects.with_keys([away.pk]).update(review_state="merged", merged_into=kept)
        assert list(Initiative.objects.editable_by(people.steward("Alice", of=away))) == []


class AppointmentTests:
    def test_is_in_force_once(self) -> None:
        olga = people.officer("Olga")
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.create(person=olga, role="officer", city=people.city())

    @pytest.mark.parametrize(("role", "where"), [("officer", None), ("broker", "Ghent"), ("administrator", "Ghent")])
    def test_has_a_city_when_it_is_an_officers(self, role: str, where: str | None) -> None:
        city = people.city(where) if where else None
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.create(person=people.person("Stan"), role=role, city=city)
