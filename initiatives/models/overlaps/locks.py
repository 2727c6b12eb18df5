"""Who may write overlaps at this moment. Every lock ends with its transaction."""

from collections.abc import Collection, Iterable

from django.db import connection

from initiatives.models.initiative import Initiative
from initiatives.models.overlaps.memberships import Membership
from initiatives.models.overlaps.placements import Placement

# The number only has to be ours.
WRITING = 7_305_102


def share_overlaps() -> None:
    """For a deed: it waits while a run writes what it found, so that neither undoes the other unseen."""
    _lock("SELECT pg_advisory_xact_lock_shared(%s)")


def take_overlaps() -> None:
    """For a run: it waits for deeds under way, and those that come wait for it."""
    _lock("SELECT pg_advisory_xact_lock(%s)")


def hold_listings(keys: Iterable[int]) -> None:
    """Nobody else decides about these meanwhile. Listings are held before groups, and either in one order, so that no
    two deeds wait for each other."""
    list(Initiative.objects.filter(pk__in=list(keys)).order_by("pk").select_for_update(no_key=True).values("pk"))


def hold_groups(keys: Iterable[int], *, of: Collection[int]) -> None:
    """These groups, and those that have these listings or would get them back."""
    from initiatives.models.overlaps.groups import Group

    homes = Membership.objects.of(of).values_list("group", flat=True)
    before = Placement.objects.of(of).groups_before()
    list(Group.objects.with_keys([*keys, *homes, *before]).order_by("pk").select_for_update(no_key=True).values("pk"))


def _lock(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [WRITING])
