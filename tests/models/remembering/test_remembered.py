"""Every change is remembered, by whatever way it came, and what is remembered stays."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from commons_directory.database import SOCKET
from commons_directory.roles import WEB
from initiatives.models import Appointment, HistoryEvent, Initiative, ReviewEvent, Stewardship, User
from initiatives.models.acting import acting
from initiatives.models.data_classes import DataClass, data_classes
from initiatives.models.remembering import installing
from initiatives.models.remembering.tables import TABLES
from tests import people

pytestmark = pytest.mark.django_db


def raw(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def remembered(kind: str, **values: Any) -> list[tuple[str, Any, Any]]:
    events = HistoryEvent.objects.filter(kind=kind, **values)
    return [(event.move, event.was, event.became) for event in events]


class ChangeTests:
    """What differs, and nothing else."""

    def test_by_raw_sql(self) -> None:
        listing = people.initiative(name="The Loom")
        raw("UPDATE initiatives_initiative SET name = 'The Lathe' WHERE id = %s", listing.pk)
        assert remembered("initiative", listing=listing.pk, move="changed") == [
            ("changed", {"name": "The Loom"}, {"name": "The Lathe"})
        ]

    def test_by_bulk_update(self) -> None:
        listings = [people.initiative(postal_code="1000"), people.initiative(postal_code="9000")]
        for listing in listings:
            listing.postal_code = "9000"
        Initiative.objects.bulk_update(listings, ["postal_code"])
        assert remembered("initiative", move="changed") == [
            ("changed", {"postal_code": "1000"}, {"postal_code": "9000"})
        ]

    def test_by_save_and_by_update(self) -> None:
        listing = people.initiative()
        listing.save()
        assert remembered("initiative", move="changed") == []
        Initiative.objects.with_keys([listing.pk]).update(status="on_hold")
        assert remembered("initiative", move="changed") == [("changed", {"status": "active"}, {"status": "on_hold"})]

    def test_of_rows_beside_a_listing(self) -> None:
        listing = people.initiative(domains=["food"])
        food, housing = people.domain("food"), people.domain("housing")
        listing.set_domains([housing])
        assert remembered("initiativedomain", listing=listing.pk) == [
            ("made", None, {"domain_id": food.pk, "position": 1}),
            ("removed", {"domain_id": food.pk, "position": 1}, None),
            ("made", None, {"domain_id": housing.pk, "position": 1}),
        ]

    def test_the_first_values_of_a_listing_are_not_written_twice(self) -> None:
        listing = people.initiative()
        assert remembered("initiative", row=listing.pk) == [("made", None, None)]

    def test_removed_by_raw_sql(self) -> None:
        alice = people.steward(of=people.initiative())
        raw("DELETE FROM initiatives_stewardship WHERE person_id = %s", alice.pk)
        (event,) = HistoryEvent.objects.filter(kind="stewardship", move="removed")
        assert (event.was["origin"], event.about) == ("registered", alice.pk)

    def test_of_a_decision_that_is_only_ever_added(self) -> None:
        people.initiative(review_state="submitted").publish(by=people.officer())
        raw("UPDATE initiatives_reviewevent SET became = 'declined'")
        raw("DELETE FROM initiatives_reviewevent")
        assert [move for move, _, _ in remembered("reviewevent")] == ["made", "changed", "removed"]

    def test_of_who_may_do_what(self) -> None:
        stan = people.person("Stan")
        raw("UPDATE initiatives_user SET is_superuser = true WHERE id = %s", stan.pk)
        assert remembered("user", about=stan.pk, move="changed") == [
            ("changed", {"is_superuser": False}, {"is_superuser": True})
        ]


class AuthorTests:
    def test_is_a_key_a_role_and_a_deed(self) -> None:
        olga, listing = people.officer(), people.initiative(review_state="submitted")
        with acting(olga, role="officer", deed="publish"):
            listing.publish(by=olga)
        events = HistoryEvent.objects.filter(role="officer")
        assert {(event.actor, event.deed, event.kind) for event in events} == {
            (olga.pk, "publish", "initiative"),
            (olga.pk, "publish", "reviewevent"),
        }
        assert len({event.deed_key for event in events}) == 1

    def test_is_the_directory_itself_where_nobody_says_who(self) -> None:
        raw("UPDATE initiatives_initiative SET name = 'x' WHERE id = %s", people.initiative().pk)
        assert set(HistoryEvent.objects.values_list("role", "actor", "deed")) == {("system", None, "")}

    def test_goes_when_the_person_goes(self) -> None:
        """By raw SQL too; what was done and when stays."""
        olga, listing = people.officer(), people.initiative()
        with acting(olga, role="officer", deed="edit"):
            Initiative.objects.with_keys([listing.pk]).update(name="Another")
        Appointment.objects.all().delete()
        raw("DELETE FROM initiatives_user WHERE id = %s", olga.pk)
        assert not HistoryEvent.objects.filter(actor=olga.pk).exists()
        assert not HistoryEvent.objects.filter(about=olga.pk).exists()
        assert HistoryEvent.objects.filter(role="officer", deed="edit").count() == 1


class NoPersonalFieldTests:
    def test_no_address_name_or_evidence_is_remembered(self) -> None:
        alice = people.person("Alice")
        listing = people.initiative(contact="alice@example.org")
        listing.claims.create(by=alice, evidence="I am Alice Adams of the board.", evidence_url="https://example.org/a")
        listing.invitations.create(by=alice, email="bruno@example.org", kind="invite")
        listing.reports.create(kind="about_me", words="My name is Stan Smith.", email="stan@example.org")
        Initiative.objects.with_keys([listing.pk]).update(contact="bruno@example.org")
        User.objects.filter(pk=alice.pk).update(name="Alice Adams")
        listing.delete()
        told = str(list(HistoryEvent.objects.values_list("was", "became")))
        assert [word for word in ("Alice", "alice", "bruno", "Stan", "stan", "board", "org/a") if word in told] == []

    def test_only_columns_about_nobody_are(self) -> None:
        about_people = {DataClass.PERSON, DataClass.OWNER, DataClass.ADDRESS, DataClass.PERSONAL, DataClass.SECRET}
        for table in TABLES:
            classes = {
                field.column: data_classes()[table.table._meta.label][field.name]
                for field in table.table._meta.local_concrete_fields
                if field.name in data_classes()[table.table._meta.label]
            }
            assert not {classes[column] for column in table.columns} & about_people


class OnlyAddedTests:
    @pytest.mark.parametrize(
        "statement", ["UPDATE initiatives_historyevent SET role = 'officer'", "DELETE FROM initiatives_historyevent"]
    )
    def test_not_even_the_owner_of_the_tables_changes_it_by_a_slip(self, statement: str) -> None:
        people.initiative()
        with pytest.raises(DatabaseError, match="only ever added"):
            raw(statement)

    def test_is_whole_after_every_migration(self) -> None:
        assert installing.is_installed()


@pytest.fixture
def serving() -> Iterator[psycopg.Connection]:
    """The role that serves, with any SQL at all."""
    where = {"host": os.environ[SOCKET], "dbname": connection.settings_dict["NAME"], "user": WEB}
    with psycopg.connect(**where, autocommit=True) as connected:
        yield connected


class RightsTests:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE initiatives_historyevent SET role = 'officer'",
            "DELETE FROM initiatives_historyevent",
            "TRUNCATE initiatives_historyevent",
            "INSERT INTO initiatives_historyevent (kind) VALUES ('initiative')",
            "ALTER TABLE initiatives_initiative DISABLE TRIGGER remember",
            "DROP TRIGGER remember ON initiatives_initiative",
            "SET session_replication_role = replica",
            "DROP FUNCTION remember_change CASCADE",
        ],
    )
    def test_can_neither_change_nor_silence_it(self, serving: psycopg.Connection, statement: str) -> None:
        serving.execute("SET commons.forgetting = 'on'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            serving.execute(statement)


@pytest.mark.django_db(transaction=True)
class ServingRoleTests:
    def test_writes_history_by_changing_rows(self, serving: psycopg.Connection) -> None:
        listing = people.initiative(name="The Loom")
        serving.execute("UPDATE initiatives_initiative SET name = 'The Lathe' WHERE id = %s", [listing.pk])
        assert remembered("initiative", move="changed") == [("changed", {"name": "The Loom"}, {"name": "The Lathe"})]

    def test_makes_nobody_forget_what_was_public(self, serving: psycopg.Connection) -> None:
        listing = people.initiative(review_state="submitted")
        listing.publish(by=people.officer())
        key = listing.pk
        ReviewEvent.objects.all().delete()
        Stewardship.objects.all().delete()
        listing.delete()
        serving.execute("SELECT forget_unseen_listings(%s)", [[key]])
        assert HistoryEvent.objects.filter(listing=key, kind="initiative").count() == 3

    def test_makes_the_database_forget_a_draft_that_is_gone(self, serving: psycopg.Connection) -> None:
        draft, other = people.initiative(review_state="draft"), people.initiative(review_state="draft")
        key = draft.pk
        draft.delete()
        serving.execute("SELECT forget_unseen_listings(%s)", [[key, other.pk]])
        assert not HistoryEvent.objects.filter(listing=key).exists()
        assert HistoryEvent.objects.filter(listing=other.pk).exists()
