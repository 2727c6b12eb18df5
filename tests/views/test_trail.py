"""Everything that happened, for administrators."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.models import Appointment, Initiative
from initiatives.models.acting import acting
from initiatives.models.remembering import trail
from tests import people

pytestmark = pytest.mark.django_db

ADDRESS = "/administration/history/"


@pytest.fixture
def ada() -> Client:
    return people.signed_in(people.administrator())


def edited(listing: Initiative, *, by: str = "Olga", role: str = "officer") -> Initiative:
    with acting(people.person(by), role=role, deed="edit"):
        Initiative.objects.with_keys([listing.pk]).update(name=f"{listing.name}!")
    return listing


class TrailTests:
    def test_is_there_for_administrators_alone(self, ada: Client) -> None:
        for who in (people.officer(), people.broker(), people.steward("Alice", of=people.initiative())):
            assert people.signed_in(who).get(ADDRESS).status_code == 404
        assert ada.get(ADDRESS).status_code == 200

    def test_says_who_did_what_to_which_listing(self, ada: Client) -> None:
        edited(people.initiative(name="The Loom"))
        page = ada.get(ADDRESS, {"kind": "initiative", "role": "officer"}).text
        for said in ("The Loom!", ">Olga</a>", "By an officer", "<code>edit</code>", "The Loom</del>"):
            assert said in page

    def test_tells_roles_that_were_given_without_a_listing(self, ada: Client) -> None:
        people.officer("Leo", of="Lille")
        page = ada.get(ADDRESS, {"kind": "appointment", "city": "Lille"}).text
        assert ">Leo</a>" in page
        assert ">Ada</a>" not in page

    def test_names_nobody_who_has_gone(self, ada: Client) -> None:
        edited(people.initiative(name="The Loom"))
        Appointment.objects.filter(person__name="Olga").delete()
        people.person("Olga").delete()
        assert "Olga" not in ada.get(ADDRESS).text

    @pytest.mark.parametrize("asked", ["kind", "role", "city", "day", "listing"])
    def test_is_narrowed_by_each(self, ada: Client, asked: str) -> None:
        here, there = edited(people.initiative(name="The Loom")), people.initiative(city=people.city("Lille"))
        edited(there, by="Alice", role="steward")
        there.tags.add(people.tag("wood"))
        said = {
            "kind": "initiative",
            "role": "officer",
            "city": "Ghent",
            "day": timezone.localdate().isoformat(),
            "listing": f"https://example.org{here.get_absolute_url()}",
        }
        page = ada.get(ADDRESS, {asked: said[asked]}).text
        assert "The Loom!" in page
        told = {"kind": "Tag of a listing</b>", "day": "no such words"}.get(asked, there.name)
        assert told not in page

    def test_what_is_unknown_matches_nothing_and_says_so(self, ada: Client) -> None:
        edited(people.initiative(name="The Loom"))
        for asked in ({"kind": "nonsense"}, {"day": "yesterday"}, {"city": "Atlantis"}, {"listing": "zzzzzzzzzz"}):
            page = ada.get(ADDRESS, asked)
            assert (page.status_code, "Nothing of the kind has happened" in page.text) == (200, True)

    def test_goes_on_and_asks_as_often(self, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(trail, "ROWS_A_PAGE", 2)
        for _ in range(3):
            edited(people.initiative())
        page = ada.get(ADDRESS, {"role": "officer"})
        assert page.context["page"].before
        with CaptureQueriesContext(connection) as asked:
            again = ada.get(ADDRESS, {"role": "officer", "before": page.context["page"].before})
        assert len(again.context["page"].rows) == 1
        with CaptureQueriesContext(connection) as more:
            ada.get(ADDRESS, {"role": "officer"})
        assert len(asked) == len(more)
