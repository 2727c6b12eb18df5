"""Words about somebody, out of what a listing said before: for whoever asks to be forgotten and has no account."""

from typing import Any

from django.db import connection, models, transaction

from initiatives.models.acting import ActingRole, acting
from initiatives.models.changes import Change
from initiatives.models.initiative import Initiative
from initiatives.models.merging import Merge
from initiatives.models.remembering import HistoryEvent

INSTEAD = "[…]"


@transaction.atomic
def forget_words(listing: Initiative, words: str) -> int:
    """In how many rows they stood. Only the role that owns the tables may do this: the history is not to be changed
    by anything that a page can be made to do. What the listing says now is not touched: edit it first."""
    of_merges = models.Q(kept=listing) | models.Q(merged=listing)
    with acting(None, role=ActingRole.SYSTEM, deed="forget"), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('commons.forgetting', 'on', true)")
        changed = _replace(HistoryEvent.objects.of_listing(listing.pk), ("was", "became"), words)
        cursor.execute("SELECT set_config('commons.forgetting', '', true)")
        changed += _replace(Change.objects.filter(initiative=listing), ("was", "became"), words)
        changed += _replace(Merge.objects.filter(of_merges), ("carried",), words)
    return changed


def _replace(rows: models.QuerySet, names: tuple[str, ...], words: str) -> int:
    changed = 0
    for row in rows.order_by("pk"):
        before = {name: getattr(row, name) for name in names}
        after = {name: without(value, words) for name, value in before.items()}
        if after != before:
            rows.filter(pk=row.pk).update(**after)
            changed += 1
    return changed


def without(value: Any, words: str) -> Any:
    """The same, with something else where the words stood, however deep in it."""
    if isinstance(value, str):
        return value.replace(words, INSTEAD)
    if isinstance(value, list):
        return [without(each, words) for each in value]
    if isinstance(value, dict):
        return {name: without(each, words) for name, each in value.items()}
    return value
