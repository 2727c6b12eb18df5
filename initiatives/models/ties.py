"""The links of one listing, seen from its side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from initiatives.models.choices import RelationshipKind
from initiatives.models.initiative import Initiative
from initiatives.models.links import Relationship

MOST_TIES = 12  # of a kind: a network has hundreds of members
# What a link is called from the other side.
REVERSED = {
    RelationshipKind.MEMBER_OF: _("Members"),
    RelationshipKind.PART_OF: _("Parts"),
    RelationshipKind.PARTNER_OF: _("Partner of"),
    RelationshipKind.ADAPTED_FROM: _("Adapted by"),
    RelationshipKind.SUCCESSOR_OF: _("Continued by"),
}


@dataclass(frozen=True, slots=True)
class Tie:
    label: str | Promise
    others: list[Initiative]
    more: int  # that are not named


def ties(listing: Initiative) -> list[Tie]:
    """Confirmed links to and from public listings, by kind."""
    rows = Relationship.objects.public().of(listing).select_related("from_initiative", "to_initiative")
    found: dict[str | Promise, dict[int, Initiative]] = {}
    ordered = rows.order_by("kind", "from_initiative__sort_key", "to_initiative__sort_key")
    for label, other in _seen_from(listing, ordered):
        found.setdefault(label, {})[other.pk] = other
    return [
        Tie(label, list(others.values())[:MOST_TIES], max(len(others) - MOST_TIES, 0))
        for label, others in found.items()
    ]


def _seen_from(listing: Initiative, rows: Iterable[Relationship]) -> Iterator[tuple[str | Promise, Initiative]]:
    for row in rows:
        kind = RelationshipKind(row.kind)
        if row.from_initiative_id == listing.pk:
            yield kind.label, row.to_initiative
        else:
            yield REVERSED[kind], row.from_initiative
