"""Listings that mean what somebody asks, whatever the language: by the sentence vectors of the last computation."""

from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from initiatives.models.initiative import Initiative
from initiatives.models.overlaps import OverlapRun, OverlapTraits
from initiatives.models.queries import InitiativeQuerySet
from initiatives.overlap.encoder import default_encoder

# Read on seventeen questions in English, Dutch and Spanish over 758 listings: what nothing answers ("football", letters
# at random) stays under .13, right answers to short questions ("vote", "insurance") begin at .2.
NEAR = 0.2
SCALE = 127


@dataclass(frozen=True, slots=True)
class Meanings:
    """The vectors of one computation: row i, 512 signed bytes, belongs to `keys[i]`."""

    run: int
    keys: NDArray[np.int64]
    rows: NDArray[np.int8]

    def near(self, question: NDArray[np.float32], *, most: int, among: Collection[int] | None = None) -> list[int]:
        """Keys of the nearest rows, nearest first, where told only of these. `question` is one unit vector."""
        if not len(self.keys):
            return []
        cosines = self.rows @ question / SCALE
        if among is not None:
            cosines = np.where(np.isin(self.keys, np.array(list(among), dtype=np.int64)), cosines, -1)
        best = np.argsort(-cosines, kind="stable")[:most]
        return [int(key) for key in self.keys[best[cosines[best] >= NEAR]]]


_lock = Lock()
_held: Meanings | None = None


def nearest_in_meaning(
    question: str, *, among: InitiativeQuerySet | None = None, besides: InitiativeQuerySet, most: int
) -> list[Initiative]:
    """Public listings nearest to the question, without `besides`; none where no encoder is installed."""
    encoder = default_encoder()
    if encoder is None:
        return []
    allowed = None if among is None else set(among.order_by().values_list("pk", flat=True))
    # More than are shown, since some of the nearest are found by their words already.
    found = current().near(encoder.encode([question])[0], most=5 * most, among=allowed)
    listings = Initiative.objects.published().filter(pk__in=found).exclude(pk__in=besides.order_by().values("pk"))
    by_key = {listing.pk: listing for listing in listings.for_rows()}
    return [by_key[key] for key in found if key in by_key][:most]


def current() -> Meanings:
    """The vectors of the last computation, held in memory until there is a newer one."""
    global _held  # noqa: PLW0603
    run = OverlapRun.objects.values_list("pk", flat=True).first() or 0
    with _lock:
        if _held is None or _held.run != run:
            _held = _read(run)
        return _held


def _read(run: int) -> Meanings:
    stored = list(OverlapTraits.objects.exclude(meaning=None).order_by("pk").values_list("initiative", "meaning"))
    rows = np.frombuffer(b"".join(bytes(meaning) for _, meaning in stored), dtype=np.int8)
    keys = np.array([key for key, _ in stored], dtype=np.int64)
    return Meanings(run, keys, rows.reshape(len(keys), -1) if len(keys) else rows.reshape(0, 0))
