"""Groups as deeds find them and leave them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from initiatives.models import (
    Feedback,
    Group,
    GroupEvent,
    IllegalDeed,
    Initiative,
    Membership,
    Outbox,
    Pair,
    Placement,
    Verdict,
)
from tests import people

NOUNS = (Membership, Placement, Pair, Verdict, GroupEvent, Feedback, Outbox)


def circle(*names: str) -> Group:
    """A group of listings with these names, as a run leaves it."""
    members = [people.initiative(name=name) for name in names]
    return people.group(*members, last_members=sorted(member.pk for member in members))


def the(name: str) -> Initiative:
    return Initiative.objects.get(name=name)


def rows() -> list[tuple[Any, ...]]:
    """Every membership there is, whatever its primary key."""
    values = Membership.objects.values_list("group", "initiative__name", "role", "strength", "reasons")
    return sorted(values, key=lambda row: row[:2])


def homes(group: Group) -> set[str]:
    return set(group.memberships.main().values_list("initiative__name", flat=True))


def remembered(group: Group) -> set[str]:
    keys = Group.objects.get(pk=group.pk).last_members
    return set(Initiative.objects.filter(pk__in=keys).values_list("name", flat=True))


def told(group: Group) -> list[tuple[str, str, str]]:
    return list(group.events.values_list("kind", "by__name", "reason"))


def asked_for() -> set[int]:
    """Listings that the worker is to look at."""
    return {each["listing"] for each in Outbox.objects.waiting().values_list("payload", flat=True)}


def everything() -> list[list[dict[str, Any]]]:
    return [list(noun.objects.order_by("pk").values()) for noun in NOUNS]


def refusal(deed: Callable[..., Any], *arguments: Any, **said: Any) -> str:
    """Why it is refused; nothing is left of the attempt."""
    before = everything()
    # In English, whatever language the request before left active.
    with pytest.raises(IllegalDeed) as refused, transaction.atomic(), translation.override("en"):
        deed(*arguments, **said)
    assert everything() == before
    return str(refused.value)
