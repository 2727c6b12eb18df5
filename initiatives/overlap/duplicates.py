"""“Is this one listed already?” for one new row against a whole directory of names.

An index of rows by site, by name and by the words of names, made for an importer: a row costs some 300 bytes and a
question less than a millisecond in 70,000. Rows that share only words which hundreds share are compared only within
their city, so that a chain of branches does not make every question a long one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from math import isfinite, log
from sys import intern
from typing import TYPE_CHECKING

from initiatives.overlap.identity import Row, row_of
from initiatives.overlap.likeness import features, probability
from initiatives.overlap.resemblance import likeness

if TYPE_CHECKING:
    from initiatives.overlap.values import Identity, Likeness

# Where the desk is asked, and where it is nearly certain (overlap.md).
POSSIBLE = 0.5
CERTAIN = 0.95
# A word of more names than this finds nobody by itself, only together with the city.
MANY = 200
# A site of more rows than this belongs to a federation, and the page must agree too.
SHARED_SITE = 4
# Weight of names not yet seen: the first hundred rows must not take every word for rare or for common.
PRIOR = 200
MOST = 5
# Rows compared for one question, those first that share most: of a thousand of one name the rest would be no other.
MOST_COMPARED = 16
# What they share must weigh something: one word that a tenth of all names have is no reason to compare.
LEAST_SHARED = 0.35
# One site or one whole name is always a reason to compare.
WHOLE_WEIGHT = 3.0

Posting = int | array[int]  # the row itself while there is one: most words are in one name


class DuplicateIndex:
    """Rows are kept packed; `likely` rebuilds the few that it compares."""

    def __init__(self) -> None:
        self._keys: array[int] = array("q")
        self._names: list[str] = []
        self._cities: list[str] = []
        self._countries: list[str] = []
        self._sites: list[str] = []
        self._latitudes: array[float] = array("f")
        self._longitudes: array[float] = array("f")
        self._by_word: dict[str, Posting] = {}
        self._by_site: dict[str, Posting] = {}
        self._by_city: dict[str, Posting] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, key: int, identity: Identity) -> None:
        """One more row. A key may be added again under other names; every row of it is found."""
        asked = row_of(identity)
        at = len(self._keys)
        self._keys.append(key)
        self._names.append("\n".join(" ".join(told) for told in asked.names))
        self._cities.append(intern(" ".join(asked.city)))
        self._countries.append(intern(asked.country))
        self._sites.append(f"{asked.site} {asked.page}" if asked.site else "")
        self._latitudes.append(asked.place[0] if asked.place else float("nan"))
        self._longitudes.append(asked.place[1] if asked.place else float("nan"))
        for word in blocks(asked):
            _post(self._by_word, word, at)
        if asked.site:
            _post(self._by_site, asked.site, at)
        if asked.city:
            _post(self._by_city, self._cities[at], at)

    def likely(
        self, identity: Identity, *, least: float = POSSIBLE, most: int = MOST, besides: Iterable[int] = ()
    ) -> list[Likeness]:
        """Rows that may be the one described, likeliest first; never those whose key is in `besides`."""
        asked = row_of(identity)
        left_out = frozenset(besides)
        found: dict[int, Likeness] = {}
        for at in self._candidates(asked):
            key = self._keys[at]
            if key in left_out:
                continue
            told = self._compared(asked, at)
            if not told.is_of_more_than_the_place or told.probability < least:
                continue
            if key not in found or found[key].probability < told.probability:
                found[key] = told
        return sorted(found.values(), key=lambda each: (-each.probability, each.b))[:most]

    def probability(self, a: Identity, b: Identity) -> float:
        """That two rows are one, with words as rare as they are in this index."""
        return probability(features(row_of(a), row_of(b), self.rarity))

    def _compared(self, asked: Row, at: int) -> Likeness:
        known = self._row(at)
        shared = bool(known.site) and len(_rows(self._by_site.get(known.site))) > SHARED_SITE
        return likeness(asked, known, key=self._keys[at], rarity=self.rarity, shared_site=shared)

    def _candidates(self, asked: Row) -> list[int]:
        """Those that share the rarest words or the site; MOST_COMPARED of them at most."""
        found: Counter[int] = Counter()
        wholes = [self._by_word.get("".join(told)) for told in asked.names]
        wholes += [self._by_site.get(asked.site)] if asked.site else []
        for held in wholes:
            self._weigh(found, _rows(held), asked, WHOLE_WEIGHT)
        rarest_first = sorted((-self.rarity(word), word) for word in blocks(asked))
        for rarity, word in rarest_first:
            self._weigh(found, _rows(self._by_word.get(word)), asked, -rarity)
        enough = [at for at, weight in found.items() if weight >= LEAST_SHARED]
        return sorted(enough, key=lambda at: (-found[at], at))[:MOST_COMPARED]

    def _weigh(self, found: Counter[int], rows: Sequence[int], asked: Row, weight: float) -> None:
        weighed: Iterable[int] = rows
        if len(rows) > MANY:
            city = " ".join(asked.city)
            known = [at for at in found if self._cities[at] == city and _holds(rows, at)]
            weighed = {*known, *islice(self._in_city(rows, city), MANY)} if city else ()
        for at in weighed:
            found[at] += weight  # type: ignore[assignment]

    def _in_city(self, rows: Sequence[int], city: str) -> Iterator[int]:
        """In order, the first at once: of ten thousand alike nobody waits for the last."""
        here = _rows(self._by_city.get(city))
        if len(here) < len(rows):
            return (at for at in here if _holds(rows, at))
        return (at for at in rows if self._cities[at] == city)

    def _row(self, at: int) -> Row:
        place = (self._latitudes[at], self._longitudes[at])
        address, _, named = self._sites[at].partition(" ")
        return Row(
            names=tuple(tuple(name.split()) for name in self._names[at].split("\n")),
            city=tuple(self._cities[at].split()),
            country=self._countries[at],
            place=place if isfinite(place[0]) else None,
            site=address,
            page=named,
        )

    def rarity(self, word: str) -> float:
        """1 for a word of no name seen so far, towards 0 for one of all."""
        population = len(self) + PRIOR
        return log(population / (len(_rows(self._by_word.get(word))) + 1)) / log(population)


def blocks(row: Row) -> set[str]:
    """Words, and each two neighbours and the whole run together: “Repair Café” is found by “Repaircafé” and the other
    way round."""
    joined = (a + b for told in row.names for a, b in pairwise(told))
    acronyms = ("".join(word[0] for word in told) for told in row.names if len(told) > 2)
    return {*(word for told in row.names for word in told), *joined, *acronyms, *("".join(told) for told in row.names)}


def _post(postings: dict[str, Posting], name: str, at: int) -> None:
    """One row is kept as a number, several as an array of four bytes each."""
    held = postings.get(name)
    if held is None:
        postings[name] = at
    elif isinstance(held, int):
        postings[name] = array("I", (held, at))
    else:
        held.append(at)


def _holds(rows: Sequence[int], at: int) -> bool:
    """Rows are in the order in which they came."""
    place = bisect_left(rows, at)
    return place < len(rows) and rows[place] == at


def _rows(held: Posting | None) -> Sequence[int]:
    if held is None:
        return ()
    return (held,) if isinstance(held, int) else held
