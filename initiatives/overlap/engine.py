"""One run over a whole directory, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from threadpoolctl import threadpool_limits

from initiatives.overlap.activities import ActivityIndex
from initiatives.overlap.aspects import aspects
from initiatives.overlap.corpus import Corpus, corpus
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
    # One thread: on a machine whose cores are taken, threads of linear algebra wait for one another (QR of one matrix:
    # 8 s with two threads, .5 s with one). Only the products of a large directory take more (`neighbours.py`).
    with threadpool_limits(limits=1):
        return _found(
            corpus(listings),
            ActivityIndex(activities),
            Verdicts(verdicts),
            previous=tuple(previous),
            encoder=default_encoder() if encoder == "default" else encoder,
            tell=progress or _quietly,
        )


def _found(
    told: Corpus,
    index: ActivityIndex,
    decided: Verdicts,
    *,
    previous: tuple[PreviousGroup, ...],
    encoder: Encoder | None,
    tell: Progress,
) -> Overlaps:
    works = tuple(index.found(listing) for listing in told.listings)
    met = matches(told, encoder)
    sentences = encoded(told.texts, encoder, tell) if encoder else None
    found = model(told, sentences, encoder.version if encoder else "")
    alike = aspects(found.rows(), told, works)
    rows = told.rows
    people = [(rows[a], rows[b]) for a, b in decided.pairs("peers", "complementary") if a in rows and b in rows]
    pairs = candidates(told, neighbour_pairs(alike, told.languages, tell), (*met, *people))
    meanings = Meanings(told, sentences, encoder) if encoder and sentences is not None else None
    witness = Witness(told, works, met, meanings)
    overlapping = judged(witness, alike, pairs, verdicts=decided, progress=tell)
    circles = groups(witness, overlapping.ties, verdicts=decided, previous=previous)
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
