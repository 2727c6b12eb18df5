"""How rare a word is among the names of the directory."""

from collections.abc import Iterable
from math import log
from threading import Lock
from time import monotonic

from django.db import connection

from initiatives.models.initiative import Initiative
from initiatives.overlap.duplicates import MANY, PRIOR

# `identifying.NAME_WORDS`, written out.
SQL_NAME_WORDS = "regexp_split_to_array(replace(sort_key, '.', ''), '[^[:alnum:]]+')"

# Common words are counted on so many rows, and again after so many seconds: they change slowly.
SAMPLED = 50_000
KEPT = 3_600.0
# Seen less often in the sample a word is not known to be common, and is counted by the index.
LEAST_SEEN = 5
MOST_REMEMBERED = 50_000


class NameRarity:
    """How many names have a word: of common words from a sample, of others by the index and remembered."""

    def __init__(self) -> None:
        self.read_at = monotonic()
        self.total = Initiative.objects.count()
        share = min(1.0, SAMPLED / max(self.total, 1))
        self._counts = {word: int(seen / share) for word, seen in _sampled(share) if seen / share > MANY}

    def learn(self, words: Iterable[str]) -> None:
        """Count those not yet known, all in one query."""
        new = sorted({word for word in words if word not in self._counts})
        if not new:
            return
        if len(self._counts) + len(new) > MOST_REMEMBERED:
            self._counts = {word: seen for word, seen in self._counts.items() if seen > MANY}
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT word, (SELECT count(*) FROM {Initiative._meta.db_table}
                                  WHERE {SQL_NAME_WORDS} @> ARRAY[word])
                    FROM unnest(%s::text[]) AS word""",  # noqa: S608
                [new],
            )
            self._counts |= dict(cursor.fetchall())

    def count(self, word: str) -> int:
        return self._counts.get(word, 0)

    def rarity(self, word: str) -> float:
        """As `DuplicateIndex.rarity`: 1 for a word of no name, towards 0 for one of all."""
        population = self.total + PRIOR
        return max(0.0, log(population / (self.count(word) + 1)) / log(population))


def _sampled(share: float) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT word, count(*)
                FROM {Initiative._meta.db_table} TABLESAMPLE SYSTEM (%s) REPEATABLE (0),
                     unnest({SQL_NAME_WORDS}) AS word
                GROUP BY word HAVING count(*) >= %s""",  # noqa: S608
            [100 * share, LEAST_SEEN],
        )
        return cursor.fetchall()


_lock = Lock()
_held: NameRarity | None = None


def name_rarity() -> NameRarity:
    """Held in memory: some thousand words."""
    global _held  # noqa: PLW0603
    with _lock:
        if _held is None or monotonic() - _held.read_at > KEPT:
            _held = NameRarity()
        return _held
