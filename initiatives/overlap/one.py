"""The peers of one listing among a directory that is stored: put it into the space, look into the nearest cells,
compare with the nearest rows, and tell why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.anchoring import HYSTERESIS, LOOSEST, SLACK
from initiatives.overlap.arrays import SCALE, ZERO, unit
from initiatives.overlap.belonging import belonging
from initiatives.overlap.corpus import corpus
from initiatives.overlap.executor import InTurn
from initiatives.overlap.field import DOMAIN, TEXT, WEIGHTS, WORK, field, weighted_domains
from initiatives.overlap.graph import Graph
from initiatives.overlap.groups import MOST_TIES
from initiatives.overlap.pairs import shown as pairs_shown
from initiatives.overlap.pairs import ties
from initiatives.overlap.score import scores
from initiatives.overlap.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.cells import Cells
    from initiatives.overlap.corpus import Corpus
    from initiatives.overlap.engine import Engine
    from initiatives.overlap.field import Field
    from initiatives.overlap.frequencies import Frequencies
    from initiatives.overlap.reasons import Witness
    from initiatives.overlap.space import Space
    from initiatives.overlap.traits import Traits
    from initiatives.overlap.values import Pair, Reason, Vectors, Verdict

# Rows that are compared wholly: beside the nearest of all, some of the nearest in other languages.
NEAREST, ACROSS = 24, 10
# Rows looked at: at a million they are those of some six cells, in a small directory all.
ROWS_SEEN, FEWEST_CELLS = 4_000, 6


@dataclass(frozen=True)
class Stored:
    """A directory's space with everything that one more listing needs to be put into it."""

    engine: Engine
    space: Space
    cells: Cells
    frequencies: Frequencies
    # What has a column in positions: the vocabulary of the day that the space was found.
    domains: tuple[str, ...]
    activities: tuple[str, ...]

    def field(self, told: Corpus, vectors: Vectors) -> Field:
        return field(told.traits, vectors, self.frequencies, activities=self.activities, domains=self.domains)

    def placed(self, traits: Sequence[Traits]) -> Placed:
        """Where listings stand, in the order of their keys."""
        vectors = self.space.vectors(traits)
        width = self.cells.middles.shape[1] - vectors.shape[1]
        beside = np.array([self._beside(each) for each in traits], dtype=np.int8).reshape(len(traits), width)
        return Placed(vectors, beside, self.cells.of(positions(vectors, beside)))

    def _beside(self, traits: Traits) -> Vectors:
        """Its domains and kinds of work, as `Field.dense` has them: a loop is quicker than matrices of one row."""
        parts = (
            (DOMAIN, self.domains, weighted_domains(traits.listing)),
            (WORK, self.activities, {found.activity: found.strength for found in traits.works}),
        )
        row = np.concatenate([_unit_row(columns, told) * np.sqrt(WEIGHTS[name]) for name, columns, told in parts])
        return np.rint(row * SCALE).astype(np.int8)

    def cells_around(self, placed: Placed) -> list[int]:
        """The cells to look into for the first of these listings, nearest first."""
        share = ROWS_SEEN / max(self.frequencies.population, 1)
        count = min(len(self.cells), max(FEWEST_CELLS, round(share * len(self.cells))))
        return [int(cell) for cell in self.cells.nearest(placed.positions[:1], count)[0]]


def _unit_row(columns: Sequence[str], told: Mapping[str, float]) -> NDArray[np.float32]:
    # No vocabulary, one empty column: as `Rows.matrix` has it.
    row = np.array([told.get(name, 0.0) for name in columns or ("",)], dtype=np.float32)
    return row / max(float(np.linalg.norm(row)), ZERO)


@dataclass(frozen=True)
class Placed:
    """Rows of a space: `vectors` n × 256, `beside` n × (domains and kinds of work), both as signed bytes; `cells` n."""

    vectors: Vectors
    beside: Vectors
    cells: NDArray[np.int16]

    @property
    def positions(self) -> NDArray[np.float32]:
        return positions(self.vectors, self.beside)

    def of(self, rows: Sequence[int]) -> Placed:
        return Placed(self.vectors[rows], self.beside[rows], self.cells[rows])


def positions(vectors: Vectors, beside: Vectors) -> NDArray[np.float32]:
    """As `Field.dense` has them."""
    return np.hstack([unit(vectors.astype(np.float32)), beside.astype(np.float32) / SCALE])


