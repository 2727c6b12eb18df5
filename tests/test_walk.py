"""One initiative's story, from its first word to the file that a researcher takes away."""

import pytest
from django.test import Client

from initiatives.importing.records import ExchangeRecord, Record
from initiatives.importing.vocabulary import load_activities, load_domains
from initiatives.importing.writing import Writer
from initiatives.models import Initiative
from initiatives.tasks.worker import Worker
from tests import people
from tests.views.reading import get, table

TOOLS = ExchangeRecord("offer", "good", "borrow-lend", "Boormachines en zagen")


def tool_library(source_id: str, name: str, mission: str, **values: object) -> Record:
    return Record(source_id=source_id, name=name, mission=mission, status="active", domains=["repair_reuse"], **values)


@pytest.mark.django_db
class WalkTests:
    def test_from_a_list_of_others_to_group_and_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("initiatives.tasks.worker.SETTLING", 0)
        load_domains()
        load_activities()
        ghent, bristol, bologna = (people.city(name) for name in ("Ghent", "Bristol", "Bologna"))

        # Three come in for the officers' desk; nobody sees them yet.
        writer = Writer("list", review_state="submitted")
        verdicts = writer.write(
            [
                tool_library(
                    "gent-1",
                    "Instrumentheek Brugse Poort",
                    "Een gereedschapsbibliotheek waar buren gereedschap lenen.",
                    language="nl",
                    city_id=ghent.pk,
                    country="BE",
                    exchanges=[TOOLS],
                ),
                tool_library(
                    "bristol-1",
                    "Southville Tool Library",
                    "A tool library where neighbours borrow tools instead of buying them.",
                    language="en",
                    city_id=bristol.pk,
                    country="GB",
                ),
                tool_library(
                    "bologna-1",
                    "Oggettoteca di Via Pace",
                    "Una biblioteca degli attrezzi dove i vicini prendono in prestito attrezzi.",
                    language="it",
                    city_id=bologna.pk,
                    country="IT",
                ),
            ]
        )
        assert verdicts == ["new"] * 3
        assert table("/initiatives.csv") == []

        # Olga publishes each; the worker finds out who does the same.
        olga = people.person("Olga")
        for listing in Initiative.objects.all():
            listing.publish(by=olga)
        Worker().work_once()

        # A citizen looks for a drill, with a slip of the keyboard, and finds the tool library of Ghent.
        page = get("/initiatives/", q="boormachnes")
        assert "Instrumentheek Brugse Poort" in page
        own = Initiative.objects.get(source_id="gent-1")
        assert own.get_absolute_url() in page

        # Its page tells who else is doing this, and leads to the group of the three.
        page = get(own.get_absolute_url())
        assert "Southville Tool Library" in page
        group = own.memberships.get(role="main").group
        assert group.get_absolute_url() in page
        page = get(group.get_absolute_url())
        assert all(listing.name in page for listing in Initiative.objects.all())

        # A researcher takes both files away; they tell the same.
        rows = {row["name"]: row for row in table("/initiatives.csv")}
        assert {row["group"] for row in rows.values()} == {group.public_id}
        assert rows["Instrumentheek Brugse Poort"]["offers"] == "Boormachines en zagen"
        reasons = {row["public_id"]: row["reasons"] for row in table(f"/groups/{group.public_id}.csv")}
        assert reasons.keys() == {row["public_id"] for row in rows.values()}
        assert all(reasons.values())

        # The list comes in once more: nothing is doubled. One withdraws, and is gone from all of it.
        assert writer.write([Record.of(listing) for listing in Initiative.objects.all()]) == ["same"] * 3
        own.withdraw(reason="It has closed.")
        assert Client().get(own.get_absolute_url()).status_code == 404
        names = {row["name"] for row in table("/initiatives.csv")}
        assert names == {"Southville Tool Library", "Oggettoteca di Via Pace"}
        assert "Instrumentheek" not in get(group.get_absolute_url())
