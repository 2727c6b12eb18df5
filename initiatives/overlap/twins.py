"""Listings of one directory that may be one initiative listed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from initiatives.overlap.duplicates import DuplicateIndex
from initiatives.overlap.values import Likeness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from initiatives.overlap.values import Listing
    from initiatives.overlap.verdicts import Verdicts


def twins(listings: Iterable[Listing], verdicts: Verdicts) -> tuple[Likeness, ...]:
    """Each pair once, a < b, likeliest first. Each listing is asked after when those before it are known, and keeps its
    likeliest few: of a thousand identical ones every pair would be half a million. What a person decided is not asked
    again."""
    index = DuplicateIndex()
    found = []
    for listing in listings:
        for likeness in index.likely(*_known_by(listing)):
            if verdicts.of(likeness.b, listing.key) is None:
                found.append(Likeness(likeness.b, listing.key, likeness.probability, likeness.reasons))
        index.add(listing.key, *_known_by(listing))
    return tuple(sorted(found, key=lambda each: (-each.probability, each.a or 0, each.b)))


def _known_by(
    listing: Listing,
) -> tuple[str, tuple[str, ...], str, str, str, float | None, float | None]:
    return (
        listing.name,
        listing.nicknames,
        listing.website or next(iter(listing.urls), ""),
        listing.city_name,
        listing.country,
        listing.latitude,
        listing.longitude,
    )
