"""One run over a whole directory, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from initiatives.overlap.activities import ActivityIndex
from initiatives.overlap.aspects import aspects
from initiatives.overlap.corpus import corpus
from initiatives.overlap.encoder import Encoder, default_encoder
from initiatives.overlap.exchanges import matches
from initiatives.overlap.groups import groups
from initiatives.overlap.meanings import Meanings
from initiatives.overlap.neighbours import neighbour_pairs
from initiatives.overlap.pairs import candidates, judged
from initiatives.overlap.reasons import Witness
from initiatives.overlap.twins import twins
from initiatives.overlap.values import Overlaps
from initiatives.overlap.vectors import as_bytes, encoded, model
from initiatives.overlap.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from initiatives.overlap.values import Activity, Listing, PreviousGroup, Progress, Verdict

# `encoder="default"`: the sentence encoder where it is installed. None: without one.
Choice = Encoder | Literal["default"] | None


def find_overlaps(
    listings: Iterable[Listing],
    *,
    activities: Iterable[Activity] = (),
    verdicts: Iterable[Verdict] = (),
    previous: Iterable[PreviousGroup] = (),
    encoder: Choice = "default",
    progress: Progress | None = None,
) -> Overlaps:
    """Pairs, groups and likely twins among the listings, whatever order they come in. Raises ValueError when two have
    one key."""
    told, tell = corpus(listings), progress or _quietly
    chosen = default_encoder() if encoder == "default" else encoder
    decided = Verdicts(verdicts)
    index = ActivityIndex(activities)
    works = tuple(index.found(listing) for listing in told.listings)
    met = matches(told, chosen)
    sentences = encoded(told.texts, chosen, tell) if chosen else None
    found = model(told, sentences, chosen.version if chosen else "")
    alike = aspects(found.rows(), told, works)
    rows = told.rows
    people = [(rows[a], rows[b]) for a, b in decided.pairs("peers", "complementary") if a in rows and b in rows]
    pairs = candidates(told, neighbour_pairs(alike, told.languages, tell), (*met, *people))
    meanings = Meanings(told, sentences, chosen) if chosen and sentences is not None else None
    witness = Witness(told, works, met, meanings)
    overlapping = judged(witness, alike, pairs, verdicts=decided, progress=tell)
    circles = groups(witness, overlapping.ties, verdicts=decided, previous=tuple(previous))
    tell("groups", len(circles), len(circles))
    likenesses = twins(told.listings, decided)
    return Overlaps(
        model_version=found.version,
        keys=tuple(rows),
        vectors=found.vectors,
        pairs=overlapping.shown,
        groups=circles,
        likenesses=likenesses,
        counts={
            "listings": len(told),
            "candidates": len(pairs),
            "pairs": len(overlapping.shown),
            "ties": len(overlapping.ties),
            "groups": len(circles),
            "grouped": sum(member.role == "main" for group in circles for member in group.members),
            "likenesses": len(likenesses),
        },
        meanings=None if sentences is None else as_bytes(sentences),
    )


def _quietly(stage: str, done: int, total: int) -> None:
    """Nobody is watching."""
