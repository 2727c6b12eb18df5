"""How likely two rows are one initiative: a logistic model over names, places and sites.

Weights fitted on labelled pairs whose websites were hidden, with those in `BY_HAND` held as they are, then rounded
(`./run bench quality --pairs FILE --folds 5` fits them again; docs/overlap.md has the figures). Meaning vectors do not
help here: branches of one network mean the same and are not the same.
"""

from __future__ import annotations

from math import cos, exp, fsum, hypot, log1p, radians
from typing import TYPE_CHECKING

from initiatives.overlap.names import dice, is_acronym, numbers, overlap, trigrams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from initiatives.overlap.identity import Row, Words

BIAS = -2.0
WEIGHTS: Mapping[str, float] = {
    # Names.
    "same_name": 3.2,
    "close_letters": 3.2,
    "letters_within": 1.8,
    "contained": 1.4,
    "rare_word": 2.4,
    "own_words": 1.0,
    "further_words": -1.6,
    "no_common_word": 3.2,  # letters alone then join the names; counts against having no rare word
    "same_start": 2.3,
    "acronym": 4.2,
    "other_numbers": -3.0,  # by hand: “Scuola 12” is not “Scuola 13”
    "branch": -6.0,  # by hand, on the Italian list: of one chain, in two towns
    # Places.
    "distance": -5.1,
    "around": 0.9,
    "no_place": -3.4,
    "other_town": -3.8,
    "two_seats": -12.0,  # by hand, on the Italian list: the same name in another town is another association
    "other_country": -1.0,  # by hand: the pairs that it was fitted on write their countries in many ways
    # Sites, by hand: they decided the labels.
    "same_site": 4.5,
    "other_site": -1.0,
}
# Of these the pairs can say nothing, or nothing that holds elsewhere.
BY_HAND = frozenset({"other_numbers", "branch", "two_seats", "other_country", "same_site", "other_site"})
# Trigrams shared, as Dice: from here on names are close, whatever they mean.
CLOSE = 0.6
# Trigrams of the shorter name that the longer has too: “Webarch” and “Webarchitects”. Of three letters many names do.
WITHIN = 0.5
SHORTEST_WITHIN = 4
# The name of their town in both names says little: “AVIS Bari”, “CUS Bari”.
TOWN = 0.25
# A word of less rarity stands in so many names that its letters make none alike.
COMMON = 0.35
AROUND_KM, FARTHEST_KM = 100.0, 1_000.0
# Of two in one town, as far as anybody knows; farther where a list tells nothing but towns: it holds all of a town.
WITHIN_TOWN_KM, SOMEWHERE_IN_TOWN_KM = 1.3, 4.0
SAME_TOWN = 0.65  # of the letters: “Giessen” is “Gießen”, but “Castelfranco Veneto” not “Castelfranco di Sotto”
LONGEST_TOWN = 6  # words: “Castrocaro Terme e Terra del Sole”
LATITUDE_KM = 111.2
# A name whose rarest word is commoner than this is not one initiative's own.
OWN_NAME = 0.6


def probability(features: Mapping[str, float]) -> float:
    return 1 / (1 + exp(-BIAS - sum(WEIGHTS[name] * value for name, value in features.items())))


def features(a: Row, b: Row, rarity: Callable[[str], float], *, shared_site: bool = False) -> dict[str, float]:
    """The best of all pairs of names; `shared_site`: the site is that of many rows, so its page must be the same
    too. The same whichever of the two is `a`."""
    one, other = max(
        ((mine, theirs) for mine in a.names for theirs in b.names),
        # Of two that are equally alike the same pair is taken either way round.
        key=lambda pair: (dice(trigrams(pair[0]), trigrams(pair[1])), sorted(pair)),
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
        return {"same_name": float(one == other != ())}
    weight = {word: rarity(word) * (TOWN if word in towns else 1.0) for word in mine | theirs}
    common = fsum(weight[word] for word in mine & theirs)
    smaller = min(fsum(weight[word] for word in mine), fsum(weight[word] for word in theirs))
    rare = max((weight[word] for word in mine & theirs), default=0.0)
    return {
        "same_name": float("".join(one) == "".join(other)),
        "close_letters": _beyond(CLOSE, dice(trigrams(_own(one, rarity)), trigrams(_own(other, rarity)))),
        "letters_within": _beyond(WITHIN, overlap(trigrams(one), trigrams(other))) if _are_long(one, other) else 0.0,
        "contained": float(bool(smaller) and common >= smaller),
        "rare_word": rare,
        "own_words": rare * common / smaller if smaller else 0.0,
        "further_words": _further(mine - theirs - towns, theirs - mine - towns, rarity),
        "no_common_word": float(not mine & theirs),
        "same_start": weight[one[0]] if one[0] == other[0] else 0.0,
        "acronym": float(is_acronym("".join(one), other) or is_acronym("".join(other), one)),
        "other_numbers": float(_count_differently(mine, theirs)),
    }


def _beyond(start: float, share: float) -> float:
    """0 up to `start`, from there evenly up to 1."""
    return max(0.0, share - start) / (1 - start)


def _are_long(one: Words, other: Words) -> bool:
    return min(sum(map(len, one)), sum(map(len, other))) >= SHORTEST_WITHIN


def _further(mine: set[str], theirs: set[str], rarity: Callable[[str], float]) -> float:
    """Each of the two has a word that the other has not: as rare as the commoner one of both."""
    return min(max(map(rarity, mine), default=0.0), max(map(rarity, theirs), default=0.0))


def _count_differently(mine: set[str], theirs: set[str]) -> bool:
    return bool(numbers(mine) and numbers(theirs)) and numbers(mine) != numbers(theirs)


def _own(name: Words, rarity: Callable[[str], float]) -> Words:
    """Without the words that many names have, if others are left."""
    return tuple(word for word in name if rarity(word) >= COMMON) or name


def _of_places(a: Row, b: Row) -> dict[str, float]:
    kilometres = kilometres_between(a, b)
    abroad = {"other_country": float(bool(a.country and b.country) and a.country != b.country)}
    if kilometres is not None:
        return abroad | _of_distance(kilometres)
    return abroad | _of_towns(a.city, b.city, only=a.place is None and b.place is None)


def _of_distance(kilometres: float) -> dict[str, float]:
    return {
        "around": max(0.0, 1 - kilometres / AROUND_KM),
        "distance": min(1.0, log1p(kilometres) / log1p(FARTHEST_KM)),
    }


def _of_towns(one: Words, other: Words, *, only: bool) -> dict[str, float]:
    """What the names of their towns say; `only`: of neither a point on the map is known."""
    if not one or not other:
        return {"no_place": 1.0}
    if set(one) <= set(other) or set(other) <= set(one) or dice(trigrams(one), trigrams(other)) >= SAME_TOWN:
        return _of_distance(SOMEWHERE_IN_TOWN_KM if only else WITHIN_TOWN_KM)
    if _is_address(one) or _is_address(other):
        return {"no_place": 1.0}
    return {"other_town": 1.0, "two_seats": float(only)}


def _is_address(town: Words) -> bool:
    """“Overgoo 1, 2266 JZ Leidschendam, Nederland” may be in any town."""
    return len(town) > LONGEST_TOWN or any(character.isdigit() for word in town for character in word)


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
