"""Pages that go on from the last row seen: as fast at the end of a list as at its beginning, and nothing is skipped
or shown twice when rows come or go in between."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from initiatives.models.initiative import Initiative
    from initiatives.models.queries import InitiativeQuerySet

NEVER = date(1, 1, 1)
LONGEST_CURSOR = 1_400  # room for a key of 200 characters of four bytes each


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort: one key and the primary key after it, so that no two rows are equal."""

    key: str
    descending: bool
    kind: type
    annotation: Callable[[], models.expressions.Expression] | None = None


ORDERS = {
    "name": Order("sort_key", False, str),
    "nearest": Order("nearness", True, int),
    "founded": Order("founded_key", True, int, lambda: Coalesce("founded_year", 0)),
    "confirmed": Order("confirmed_key", True, date, lambda: Coalesce("confirmed_on", NEVER)),
}


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row next to a page: its key, and how many rows lie before the page (only to number them)."""

    value: Any
    pk: int
    before: int

    def __str__(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        text = json.dumps([value, self.pk, self.before], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, order: Order) -> Self | None:
        """None for anything that is not a cursor of this order: then the list begins at its beginning."""
        try:
            value, pk, before = json.loads(base64.urlsafe_b64decode(text[:LONGEST_CURSOR] + "=="))
            value = date.fromisoformat(value) if order.kind is date else value
        except (ValueError, TypeError):
            return None
        whole = type(pk) is int and type(before) is int and 0 <= pk < 2**63 and 0 <= before < 2**31
        if not whole or type(value) is not order.kind or not _can_be_stored(value):
            return None
        return cls(value, pk, before)


def _can_be_stored(value: Any) -> bool:
    """PostgreSQL knows no NUL and no half of a surrogate pair, and its numbers end."""
    if isinstance(value, str):
        return value != "" and not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value)
    return not isinstance(value, int) or abs(value) < 2**62


@dataclass(frozen=True, slots=True)
class Page:
    rows: "list[Initiative]"
    first: int  # number of its first row in the whole list, 0 where there are none
    previous: Cursor | None
    next: Cursor | None

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0


class Paged(models.QuerySet):
    def sorted_by(self: "InitiativeQuerySet", name: str) -> "InitiativeQuerySet":
        order = ORDERS[name]
        queryset = self.annotate(**{order.key: order.annotation()}) if order.annotation else self
        return queryset.order_by(f"{'-' if order.descending else ''}{order.key}", "pk")

    def page(self: "InitiativeQuerySet", name: str, *, after: str = "", before: str = "", size: int) -> Page:
        """One page of the list in this order, after or before a cursor, in one query."""
        order = ORDERS[name]
        queryset = self.sorted_by(name)
        if cursor := Cursor.read(before, order):
            rows = list(queryset.beyond(order, cursor, forward=False).reverse()[: size + 1])
            more, rows = len(rows) > size, rows[:size][::-1]
            offset = max(cursor.before - len(rows), 0) if more else 0
            return _page(rows, order, offset, has_previous=more, has_next=True)
        cursor = Cursor.read(after, order)
        rows = list((queryset.beyond(order, cursor, forward=True) if cursor else queryset)[: size + 1])
        return _page(
            rows[:size], order, cursor.before if cursor else 0, has_previous=bool(cursor), has_next=len(rows) > size
        )

    def beyond(self: "InitiativeQuerySet", order: Order, cursor: Cursor, *, forward: bool) -> "InitiativeQuerySet":
        way = "lt" if order.descending == forward else "gt"
        after = models.Q(**{f"{order.key}__{way}": cursor.value})
        after |= models.Q(**{order.key: cursor.value, f"pk__{'gt' if forward else 'lt'}": cursor.pk})
        # Said once more as a plain bound, which an index can start from.
        return self.filter(after, **{f"{order.key}__{way}e": cursor.value})


def _page(rows: "list[Initiative]", order: Order, offset: int, *, has_previous: bool, has_next: bool) -> Page:
    if not rows:
        return Page([], 0, None, None)

    def cursor(row: "Initiative", before: int) -> Cursor:
        return Cursor(getattr(row, order.key), row.pk, before)

    return Page(
        rows,
        offset + 1,
        cursor(rows[0], offset) if has_previous else None,
        cursor(rows[-1], offset + len(rows)) if has_next else None,
    )
