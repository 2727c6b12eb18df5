"""What hangs on listings and goes over when one becomes part of another: how many of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from initiatives.models.claims import ClaimState
from initiatives.models.initiative import Initiative
from initiatives.models.overlaps import Placement, Verdict

# Label, and the way from the listing.
KINDS = {
    "stewards": (_("Stewards"), "stewardships"),
    "claims": (_("Open claims"), "claims"),
    "reports": (_("Reports by readers"), "reports"),
    "domains": (_("Domains"), "domain_rows"),
    "tags": (_("Tags"), "tagged"),
    "licences": (_("Licences"), "licence_rows"),
    "exchanges": (_("Needs and offers"), "exchanges"),
    "translations": (_("Translations"), "translations"),
    "relationships": (_("Links to other listings"), "relationships"),
    "links": (_("Links from other listings"), "relationships_to"),
}
NARROWED = {"claims": models.Q(claims__state=ClaimState.PENDING)}


@dataclass(frozen=True, slots=True)
class Holding:
    """`counts`: one for each listing, in the order in which they were asked for."""

    label: str | Promise
    counts: tuple[int, ...]


def holdings(listings: Iterable[Initiative]) -> list[Holding]:
    """Of what any of them has some; one query, and two for what people decided."""
    keys = [each.pk for each in listings]
    counted = {
        kind: models.Count(way, filter=NARROWED.get(kind), distinct=True) for kind, (_label, way) in KINDS.items()
    }
    rows = {
        row.pk: row for row in Initiative.objects.with_keys(keys).annotate(**{f"n_{k}": v for k, v in counted.items()})
    }
    found = [
        Holding(label, tuple(getattr(rows[key], f"n_{kind}") for key in keys)) for kind, (label, _way) in KINDS.items()
    ]
    found.append(Holding(_("What people decided about its overlaps"), _decisions(keys)))
    return [each for each in found if any(each.counts)]


def _decisions(keys: list[int]) -> tuple[int, ...]:
    pairs = [key for pair in Verdict.objects.with_any(keys).values_list("a", "b") for key in pair]
    placed = list(Placement.objects.of(keys).values_list("initiative", flat=True))
    return tuple(pairs.count(key) + placed.count(key) for key in keys)
