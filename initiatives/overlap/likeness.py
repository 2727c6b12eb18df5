"""How likely two rows are one initiative: a logistic model over names, places and sites.

Weights fitted on labelled pairs whose websites were hidden (docs/overlap.md has the figures), then rounded; those of
the website are set by hand, since it decided the labels. Meaning vectors do not help here: branches of one network mean
the same and are not the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, exp, hypot, log1p, radians
from typing import TYPE_CHECKING

from initiatives.overlap.names import dice, is_acronym, numbers, trigrams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BIAS = -2.9
WEIGHTS: Mapping[str, float] = {
    # Names.
    "same_name": 1.6,
    "close_letters": 4.4,
    "contained": 2.6,
    "rare_word": 2.6,
    "own_words": 1.4,
    "no_common_word": 3.1,  # letters alone then join the names; counts against having no rare word
    "same_start": 1.3,
    "acronym": 2.8,
    "other_numbers": -3.0,  # by hand: “Scuola 12” is not “Scuola 13”
    "branch": -6.0,  # by hand, on the Italian list: of one chain, in two towns
    # Places.
    "here": 0.2,
    "next_door": 1.3,
    "distance": -4.8,
    "no_place": -3.6,
    "other_town": -9.0,  # by hand, on the Italian list: no coordinates, and another town stands in both rows
    "other_country": -1.6,
    # Sites, by hand.
    "same_site": 4.5,
    "other_site": -1.0,
}
# Trigrams shared, as Dice: from here on names are close, whatever they mean.
CLOSE = 0.6
# The name of their town in both names says little: “AVIS Bari”, “CUS Bari”.
TOWN = 0.25
# A word of less rarity stands in so many names that its letters make none alike.
COMMON = 0.35
NEXT_DOOR_KM, HERE_KM, FARTHEST_KM = 1.0, 10.0, 1_000.0
WITHIN_TOWN = 0.12  # on the scale of `distance`: about a kilometre
LATITUDE_KM = 111.2
# A name whose rarest word is commoner than this is not one initiative's own.
OWN_NAME = 0.6


Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What an initiative is known by: every name as words, its place, its site (`websites.site`)."""

    names: tuple[Words, ...]
    city: Words = ()  # the words of its name
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
    told = (
        _of_names(one, other, frozenset({*a.city, *b.city}), rarity)
        | _of_places(a, b)
        | _of_sites(a, b, shared=shared_site)
    )
    if _is_branch(one, other, a, b, rarity=rarity):
        told["branch"] = 1.0
    return {name: value for name, value in told.items() if value}


def _of_names(one: Words, other: Words, towns: frozenset[str], rarity: Callable[[str], float]) -> dict[str, float]:
    mine, theirs = set(one), set(other)
    if mine <= towns or theirs <= towns:
        return {"same_name": float(one == other)}
    weight = {word: rarity(word) * (TOWN if word in towns else 1.0) for word in mine | theirs}
    common = sum(weight[word] for word in mine & theirs)
    smaller = min(sum(weight[word] for word in mine), sum(weight[word] for word in theirs))
    rare = max((weight[word] for word in mine & theirs), default=0.0)
    joined = "".join(one) == "".join(other)
    return {
        "same_name": float(joined),
        "close_letters": max(0.0, dice(trigrams(_own(one, rarity)), trigrams(_own(other, rarity))) - CLOSE)
        / (1 - CLOSE),
        "contained": float(bool(smaller) and common >= smaller),
        "rare_word": rare,
        "own_words": rare * common / smaller if smaller else 0.0,
        "no_common_word": float(not mine & theirs),
        "same_start": float(one[:1] == other[:1] != ()),
        "acronym": float(is_acronym("".join(one), other) or is_acronym("".join(other), one)),
        "other_numbers": float(numbers(mine) != numbers(theirs)),
    }


def _own(name: Words, rarity: Callable[[str], float]) -> Words:
    """Without the words that many names have, if others are left."""
    return tuple(word for word in name if rarity(word) >= COMMON) or name


def _of_places(a: Row, b: Row) -> dict[str, float]:
    kilometres = kilometres_between(a, b)
    same_city = bool(a.city) and a.city == b.city
    abroad = float(bool(a.country and b.country) and a.country != b.country)
    if kilometres is None:
        named = bool(a.city and b.city)
        other = float(named and not (set(a.city) <= set(b.city) or set(b.city) <= set(a.city)))
        # Somewhere in one town, as far as anybody knows.
        distance = WITHIN_TOWN if named and not other else 0.0
        unknown = {"no_place": float(not named), "other_town": other, "distance": distance}
        return {"here": float(same_city), "other_country": abroad} | unknown
    return {
        "here": max(float(same_city), 1 - kilometres / HERE_KM),
        "next_door": max(0.0, 1 - kilometres / NEXT_DOOR_KM),
        "distance": min(1.0, log1p(kilometres) / log1p(FARTHEST_KM)),
        "other_country": abroad,
    }


def _of_sites(a: Row, b: Row, *, shared: bool) -> dict[str, float]:
    if not a.site or not b.site:
        return {}
    same = a.site == b.site and (not shared or a.page == b.page)
    return {"same_site": float(same), "other_site": float(a.site != b.site)}


def _is_branch(one: Words, other: Words, a: Row, b: Row, *, rarity: Callable[[str], float]) -> bool:
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
