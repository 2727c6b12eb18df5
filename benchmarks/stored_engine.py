"""The engine as a directory that is stored uses it: each listing is read once, and a space is kept as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.base_texts import activities
from initiatives.overlap.engine import Decided, Engine, overlaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from initiatives.overlap.encoder import Encoder
    from initiatives.overlap.space import Space
    from initiatives.overlap.traits import Traits
    from initiatives.overlap.values import Listing, Overlaps, PreviousGroup

# A new space is found when the directory has grown so much since the last one, as in `initiatives/tasks/storing.py`.
GROWN = 1.5


class StoredEngine:
    def __init__(self, encoder: Encoder | None) -> None:
        self._engine = Engine(activities(), encoder)
        self._traits: dict[int, Traits] = {}
        self._found: tuple[Space, int] | None = None

    def overlaps(self, listings: Sequence[Listing], previous: Sequence[PreviousGroup]) -> Overlaps:
        fresh = [listing for listing in listings if listing.key not in self._traits]
        self._traits |= {each.listing.key: each for each in self._engine.read(fresh)}
        traits = [self._traits[key] for key in sorted(listing.key for listing in listings)]
        vectors = self._space(traits).vectors(traits)
        return overlaps(self._engine, traits, vectors, decided=Decided(previous=previous))

    def _space(self, traits: Sequence[Traits]) -> Space:
        if self._found is None or len(traits) > GROWN * self._found[1]:
            self._found = self._engine.space(traits), len(traits)
        return self._found[0]
