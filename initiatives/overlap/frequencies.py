"""How common words, tags, licences and networks are in a directory: what makes a shared one telling."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from initiatives.overlap.traits import Traits

# A word of fewer is as rare as can be, whether it was counted or not: not worth keeping.
FEWEST_KEPT = 3


@dataclass(frozen=True)
class Frequencies:
    """In how many of `population` listings something stands."""

    population: int = 0
    stems: Mapping[str, int] = field(default_factory=Counter)
    tags: Mapping[str, int] = field(default_factory=Counter)
    works: Mapping[str, int] = field(default_factory=Counter)
    licences: Mapping[str, int] = field(default_factory=Counter)
    networks: Mapping[int, int] = field(default_factory=Counter)

    def rarity(self, stem: str) -> float:
        """0 for a word that everybody writes, 1 for one that only two do."""
        return rarity(self.stems.get(stem, 0), self.population)

    def tag_rarity(self, tag: str) -> float:
        return rarity(self.tags.get(tag, 0), self.population)

    def as_data(self) -> dict[str, Any]:
        """JSON-able, without what is as rare as can be."""
        return {
            "population": self.population,
            "stems": {stem: n for stem, n in self.stems.items() if n >= FEWEST_KEPT},
            "tags": {tag: n for tag, n in self.tags.items() if n >= FEWEST_KEPT},
            "works": dict(self.works),
            "licences": dict(self.licences),
            "networks": {str(key): n for key, n in self.networks.items()},
        }

    @classmethod
    def from_data(cls, told: Mapping[str, Any]) -> Frequencies:
        networks = {int(key): n for key, n in told["networks"].items()}
        return cls(**{**told, "networks": networks})


def counted(traits: Iterable[Traits]) -> Frequencies:
    population = 0
    stems: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    works: Counter[str] = Counter()
    licences: Counter[str] = Counter()
    networks: Counter[int] = Counter()
    for each in traits:
        population += 1
        stems.update(each.words.keys())
        tags.update(set(each.listing.tags))
        works.update(found.activity for found in each.works)
        licences.update(each.listing.licences)
        networks.update(each.listing.networks)
    return Frequencies(population, stems, tags, works, licences, networks)


def rarity(frequency: int, population: int) -> float:
    """Inverse document frequency, scaled so that a word of two listings is 1 and a word of all is 0."""
    if population <= 2 or frequency <= 0:
        return 1.0
    return min(max(log(population / max(frequency, 2)) / log(population / 2), 0.0), 1.0)