def products(asked: NDArray[np.float32], vectors: Vectors, beside: Vectors) -> NDArray[np.float32]:
    """Of one position with those of many rows, without making these: that would take longer than the products."""
    text = vectors.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", text, text))
    width = text.shape[1]
    return text @ asked[:width] / np.maximum(lengths, ZERO) + beside.astype(np.float32) @ asked[width:] / SCALE


def nearest(products: NDArray[np.float32], foreign: NDArray[np.bool_]) -> list[int]:
    """Which rows to compare with: those of the largest products, and of those in other languages (`foreign`), nearest
    first."""
    order = np.argsort(-products, kind="stable")
    order = order[products[order] > 0]
    across = order[foreign[order]][:ACROSS]
    return list(dict.fromkeys([*order[:NEAREST].tolist(), *across.tolist()]))


@dataclass(frozen=True)
class Answer:
    """`pairs` are those worth showing; `graph` holds every tie of the one (row `row` of the witness's corpus)."""

    pairs: tuple[Pair, ...]
    witness: Witness
    graph: Graph
    row: int


@dataclass(frozen=True)
class Row:
    """A listing as it is stored: what was read, and its vector (256 signed bytes)."""

    traits: Traits
    vector: Vectors


def answered(
    stored: Stored, asked: Row, others: Sequence[Row], verdicts: Sequence[Verdict] = (), *, asking: bool = False
) -> Answer:
    """The one against the others. `asking`: somebody asks in a sentence, which is not expected to tell everything."""
    vectors = {row.traits.listing.key: row.vector for row in (asked, *others)}
    told = corpus([row.traits for row in (asked, *others)], stored.frequencies)
    known = Verdicts(verdicts)
    here = told.rows[asked.traits.listing.key]
    field = stored.field(told, np.stack([vectors[key] for key in told.rows]))
    ends = [(min(row, here), max(row, here)) for row in range(len(told)) if row != here]
    pairs = np.array(sorted(ends), dtype=np.int64).reshape(-1, 2)
    scored = scores(field, pairs, executor=InTurn(), told=_told(field, here) if asking else None)
    witness = stored.engine.witness(told, exchanging=bool(asked.traits.listing.exchanges))
    found = ties(field, pairs, scored, verdicts=known)
    shown = pairs_shown(witness, field, pairs, scored, verdicts=known, asking=asking)
    best = tuple(sorted(shown, key=lambda pair: (-pair.score, pair.a, pair.b)))
    return Answer(best, witness, Graph(len(told), found.pairs, found.weights), here)


def _told(field: Field, row: int) -> list[str]:
    """The aspects that this row tells of."""
    return [TEXT, *(name for name, matrix in field.aspects.items() if matrix.indptr[row + 1] > matrix.indptr[row])]


@dataclass(frozen=True)
class Home:
    """A group that one listing belongs to: how well it fits, and what it shares with members of it (`belonging.py`)."""

    group: int
    strength: float
    reasons: tuple[Reason, ...]


def home(answer: Answer, members: Mapping[int, int], *, now: int | None, full: Collection[int]) -> Home | None:
    """The group that draws the one most. `members`: the group of every other listing (by key) that has one; `now`: the
    group it is in, which it leaves only where another draws it much more strongly; `full`: groups it may not join."""
    listings = answer.witness.corpus.listings
    homes = {row: members[listing.key] for row, listing in enumerate(listings) if listing.key in members}
    votes = answer.graph.votes(answer.row, homes)
    if now is not None and now in votes:
        votes[now] *= HYSTERESIS
    for group, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        found = _among(answer, group, {row for row, at in homes.items() if at == group})
        least = LOOSEST * SLACK if group == now else LOOSEST
        if found.reasons and found.strength >= least and (group == now or group not in full):
            return found
    return None


def _among(answer: Answer, group: int, inside: Collection[int]) -> Home:
    tied = sorted(zip(*answer.graph.ties(answer.row), strict=True), key=lambda tie: (-tie[1], tie[0]))
    others = [row for row, _ in tied if row in inside][:MOST_TIES]
    shared = ((row, answer.witness.reasons(min(row, answer.row), max(row, answer.row))) for row in others)
    reasons = belonging(answer.witness, answer.row, [each for each in shared if each[1]])
    return Home(group, min(1.0, round(answer.graph.strength(answer.row, inside), 4)), reasons)
