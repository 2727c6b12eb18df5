"""As many listings as asked for, made from real texts; ./run bench scale_data --rows N [--texts FOLDER] shows them.

Each is made of the sentences of one real listing and of its near relatives (same language, same label, tag or domain),
with as many sentences as that one has, a name put together from theirs, and a place drawn from the cities by their
population. So languages, topics, lengths, rare words and duplicates are spread as in real lists; but a million made
from some ten thousand say the same more often than a million real ones would. The same seed makes the same listings,
and the first thousand of a million are those of a thousand.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect
from collections import Counter, defaultdict, deque
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.base_texts import BaseText, folder_told, lists
from benchmarks.scale_places import Places
from initiatives.overlap.values import Listing
from initiatives.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 11
# A sentence is the base's own so often, else one of a relative.
OWN_SENTENCE = 0.6
# Real lists hold about one listing in a hundred twice, most of them within sight of each other in the list.
TWINS = 0.01
REMEMBERED = 500
# A word of a name is coined so often (“Gartenwerk” from “Gartenhaus” and “Netzwerk”): that is where most of the words
# of a large directory that nobody else uses come from.
COINED = 0.15
OF_TOWN = 0.3
WITH_WEBSITE = 0.6
# Every so many-th listing is a network that others are members of.
NETWORKS = 500
IN_NETWORK = 0.03
MOST_RELATIVES = 200


def made(count: int, sources: Sequence[Sequence[BaseText]], *, seed: int = SEED) -> Iterator[Listing]:
    """Listings with the keys 0 to count − 1."""
    return Maker(sources, seed).listings(count)


class Maker:
    """Makes listings one after another. `twins`: pairs of keys, the later first, that are one initiative."""

    def __init__(self, sources: Sequence[Sequence[BaseText]], seed: int = SEED) -> None:
        self.twins: list[tuple[int, int]] = []
        self._random = random.Random(seed)
        self._bases = [base for source in sources for base in source]
        # A list is drawn from as often as the root of its length says: else one of them would drown all languages but
        # its own.
        self._weights = list(accumulate(len(source) ** -0.5 for source in sources for _ in source))
        self._relatives = _relatives(self._bases)
        self._places = Places(self._bases)
        self._recent: deque[Listing] = deque(maxlen=REMEMBERED)

    def listings(self, count: int) -> Iterator[Listing]:
        return (self._listing(key) for key in range(count))

    def _listing(self, key: int) -> Listing:
        twin = bool(self._recent) and self._random.random() < TWINS
        listing = self._twin(key) if twin else self._fresh(key)
        self._recent.append(listing)
        return listing

    def _fresh(self, key: int) -> Listing:
        base = self._bases[bisect(self._weights, self._random.random() * self._weights[-1])]
        near = self._near(base)
        told = self._sentences(base, near)
        place = self._places.drawn(base, self._random)
        name = self._name(base, near, place.city_name if place else "")
        listing = Listing(
            key=key,
            name=name,
            mission=told[0],
            description=" ".join(told),
            language=base.language,
            domains=base.domains,
            tags=base.tags,
            structure=base.structure,
            licences=base.licences,
            networks=self._networks(key),
            website=self._website(name),
            exchanges=base.exchanges,
        )
        return place.given_to(listing) if place else listing

    def _near(self, base: BaseText) -> Sequence[BaseText]:
        if not base.topics:
            return (base,)
        return self._relatives[base.language, self._random.choice(base.topics)]

    def _sentences(self, base: BaseText, near: Sequence[BaseText]) -> list[str]:
        drawn = [
            own if self._random.random() < OWN_SENTENCE else self._random.choice(self._random.choice(near).sentences)
            for own in base.sentences
        ]
        return list(dict.fromkeys(drawn))

    def _name(self, base: BaseText, near: Sequence[BaseText], town: str) -> str:
        """The beginning of one name and the end of another, a town behind it now and then, a word of it coined; always
        so where it would be the name of a real one, of which a million listings would have hundreds."""
        first, second = base.name.split(), self._random.choice(near).name.split()
        cut = self._random.randint(1, len(first))
        name = [*first[:cut], *second[min(cut, len(second)) :]]
        if name == first[: len(name)] or self._random.random() < COINED:
            name[self._random.randrange(len(name))] = self._coined(first)
        if town and self._random.random() < OF_TOWN:
            name.append(town)
        return " ".join(dict.fromkeys(name))

    def _coined(self, name: list[str]) -> str:
        beginning, end = max(name, key=len), max(self._random.choice(self._bases).name.split(), key=len)
        return beginning[: -(len(beginning) // 2) or None] + end[len(end) // 2 :].lower()

    def _networks(self, key: int) -> tuple[int, ...]:
        if key < NETWORKS or self._random.random() >= IN_NETWORK:
            return ()
        return (self._random.randrange(key // NETWORKS) * NETWORKS,)

    def _website(self, name: str) -> str:
        site = "-".join(words(name))[:60]
        return f"https://{site}.example/" if site and self._random.random() < WITH_WEBSITE else ""

    def _twin(self, key: int) -> Listing:
        """The same initiative, listed by somebody else: shorter, in capitals or without its town, a street away."""
        other = self._random.choice(self._recent)
        self.twins.append((key, other.key))
        name = other.name.upper() if self._random.random() < 0.2 else other.name.removesuffix(f" {other.city_name}")
        site = other.website if self._random.random() < WITH_WEBSITE else ""
        twin = replace(other, key=key, name=name, description=other.mission, website=site, exchanges=())
        return self._places.a_street_away(twin, self._random)


def _relatives(bases: Sequence[BaseText]) -> dict[tuple[str, str], list[BaseText]]:
    """By language and topic."""
    found: dict[tuple[str, str], list[BaseText]] = defaultdict(list)
    for base in bases:
        for topic in base.topics:
            if len(found[base.language, topic]) < MOST_RELATIVES:
                found[base.language, topic].append(base)
    return found


def main() -> None:
    asked = _arguments()
    sources = lists(folder_told(asked.texts))
    listings = list(made(asked.rows, sources))
    for listing in listings[: asked.show]:
        print(f"{listing.key}  {listing.name} ({listing.city_name}, {listing.country}; {listing.language})")
        print(f"    {listing.description}\n    {', '.join((*listing.domains, *listing.tags))}")
    lengths = sorted(len(listing.description) for listing in listings)
    print(f"{len(listings):,} listings from {sum(map(len, sources)):,} texts in {len(sources)} lists")
    print(f"characters: {', '.join(str(lengths[len(lengths) * tenth // 10]) for tenth in (1, 5, 9))} (tenths 1, 5, 9)")
    print(f"languages: {dict(Counter(listing.language for listing in listings).most_common(8))}")
    print(f"distinct words: {len({w for each in listings for w in words(f'{each.name} {each.description}')}):,}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scale_data", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--texts", type=Path, metavar="FOLDER")
    parser.add_argument("--show", type=int, default=10, metavar="N", help="how many to print (10)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
