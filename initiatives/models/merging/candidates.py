"""Which listings may be the same as one that is here."""

from dataclasses import asdict
from typing import Any

from initiatives.models.initiative import Initiative
from initiatives.models.overlaps import DuplicatePair, Verdict
from initiatives.models.twins import identities, likely_twins

Reasons = list[dict[str, Any]]


def likely_the_same(listing: Initiative) -> list[tuple[Initiative, Reasons]]:
    """Likeliest first, without those that somebody has decided about."""
    ((_key, identity),) = identities(Initiative.objects.with_keys([listing.pk]))
    judged = Verdict.objects.judged_beside(listing.pk)
    found = [each for each in likely_twins(identity, besides=listing.pk) if each.b not in judged]
    rows = Initiative.objects.select_related("city").in_bulk([each.b for each in found])
    return [(rows[each.b], [asdict(reason) for reason in each.reasons]) for each in found]


def reasons_alike(one: Initiative, other: Initiative) -> Reasons:
    """Why a run or an import found that they may be one."""
    a, b = sorted((one.pk, other.pk))
    return DuplicatePair.objects.filter(a=a, b=b).values_list("reasons", flat=True).first() or []
