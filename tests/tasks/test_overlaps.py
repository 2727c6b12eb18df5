"""The overlaps of the whole directory: listings out of the database, pairs, groups and reasons back into it."""

import json
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from initiatives.importing.vocabulary import load_activities, load_domains
from initiatives.models import (
    DuplicatePair,
    Group,
    Initiative,
    Membership,
    Outbox,
    OverlapRun,
    OverlapVector,
    Pair,
    Verdict,
    give_verdict,
)
from initiatives.tasks.overlaps import LOCK, Busy, compute_overlaps
from initiatives.tasks.retention import forget_all
from initiatives.tasks.worker import Worker
from tests import people
from tests.overlap.neighbourhood import CITIES, EVERYBODY, TIME_BANKS
from tests.views.reading import body

CITY_NAMES = {"Gent": "Ghent"}


def neighbourhood() -> None:
    """Fourteen listings in three languages whose overlaps a person can tell by eye, as rows."""
    load_domains()
    load_activities()
    for told in EVERYBODY:
        name, country = CITIES[told.city]
        people.initiative(
            name=told.name,
            mission=told.mission,
            language=told.language,
            city=people.city(CITY_NAMES.get(name, name), country=country),
            domains=[code.replace("_", "-") for code in told.domains],
            tags=told.tags,
        )
    people.initiative(
        name="Tijdbank in wording", mission=TIME_BANKS[0].mission, language="nl", review_state="submitted"
    )
    people.platform(name="Timebank App", mission=TIME_BANKS[2].mission)


def the(name: str) -> Initiative:
    return Initiative.objects.get(name=name)


def home(name: str) -> Group:
    return Group.objects.get(memberships__initiative__name=name, memberships__role="main")


def members(group: Group) -> set[str]:
    return set(Membership.objects.public().in_groups([group]).values_list("initiative__name", flat=True))


def memberships() -> set[tuple[str, str, str]]:
    return set(Membership.objects.values_list("group__public_id", "initiative__name", "role"))


def kept() -> list[int]:
    nouns = (Pair, Group, Membership, OverlapVector, DuplicatePair, OverlapRun)
    return [noun.objects.count() for noun in nouns]


