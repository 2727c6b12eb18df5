"""One run over a whole directory, step by step, and the steps by themselves for a directory that is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from threadpoolctl import threadpool_limits

from initiatives.overlap import groups as grouping
from initiatives.overlap.across import Across
from initiatives.overlap.activities import ActivityIndex
from initiatives.overlap.cells import cells_of, found_cells
from initiatives.overlap.corpus import corpus
from initiatives.overlap.decisions import Decisions
from initiatives.overlap.encoder import Encoder, default_encoder
from initiatives.overlap.exchanges import matches
from initiatives.overlap.executor import Executor, InTurn, Threads
from initiatives.overlap.field import field as as_field
from initiatives.overlap.graph import Graph
from initiatives.overlap.lexicon import Lexicon
from initiatives.overlap.neighbours import SMALL, neighbour_pairs
from initiatives.overlap.pairs import candidates, shown, ties
from initiatives.overlap.reasons import Witness
from initiatives.overlap.score import scores
from initiatives.overlap.space import Space, found_space
from initiatives.overlap.traits import Reader
from initiatives.overlap.twins import twins
from initiatives.overlap.values import Overlaps
from initiatives.overlap.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.cells import Cells
    from initiatives.overlap.corpus import Corpus
    from initiatives.overlap.field import Field
    from initiatives.overlap.score import Scores
    from initiatives.overlap.traits import Traits
    from initiatives.overlap.values import Activity, Bar, Listing, Pin, PreviousGroup, Progress, Vectors, Verdict

# Below this many rows another thread costs more than it gives.
ALONE = 2_000

# `encoder="default"`: the sentence encoder where it is installed. None: without one.
Choice = Encoder | Literal["default"] | None


@dataclass(frozen=True)
class Decided:
    """What people said, and what was found before."""

    verdicts: Sequence[Verdict] = ()
    placements: Sequence[Pin | Bar] = ()
    previous: Sequence[PreviousGroup] = ()


class Engine:
    """What stays the same between runs: the vocabulary, the encoder and the words it knows."""

    def __init__(self, activities: Iterable[Activity] = (), encoder: Choice = "default") -> None:
        known = tuple(activities)
        self.activities = tuple(sorted(activity.code for activity in known))
        self.encoder = default_encoder() if encoder == "default" else encoder
        self.lexicon = Lexicon(self.encoder) if self.encoder else None
        self.reader = Reader(ActivityIndex(known), self.encoder, self.lexicon)

    def read(self, listings: Iterable[Listing], progress: Progress | None = None) -> list[Traits]:
        with threadpool_limits(limits=1):
            return self.reader.read(sorted(listings, key=lambda listing: listing.key), progress)

    def space(self, traits: Sequence[Traits]) -> Space:
        # One thread: see `executor.py`.
        with threadpool_limits(limits=1):
            return found_space(traits, self.encoder.version if self.encoder else "")

    def field(self, told: Corpus, vectors: Vectors, *, domains: Sequence[str] | None = None) -> Field:
        """`domains`: those that have a column, in their order; else all that are told."""
        known = sorted({code for listing in told.listings for code in listing.domains}) if domains is None else domains
        return as_field(told.traits, vectors, told.frequencies, activities=self.activities, domains=known)

    def witness(self, told: Corpus, *, exchanging: bool = True) -> Witness:
        across = Across(told, self.lexicon) if self.lexicon else None
        return Witness(told, matches(told, self.lexicon) if exchanging else {}, across)


def find_overlaps(
    listings: Iterable[Listing],
    *,
    activities: Iterable[Activity] = (),
    verdicts: Iterable[Verdict] = (),
    placements: Iterable[Pin | Bar] = (),
    previous: Iterable[PreviousGroup] = (),
    encoder: Choice = "default",
    progress: Progress | None = None,
) -> Overlaps:
    """Pairs, groups and likely twins among the listings, whatever order they come in. Raises ValueError when two have
    one key."""
    engine = Engine(activities, encoder)
    traits = engine.read(listings, progress)
    decided = Decided(tuple(verdicts), tuple(placements), tuple(previous))
    return overlaps(engine, traits, engine.space(traits).vectors(traits), decided=decided, progress=progress)


def overlaps(
    engine: Engine,
    traits: Iterable[Traits],
    vectors: Vectors,
    *,
    decided: Decided | None = None,
    cells: Cells | None = None,
    progress: Progress | None = None,
) -> Overlaps:
    """Of listings that were read, with their vectors in the order of their keys."""
    decided, tell = decided or Decided(), progress or _quietly
    told = corpus(traits)
    verdicts = Verdicts(decided.verdicts)
    with threadpool_limits(limits=1):
        witness = engine.witness(told)
        found = woven(engine.field(told, vectors), cells=cells, verdicts=verdicts, more=witness.matches, progress=tell)
        pairs = shown(witness, found.field, found.pairs, found.scores, verdicts=verdicts, progress=tell)
        decisions = Decisions(verdicts, decided.placements, told.rows)
        circles = grouping.circles(found.graph, list(told.rows), decisions=decisions, previous=decided.previous)
        made = grouping.groups(witness, found.graph, circles, decisions=decisions)
        tell("groups", len(made), len(made))
        likenesses = twins(told.listings, verdicts)
    return _counted(Overlaps(pairs, made, likenesses), found)


def _counted(overlaps: Overlaps, found: Woven) -> Overlaps:
    counts = {
        "listings": len(found.field),
        "candidates": len(found.pairs),
        "pairs": len(overlaps.pairs),
        "ties": len(found.graph.pairs),
        "groups": len(overlaps.groups),
        "grouped": sum(member.role == "main" for group in overlaps.groups for member in group.members),
        "likenesses": len(overlaps.likenesses),
    }
    return replace(overlaps, counts=counts)


@dataclass(frozen=True)
class Woven:
    """Which pairs of rows were compared, how they scored, and the graph of those that overlap."""

    field: Field
    pairs: NDArray
    scores: Scores
    graph: Graph


def woven(
    field: Field,
    *,
    cells: Cells | None = None,
    placed: NDArray | None = None,
    verdicts: Verdicts | None = None,
    more: Iterable[tuple[int, int]] = (),
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Woven:
    """The graph of a field: the heavy part of a run, over arrays alone. `more`: pairs to compare whatever they say;
    `placed`: the cell of every row, where it is known already."""
    tell = progress or _quietly
    doer = executor or (InTurn() if len(field) <= ALONE else Threads())
    if len(field) > SMALL:
        cells = cells or found_cells(field)
        placed = cells_of(field, cells) if placed is None else placed
    known = Verdicts() if verdicts is None else verdicts
    rows = {int(key): row for row, key in enumerate(field.keys)} if known else {}
    said = [(rows[a], rows[b]) for a, b in known.pairs("peers", "complementary") if a in rows and b in rows]
    near = neighbour_pairs(field, cells, placed, executor=doer, progress=tell)
    pairs = candidates(field, near, (*more, *said))
    scored = scores(field, pairs, executor=doer, progress=tell)
    found = ties(field, pairs, scored, verdicts=known)
    return Woven(field, pairs, scored, Graph(len(field), found.pairs, found.weights))


def _quietly(stage: str, done: int, total: int) -> None:
    """Nobody is watching."""
