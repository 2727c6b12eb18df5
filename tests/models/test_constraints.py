"""What the database itself refuses, whoever writes: each row here breaks one rule and no other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, Model, UniqueConstraint

from initiatives import models
from initiatives.models import (
    DuplicatePair,
    Feedback,
    Group,
    GroupMove,
    Initiative,
    Membership,
    OverlapRun,
    OverlapSpace,
    Pair,
    Verdict,
    VerdictEvent,
)
from tests import people
from tests.models import breaking

pytestmark = pytest.mark.django_db


def listing(**values: Any) -> Callable[[], Any]:
    return lambda: people.initiative(**values)


def of_two(make: Callable[[Initiative, Initiative], Any]) -> Callable[[], Any]:
    """The first has the smaller key."""
    return lambda: make(people.initiative(), people.initiative())


def twice(make: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: (make(), make())


def of_one(make: Callable[[Initiative], Any]) -> Callable[[], Any]:
    return lambda: make(people.initiative())


def licensed(initiative: Initiative, *kinds: str) -> None:
    licence = people.licence("MIT")
    for kind in kinds:
        initiative.licence_rows.create(licence=licence, output_kind=kind)


def placed(initiative: Initiative, *rows: tuple[str, int]) -> None:
    for slug, position in rows:
        initiative.domain_rows.create(domain=people.domain(slug), position=position)


def changed(row: Model, **values: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**values)


def verdict(a: Initiative, b: Initiative, said: str = "peers") -> Verdict:
    return Verdict.objects.create(a=a, b=b, verdict=said)


def likeness(a: Initiative, b: Initiative, probability: float = 0.6) -> DuplicatePair:
    return DuplicatePair.objects.create(a=a, b=b, probability=probability, reasons=[])


def pair(a: Initiative, b: Initiative, **values: Any) -> Pair:
    defaults = {"kind": "peers", "score": 0.5, "parts": {}, "reasons": [people.REASON]}
    return Pair.objects.create(a=a, b=b, **defaults | values)


def member(initiative: Initiative, **values: Any) -> Membership:
    defaults = {"strength": 0.5, "reasons": [people.REASON]}
    group = values.pop("group", None) or people.group()
    return Membership.objects.create(initiative=initiative, group=group, **defaults | values)


def member_twice(initiative: Initiative) -> None:
    group = people.group(initiative)
    member(initiative, group=group, role="also")


def merged_into_itself(initiative: Initiative) -> None:
    changed(initiative, review_state="merged", merged_into=initiative)


def activity(code: str) -> None:
    models.Activity.objects.create(code=code, domain=people.domain("food"), terms={})


def decided(kind: str, initiative: Initiative, *groups: Group) -> None:
    for group in groups:
        event = group.events.create(kind=kind)
        group.placements.create(initiative=initiative, kind=kind, event=event)


def placement_of(initiative: Initiative, kind: str) -> None:
    group = people.group()
    group.placements.create(initiative=initiative, kind=kind, event=group.events.create(kind="pinned"))


def placed_twice(initiative: Initiative) -> None:
    group = people.group()
    decided("barred", initiative, group, group)


def moved(one: Initiative, **values: Any) -> GroupMove:
    return GroupMove.objects.create(run=OverlapRun.objects.create(), initiative=one, **values)


def moved_twice(one: Initiative) -> None:
    run, group = OverlapRun.objects.create(), people.group()
    for _ in range(2):
        run.moves.create(initiative=one, joined=group)


def space(**values: Any) -> OverlapSpace:
    empty = {"activities": [], "domains": [], "frequencies": {}, "archive": b"", "middles": b"", "population": 0}
    return OverlapSpace.objects.create(version="test", reading="test", **empty | values)


def stands_twice(initiative: Initiative, where: OverlapSpace) -> None:
    for _ in range(2):
        where.vectors.create(initiative=initiative, cell=0, vector=b"", beside=b"")


def opinion(**values: Any) -> Feedback:
    return Feedback.objects.create(by=people.person("Alice"), useful=True, **values)


def twice_on(**values: Any) -> None:
    opinion(**values)
    opinion(**values)


# Constraint → a deed that breaks it. Every constraint of the models stands here; a new one without a row fails a test.
BROKEN: dict[str, Callable[[], Any]] = breaking.BROKEN | {
    "city_country_code": lambda: people.city("Gent", country="be"),
    "city_location_whole": lambda: people.city("Gent", latitude=0.0, longitude=0.0),
    "domain_family_known": lambda: changed(people.domain("food"), family="none"),
    "duplicatepair_in_order": of_two(lambda a, b: likeness(b, a)),
    "duplicatepair_once": of_two(lambda a, b: (likeness(a, b), likeness(a, b))),
    "duplicatepair_range": of_two(lambda a, b: likeness(a, b, 1.1)),
    "exchange_exchange_type_known": of_one(lambda one: people.exchange(of=one, exchange_type="gift")),
    "exchange_has_title": of_one(lambda one: people.exchange(of=one, title="")),
    "exchange_item_type_known": of_one(lambda one: people.exchange(of=one, item_type="air")),
    "exchange_transaction_type_known": of_one(lambda one: people.exchange(of=one, transaction_type="steal")),
    "exchange_tagged_once": of_one(
        lambda one: models.TaggedExchange.objects.bulk_create(
            [models.TaggedExchange(tag=people.tag("wood"), content_object=people.exchange(of=one))] * 2
        )
    ),
    "feedback_on_group_or_pair": of_two(lambda a, b: opinion(a=a, b=b, group=people.group())),
    "feedback_once_on_group": lambda: twice_on(group=people.group()),
    "feedback_once_on_pair": of_two(lambda a, b: twice_on(a=a, b=b)),
    "groupevent_kind_known": lambda: people.group().events.create(kind="exploded"),
    "groupmove_goes_somewhere": of_one(moved),
    "groupmove_once": of_one(moved_twice),
    "initiative_closes_after_founding": listing(founded_year=2010, founded_precision="exact", closed_year=2009),
    "initiative_country_code": listing(city=None, country="be", geographic_scope="national"),
    "initiative_domain_once": of_one(lambda one: placed(one, ("food", 1), ("food", 2))),
    "initiative_domain_one_to_four": of_one(lambda one: placed(one, ("food", 5))),
    "initiative_domain_place_once": of_one(lambda one: placed(one, ("food", 1), ("energy", 1))),
    "initiative_founded_with_precision": listing(founded_year=2010),
    "initiative_geographic_scope_known": listing(geographic_scope="cosmic"),
    "initiative_has_name": listing(name=""),
    "initiative_language_code": listing(language="English"),
    "initiative_licence_once": of_one(lambda one: licensed(one, "software", "software")),
    "initiative_listing_kind_known": listing(listing_kind="shop"),
    "initiative_location_whole": listing(latitude=0.0, longitude=0.0),
    "initiative_merged_into_another": of_one(merged_into_itself),
    "initiative_mission_short": listing(mission="m" * 281),
    "initiative_once_per_source": twice(listing(source="list", source_id="1")),
    "initiative_place_or_wide_scope": listing(city=None),
    "initiative_review_state_known": listing(review_state="secret"),
    "initiative_self_description_known": listing(self_description=["commons", "guild"]),
    "initiative_source_whole": listing(source="list"),
    "initiative_status_known": listing(status="asleep"),
    "initiative_structure_known": listing(organisational_structure="guild"),
    "initiative_tagged_once": of_one(
        lambda one: models.TaggedInitiative.objects.bulk_create(
            [models.TaggedInitiative(tag=people.tag("wood"), content_object=one)] * 2
        )
    ),
    "initiative_translated_once": of_one(
        lambda one: [one.translations.create(language="nl", mission=text) for text in ("a", "b")]
    ),
    "initiativelicence_output_kind_known": of_one(lambda one: licensed(one, "poem")),
    "licence_applies_to_known": lambda: changed(people.licence("MIT"), applies_to=["poem"]),
    "licence_changes_shared_back_known": lambda: changed(people.licence("MIT"), changes_shared_back="perhaps"),
    "licence_companies_may_use_known": lambda: changed(people.licence("MIT"), companies_may_use="perhaps"),
    "licence_profit_shared_back_known": lambda: changed(people.licence("MIT"), profit_shared_back="perhaps"),
    "licence_protection_known": lambda: changed(people.licence("MIT"), protection="armour"),
    "membership_has_reasons": of_one(lambda one: member(one, reasons=[])),
    "membership_once": of_one(member_twice),
    "membership_one_main": of_one(lambda one: (member(one), member(one))),
    "membership_role_known": of_one(lambda one: member(one, role="guest")),
    "membership_strength_range": of_one(lambda one: member(one, strength=1.2)),
    "outbox_kind_known": lambda: models.Outbox.objects.create(kind="pigeon", payload={}),
    "overlapspace_one_current": twice(lambda: space(is_current=True)),
    "overlapvector_once": of_one(lambda one: stands_twice(one, space())),
    "pair_has_reasons": of_two(lambda a, b: pair(a, b, reasons=[])),
    "pair_in_order": of_two(lambda a, b: pair(b, a)),
    "pair_kind_known": of_two(lambda a, b: pair(a, b, kind="twins")),
    "pair_once": of_two(lambda a, b: (pair(a, b), pair(a, b))),
    "pair_score_range": of_two(lambda a, b: pair(a, b, score=-0.1)),
    "placement_kind_known": of_one(lambda one: placement_of(one, "glued")),
    "placement_once": of_one(placed_twice),
    "placement_one_pin": of_one(lambda one: decided("pinned", one, people.group(), people.group())),
    "protectionclass_code_known": lambda: models.ProtectionClass.objects.create(code="armour", position=1),
    "relationship_kind_known": of_two(lambda a, b: people.link(source=a, target=b, kind="rival_of")),
    "relationship_once": of_two(lambda a, b: [people.link(source=a, target=b) for _ in "ab"]),
    "relationship_state_known": of_two(lambda a, b: people.link(source=a, target=b, state="dreamt")),
    "relationship_with_another": of_one(lambda one: people.link(source=one, target=one)),
    "search_text_once": of_one(
        lambda one: one.search_texts.create(language=one.language, config="simple", vector="'a':1")
    ),
    "tag_not_own_synonym": lambda: changed(tag := people.tag("wood"), synonym_of=tag),
    "user_email_unique": lambda: [
        models.User.objects.create_user(email) for email in ("alice@example.org", "ALICE@example.org")
    ],
    "verdictevent_changes_a_verdict": of_two(
        lambda a, b: VerdictEvent.objects.create(a=a, b=b, was="peers", became="peers")
    ),
    "verdict_in_order": of_two(lambda a, b: verdict(b, a)),
    "verdict_once": of_two(lambda a, b: (verdict(a, b), verdict(a, b, "unrelated"))),
    "verdict_verdict_known": of_two(lambda a, b: verdict(a, b, "rivals")),
}

# Further ways to break some of them. A check that comes out as NULL lets a row pass, so values are left out too.
ALSO_BROKEN: list[tuple[str, Callable[[], Any]]] = [
    ("city_location_whole", lambda: people.city("Gent", latitude=51.0, longitude=None)),
    ("initiative_closes_after_founding", listing(closed_year=900)),
    ("initiative_founded_with_precision", listing(founded_precision="exact")),
    ("initiative_founded_with_precision", listing(founded_year=999, founded_precision="exact")),
    ("initiative_location_whole", listing(latitude=51.0)),
    ("initiative_location_whole", listing(longitude=3.7)),
    ("initiative_location_whole", listing(latitude=91.0, longitude=3.7)),
    ("initiative_merged_into_another", listing(review_state="merged")),
    ("initiative_merged_into_another", of_two(lambda a, b: changed(a, merged_into=b))),
    ("initiative_source_whole", listing(source_id="1")),
    *breaking.ALSO_BROKEN,
]


def declared() -> set[str]:
    """Names of all constraints that our models declare."""
    found = {
        constraint.name % {"class": noun._meta.model_name, "app_label": noun._meta.app_label}
        for noun in apps.get_app_config("initiatives").get_models()
        for constraint in noun._meta.constraints
        if isinstance(constraint, CheckConstraint | UniqueConstraint)
    }
    assert len(found) > 40
    return found


def refusal(deed: Callable[[], Any]) -> str:
    """The name of the constraint that does not let it be done."""

    def done() -> None:
        with transaction.atomic():
            deed()
            connection.check_constraints()

    with pytest.raises(IntegrityError) as refused:
        done()
    return refused.value.__cause__.diag.constraint_name


class ConstraintTests:
    @pytest.mark.parametrize(("name", "deed"), [*BROKEN.items(), *ALSO_BROKEN])
    def test_each_is_held_by_the_database(self, name: str, deed: Callable[[], Any]) -> None:
        assert refusal(deed) == name

    def test_each_has_a_row_that_breaks_it(self) -> None:
        # That the pair is unique follows from the key; it only lets the country of a listing refer to it.
        assert declared() == BROKEN.keys() | {"city_with_country"}

    def test_an_ordinary_listing_breaks_none(self) -> None:
        people.initiative(founded_year=2010, founded_precision="exact", closed_year=2010, mission="m" * 280)
        people.initiative(city=None, geographic_scope="national")
        people.initiative(city=None, source="list", source_id="1", geographic_scope="unknown", mission="m" * 281)
        people.initiative(city=None, review_state="draft")
        connection.check_constraints()


class CountryTests:
    def test_a_listing_has_the_country_of_its_city(self) -> None:
        one = people.initiative(city=people.city("Ghent"))
        assert refusal(lambda: changed(one, country="NL")) == "initiative_country_is_the_citys"

    def test_a_city_that_moves_takes_its_listings_along(self) -> None:
        one = people.initiative(city=people.city("Ghent"))
        changed(people.city("Ghent"), country="NL")
        connection.check_constraints()
        one.refresh_from_db()
        assert one.country == "NL"

    def test_without_a_city_any_country_will_do(self) -> None:
        one = people.initiative(city=None, country="NL", geographic_scope="national")
        connection.check_constraints()
        assert (one.city, one.country) == (None, "NL")
