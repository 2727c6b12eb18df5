"""Listings of one directory that may be one initiative listed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from initiatives.overlap.duplicates import DuplicateIndex
from initiatives.overlap.values import Identity, Likeness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from initiatives.overlap.values import Listing
    from initiatives.overlap.verdicts import Verdicts


def twins(listings: Iterable[Listing], verdicts: Verdicts) -> tuple[Likeness, ...]:
    """Each pair once, a < b, likeliest first. Each listing is asked after when those before it are known, and keeps its
    likeliest few: of a thousand identical ones every pair would be half a million. What a person decided is not asked
    again."""
    index = DuplicateIndex()
    found: list[Likeness] = []
    for listing in listings:
        known = identity(listing)
        found.extend(
            Likeness(each.b, listing.key, each.probability, each.reasons)
            for each in index.likely(known)
            if verdicts.of(each.b, listing.key) is None
        )
        index.add(listing.key, known)
    return tuple(sorted(found, key=lambda each: (-each.probability, each.a or 0, each.b)))


def identity(listing: Listing) -> Identity:
    return Identity(
        name=listing.name,
        nicknames=listing.nicknames,
        website=listing.website or next(iter(listing.urls), ""),
        city=listing.city_name,
        country=listing.country,
        latitude=listing.latitude,
        longitude=listing.longitude,
    )
