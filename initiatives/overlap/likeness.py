"""How likely two rows are one initiative: a logistic model over names, places and sites.

Weights fitted on labelled pairs whose websites were hidden (docs/overlap.md has the figures), then rounded; those of
the website are set by hand, since it decided the labels. Meaning vectors do not help here: branches of one network mean
the same and are not the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, exp, hypot, radians
from typing import TYPE_CHECKING

from initiatives.overlap.names import dice, is_acronym, numbers, trigrams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

BIAS = -5.0
WEIGHTS: Mapping[str, float] = {
    "same_name": 1.5,
    "letters": 4.0,
    "rare_words": 3.0,
    "contained": 2.0,
    "acronym": 3.0,
    "same_city": 1.0,
    "near": 1.0,
    "far": -1.5,
    "other_country": -2.0,
    "other_words": -1.0,
    "same_site": 4.5,
    "other_site": -1.0,
    "other_numbers": -3.0,
    "branch": -6.0,
}
NEAR_KM, FAR_KM = 1.0, 30.0
LATITUDE_KM = 111.2
# A name whose rarest word is commoner than this is not one initiative's own.
OWN_NAME = 0.6


@dataclass(frozen=True, slots=True)
class Row:
    """What an initiative is known by: every name as words, its place, its site (`websites.site`)."""

    names: tuple[tuple[str, ...], ...]
    city: tuple[str, ...] = ()  # the words of its name
    country: str = ""
    place: tuple[float, float] | None = None  # latitude, longitude in degrees
    site: str = ""
    page: str = ""


def probability(features: Mapping[str, float]) -> float:
    return 1 / (1 + exp(-BIAS - sum(WEIGHTS[name] * value for name, value in features.items())))


def features(a: Row, b: Row, rarity: Callable[[str], float], *, shared_site: bool = False) -> dict[str, float]:
    """The best of all pairs of names; `shared_site`: the site is that of many rows, so its page must be the same
    too."""
    one, other = max(
        ((mine, theirs) for mine in a.names for theirs in b.names),
        key=lambda pair: dice(trigrams(pair[0]), trigrams(pair[1])),
    )
    told = _of_names(one, other, rarity) | _of_places(a, b) | _of_sites(a, b, shared_site)
    if _is_branch(one, other, a, b, rarity):
        told["branch"] = 1.0
    return {name: value for name, value in told.items() if value}


def _of_names(one: Sequence[str], other: Sequence[str], rarity: Callable[[str], float]) -> dict[str, float]:
    mine, theirs = set(one), set(other)
    weight = {word: rarity(word) for word in mine | theirs}
    common = sum(weight[word] for word in mine & theirs)
    smaller = min(sum(weight[word] for word in mine), sum(weight[word] for word in theirs))
    every = sum(weight.values())
    joined = "".join(one) == "".join(other)
    return {
        "same_name": float(joined),
        "letters": dice(trigrams(one), trigrams(other)),
        "rare_words": common / every if every else 0.0,
        "contained": common / smaller if smaller else 0.0,
        "acronym": float(is_acronym("".join(one), other) or is_acronym("".join(other), one)),
        "other_words": float(not mine & theirs and not joined),
        "other_numbers": float(numbers(mine) != numbers(theirs)),
    }


def _of_places(a: Row, b: Row) -> dict[str, float]:
    kilometres = kilometres_between(a, b)
    return {
        "same_city": float(bool(a.city) and a.city == b.city),
        "near": 0.0 if kilometres is None else max(0.0, 1 - kilometres / NEAR_KM),
        "far": 0.0 if kilometres is None else float(kilometres > FAR_KM),
        "other_country": float(bool(a.country and b.country) and a.country != b.country),
    }


def _of_sites(a: Row, b: Row, shared: bool) -> dict[str, float]:
    if not a.site or not b.site:
        return {}
    same = a.site == b.site and (not shared or a.page == b.page)
    return {"same_site": float(same), "other_site": float(a.site != b.site)}


def _is_branch(one: Sequence[str], other: Sequence[str], a: Row, b: Row, rarity: Callable[[str], float]) -> bool:
    """Two of a chain, in two towns: the names differ by nothing but words of their towns (“AVIS COMUNALE DI …”), or
    they are the same and of words that many use (“PRO LOCO”)."""
    if not a.city or not b.city or a.city == b.city or (a.site and a.site == b.site):
        return False
    different = set(one) ^ set(other)
    if not different:
        return max((rarity(word) for word in one), default=0.0) < OWN_NAME
    return different <= {*a.city, *b.city}


def kilometres_between(a: Row, b: Row) -> float | None:
    """Flat, which is enough to tell near from far."""
    if a.place is None or b.place is None:
        return None
    middle = cos(radians((a.place[0] + b.place[0]) / 2))
    return LATITUDE_KM * hypot(a.place[0] - b.place[0], (a.place[1] - b.place[1]) * middle)
