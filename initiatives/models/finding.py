"""Peers of one listing, or of what somebody says they do, asked of the database while they wait."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection

from initiatives.models.exchange import Exchange
from initiatives.models.initiative import Initiative
from initiatives.models.overlaps import Activity, OverlapSpace, OverlapTraits
from initiatives.models.telling.asker import ASKER
from initiatives.overlap import values
from initiatives.overlap.engine import Engine
from initiatives.overlap.field import TELLING
from initiatives.overlap.one import Answer, Placed, Row, Stored, answered, nearest, products
from initiatives.overlap.traits import from_data

# Needs and offers that may meet those of the asker: the newest of a kind, in their city or, for what travels, anywhere.
MOST_MET = 60

# All rows of some cells as one: four thousand by themselves take five times as long to hand over.
NEAR_ROWS = """
    SELECT array_agg(initiative_id), string_agg(vector, ''), string_agg(beside, ''), array_agg(language <> %s)
    FROM initiatives_overlapvector
    WHERE space_id = %s AND cell = ANY(%s) AND initiative_id <> %s
"""


@dataclass(frozen=True, slots=True)
class Directory:
    """The space of row `key`, at a revision of it."""

    key: int
    revision: int
    stored: Stored


@dataclass(frozen=True, slots=True)
class FoundPeer:
    """A listing that overlaps with what was asked. Reasons are as those of `Pair`; the asker is their `a`
    (telling/asker.py). `family` is that of the listing's main domain."""

    initiative: Initiative
    family: str
    kind: str
    score: float
    reasons: list[dict[str, Any]]


_lock = Lock()
_held: "Directory | None" = None
_engine: tuple[str, Engine] | None = None


def find_peers(asked: values.Listing, *, most: int = 12) -> list[FoundPeer]:
    """Public listings that overlap with it, strongest first; none before the directory was first computed. Nothing is
    kept of what was asked."""
    directory = current_directory()
    if directory is None:
        return []
    pairs = answer(directory, asked).pairs[:most]
    rows = Initiative.objects.published().with_keys([_other(pair, asked.key) for pair in pairs]).with_family()
    known = {row.pk: row for row in rows}
    return [
        FoundPeer(row, row.family or "", pair.kind, pair.score, [asdict(reason) for reason in pair.reasons])
        for pair in pairs
        if (row := known.get(_other(pair, asked.key)))
    ]


def answer(directory: Directory, asked: values.Listing, verdicts: Sequence[values.Verdict] = ()) -> Answer:
    """The listing against those that stand near it, whose needs it meets or who meet its."""
    traits = directory.stored.engine.read([asked])
    placed = directory.stored.placed(traits)
    judged = (key for each in verdicts for key in (each.a, each.b))
    keys = {*near_keys(directory, placed, asked), *_linked(asked), *judged}
    others = rows_of(directory, keys - {asked.key})
    mine = Row(traits[0], placed.vectors[0])
    return answered(directory.stored, mine, others, verdicts, asking=asked.key == ASKER)


def near_keys(directory: Directory, placed: Placed, asked: values.Listing) -> list[int]:
    language = asked.language.partition("-")[0]
    with connection.cursor() as cursor:
        cursor.execute(NEAR_ROWS, [language, directory.key, directory.stored.cells_around(placed), asked.key])
        keys, vectors, beside, foreign = cursor.fetchone()
    if not keys:
        return []
    alike = products(placed.positions[0], _bytes(vectors, len(keys)), _bytes(beside, len(keys)))
    return [keys[row] for row in nearest(alike, np.array(foreign))]


def rows_of(directory: Directory, keys: Iterable[int]) -> list[Row]:
    """Listings as they were read and placed."""
    found = (
        OverlapTraits.objects.of(keys)
        .filter(initiative__overlap_vectors__space=directory.key)
        .order_by("initiative")
        .values_list("told", "initiative__overlap_vectors__vector")
    )
    return [Row(from_data(told, None, least=TELLING), np.frombuffer(vector, dtype=np.int8)) for told, vector in found]


def current_directory() -> Directory | None:
    """What the pages ask, held in memory until it is computed anew; None before that was done once."""
    global _held  # noqa: PLW0603
    stamp = OverlapSpace.objects.filter(is_current=True).values_list("pk", "revision").first()
    if stamp is None:
        return None
    with _lock:
        if _held is None or (_held.key, _held.revision) != stamp:
            row = OverlapSpace.objects.get(pk=stamp[0])
            stored = Stored(
                engine(), row.space, row.cells, row.known_frequencies, tuple(row.domains), tuple(row.activities)
            )
            _held = Directory(row.pk, row.revision, stored)
        return _held


def engine() -> Engine:
    """With the vocabulary of today; the encoder and the words it knows stay in memory."""
    global _engine  # noqa: PLW0603
    known = activities()
    stamp = repr(known)
    if _engine is None or _engine[0] != stamp:
        _engine = (stamp, Engine(known))
    return _engine[1]


def activities() -> list[values.Activity]:
    return [
        values.Activity(
            code=row.code,
            domain=row.domain.code,
            terms={language: tuple(terms) for language, terms in row.terms.items()},
        )
        for row in Activity.objects.select_related("domain")
    ]


def _linked(asked: values.Listing) -> list[int]:
    """Whom it names as partners, and whose needs and offers may meet its."""
    met = Exchange.objects.that_may_meet(asked, most=MOST_MET) if asked.exchanges else []
    return [*asked.partners, *met]


def _bytes(held: bytes, rows: int) -> np.ndarray[Any, np.dtype[np.int8]]:
    return np.frombuffer(held, dtype=np.int8).reshape(rows, -1)


def _other(pair: values.Pair, key: int) -> int:
    return pair.b if pair.a == key else pair.a