@pytest.mark.django_db
class ComputeTests:
    @pytest.fixture(autouse=True)
    def _neighbourhood(self) -> None:
        neighbourhood()

    def test_time_banks_of_three_languages_are_one_group(self) -> None:
        compute_overlaps()
        assert members(home("Tijdbank Dampoort")) == {told.name for told in TIME_BANKS}

    def test_everything_kept_has_its_reasons(self) -> None:
        run = compute_overlaps()
        assert Pair.objects.count() > 3
        assert not Pair.objects.filter(reasons=[]).exists()
        assert not Membership.objects.filter(reasons=[]).exists()
        assert (run.finished_at is not None, OverlapRun.objects.get()) == (True, run)
        assert OverlapVector.objects.count() == len(EVERYBODY)

    def test_every_pair_and_member_that_is_shown_says_why(self) -> None:
        compute_overlaps()
        group = home("Tijdbank Dampoort")
        page = body(Client().get(group.get_absolute_url()))
        assert all(told.name in page for told in TIME_BANKS)
        rows = body(Client().get(f"/groups/{group.public_id}.csv")).splitlines()[1:]
        assert len(rows) == 3
        assert [row for row in rows if row.endswith(",")] == []
        listing = body(Client().get(the("Easton Time Bank").get_absolute_url()))
        assert "Tijdbank Dampoort" in listing
        assert "Banca del Tempo San Donato" in listing

    def test_hidden_listings_and_platforms_take_no_part(self) -> None:
        compute_overlaps()
        apart = ["Tijdbank in wording", "Timebank App"]
        assert not Membership.objects.filter(initiative__name__in=apart).exists()
        assert not OverlapVector.objects.filter(initiative__name__in=apart).exists()
        assert not Pair.objects.filter(a__name__in=apart).exists()
        assert not Pair.objects.filter(b__name__in=apart).exists()

    def test_a_second_run_keeps_the_groups_as_they_are(self) -> None:
        compute_overlaps()
        before = memberships()
        compute_overlaps()
        assert memberships() == before

    def test_a_new_listing_joins_and_the_group_keeps_its_address(self) -> None:
        compute_overlaps()
        group = home("Tijdbank Dampoort")
        people.initiative(
            name="Timebank Redland",
            mission="Neighbours swap hours of help instead of money: one hour given is one hour received.",
            city=people.city("Bristol"),
            domains=["money-finance-insurance"],
        )
        compute_overlaps()
        assert home("Timebank Redland") == home("Tijdbank Dampoort") == group

    def test_what_is_withdrawn_is_gone_at_once(self) -> None:
        compute_overlaps()
        group, listing = home("Tijdbank Dampoort"), the("Easton Time Bank")
        listing.withdraw()
        assert members(group) == {"Tijdbank Dampoort", "Banca del Tempo San Donato"}
        for address in (
            group.get_absolute_url(),
            f"/groups/{group.public_id}.csv",
            "/groups.csv",
            the("Tijdbank Dampoort").get_absolute_url(),
        ):
            answer = body(Client().get(address))
            assert ("Easton Time Bank" in answer, "Tijdbank Dampoort" in answer) == (False, True), address

    def test_a_group_of_one_is_gone(self) -> None:
        compute_overlaps()
        group = home("Tijdbank Dampoort")
        for told in TIME_BANKS[1:]:
            the(told.name).withdraw()
        assert Client().get(group.get_absolute_url()).status_code == 410
        assert "Tijdbank Dampoort" not in body(Client().get("/groups.csv"))

    def test_what_a_person_decided_is_obeyed(self) -> None:
        one, other = sorted((the("Tijdbank Dampoort"), the("Easton Time Bank")), key=lambda listing: listing.pk)
        compute_overlaps()
        assert Pair.objects.filter(a=one, b=other).exists()
        Verdict.objects.create(a=one, b=other, verdict="unrelated")
        compute_overlaps()
        assert not Pair.objects.filter(a=one, b=other).exists()
        assert Verdict.objects.count() == 1

    def test_two_that_are_not_the_same_overlap_as_they_did_and_are_not_asked_about_again(self) -> None:
        one = the(TIME_BANKS[0].name)
        other = people.initiative(name=one.name, mission=one.mission, language=one.language, city=one.city)
        compute_overlaps()
        pair = {"a": one, "b": other}
        assert DuplicatePair.objects.filter(**pair).exists()
        found = Pair.objects.get(**pair)
        give_verdict(one, other, "different", by=people.person("Olga"))
        compute_overlaps()
        assert not DuplicatePair.objects.filter(**pair).exists()
        again = Pair.objects.get(**pair)
        assert (again.kind, again.score, again.reasons) == (found.kind, found.score, found.reasons)

    def test_a_dry_run_keeps_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("find_overlaps", "--dry-run", "--json")
        counts = json.loads(capsys.readouterr().out)
        assert counts["listings"] == len(EVERYBODY)
        assert kept() == [0] * 6

    def test_nothing_is_lost_when_keeping_fails(self) -> None:
        compute_overlaps()
        before, numbers = memberships(), kept()
        people.initiative(name="Een nieuwe tijdbank", mission=TIME_BANKS[0].mission, language="nl")
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE initiatives_overlapvector ADD CONSTRAINT is_full CHECK (false) NOT VALID")
        with pytest.raises(Exception, match="is_full"):
            compute_overlaps()
        assert (memberships(), kept()) == (before, numbers)


@pytest.mark.django_db(transaction=True)
class AtOnceTests:
    def hold(self, held: Event, done: Event) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            held.set()
            done.wait()
            # A closed connection gives its locks back a moment later.
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        connection.close()

    def test_of_two_computations_the_second_is_refused_with_a_sentence(self) -> None:
        held, done = Event(), Event()
        other = Thread(target=self.hold, args=[held, done])
        other.start()
        held.wait()
        try:
            with pytest.raises(Busy, match="computed already"):
                compute_overlaps()
            with pytest.raises(CommandError, match="computed already"):
                call_command("find_overlaps")
        finally:
            done.set()
            other.join()
        assert compute_overlaps().finished_at is not None


@pytest.mark.django_db
class WorkerTests:
    def test_a_deed_is_worked_off_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("initiatives.tasks.worker.SETTLING", 0)
        people.initiative(review_state="submitted").publish()
        assert Worker().work_once() == 1
        assert (OverlapRun.objects.count(), Outbox.objects.waiting().count()) == (1, 0)
        assert Worker().work_once() == 0
        assert OverlapRun.objects.count() == 1

    def test_what_was_done_long_ago_is_forgotten(self) -> None:
        Outbox.objects.put("overlap", [{"initiatives": [number]} for number in range(3)])
        old, new, waiting = Outbox.objects.order_by("pk")
        Outbox.objects.filter(pk=old.pk).update(done_at="2020-01-01T00:00:00Z")
        Outbox.objects.filter(pk=new.pk).done()
        assert forget_all()["outbox that is done"] == 1
        assert list(Outbox.objects.order_by("pk")) == [new, waiting]
