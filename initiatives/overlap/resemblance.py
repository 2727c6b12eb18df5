"""Two rows compared: how likely they are one initiative, and what speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from initiatives.overlap.likeness import features, kilometres_between, probability
from initiatives.overlap.values import Likeness, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from initiatives.overlap.identity import Row

NEXT_DOOR_KM, HERE_KM = 1.0, 10.0


def likeness(
    asked: Row, known: Row, *, key: int, rarity: Callable[[str], float], shared_site: bool = False
) -> Likeness:
    """`key` is that of the row known; `rarity` as `DuplicateIndex.rarity`; `shared_site` as in `features`."""
    told = features(asked, known, rarity, shared_site=shared_site)
    reasons = (*_of_site(told, known), *_of_names(told, known), *_of_places(asked, known))
    return Likeness(None, key, round(probability(told), 4), reasons)


def _of_site(told: Mapping[str, float], known: Row) -> Iterator[Reason]:
    if told.get("same_site"):
        yield Reason("same_website", 0.9, {"website": known.site})


def _of_names(told: Mapping[str, float], known: Row) -> Iterator[Reason]:
    if told.get("same_name"):
        yield Reason("same_name", 0.8, {})
        return
    if told.get("acronym"):
        yield Reason("acronym", 0.6, {})
    alike = max(told.get("close_letters", 0.0), told.get("own_words", 0.0))
    if alike > 0:
        yield Reason("similar_name", round(min(alike, 1.0), 3), {"name": " ".join(known.names[0])})


def _of_places(asked: Row, known: Row) -> Iterator[Reason]:
    kilometres = kilometres_between(asked, known)
    if (asked.city and asked.city == known.city) or (kilometres is not None and kilometres < HERE_KM):
        yield Reason("same_place", 0.3, {"city_name": " ".join(known.city)})
    if kilometres is not None and kilometres < NEXT_DOOR_KM:
        yield Reason("nearby", 0.4, {})
