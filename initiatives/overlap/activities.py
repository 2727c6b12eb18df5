"""Recognising kinds of work in a text by their words in many languages (a term may be several words).

The vocabulary is the caller's. A term is found word by word; its last word may carry an ending, and in Dutch and German
whatever a compound adds ("repaircafé" in "Repaircafés", "Zeitbank" in "Zeitbankverein").
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from initiatives.overlap.language import LONGEST_TEXT, joined
from initiatives.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from initiatives.overlap.values import Activity, Listing

# What a name, a tag or the mission says is the listing's work; a long description also mentions the work of others: of
# twelve pairs read that had one such mention and little else, one was sound. It needs a second reason (reasons.STRONG).
TOLD_FIRST = 1.0
TOLD_LATER = 0.4
# A short term is often a word, or an abbreviation, of another language: it counts in its own language and in English.
SHORTEST_ANYWHERE = 6
# Endings: plural and feminine forms of the seven languages ("-s", "-en", "-er", "-ie", "-nes"), behind a word long
# enough to leave no doubt.
LONGEST_ENDING = 3
SHORTEST_WITH_ENDING = 5
SHORTEST_BEHIND_ANOTHER = 4
SHORTEST_IN_COMPOUND = 7
COMPOUNDING = frozenset({"nl", "de"})


@dataclass(frozen=True, slots=True)
class Found:
    """A kind of work as a listing tells it: the term it was known by, and how surely it is the listing's own work."""

    activity: str
    term: str
    strength: float


@dataclass(frozen=True, slots=True)
class _Entry:
    activity: str
    term: str
    language: str
    words: tuple[str, ...]


class ActivityIndex:
    """Terms of one word by that word, terms of several by their first. `version` changes with any of them."""

    def __init__(self, activities: Iterable[Activity]) -> None:
        self._alone: dict[str, list[_Entry]] = defaultdict(list)
        self._several: dict[str, list[_Entry]] = defaultdict(list)
        known = sorted(activities, key=lambda activity: activity.code)
        self.version = _digest(known)
        for activity in known:
            for language, terms in activity.terms.items():
                for term in terms:
                    parts = tuple(words(joined(fold(term))))
                    if parts:
                        kept = self._several if len(parts) > 1 else self._alone
                        kept[parts[0]].append(_Entry(activity.code, term, language, parts))

    def found(self, listing: Listing) -> tuple[Found, ...]:
        """Each kind of work once, surest first, by a term of its own text rather than a tag, which is often English."""
        best: dict[str, Found] = {}
        for text, strength in _told(listing):
            for activity, term in self._in_text(text, listing.language):
                known = best.get(activity)
                if known is None or strength > known.strength:
                    best[activity] = Found(activity, known.term if known else term, strength)
        return tuple(sorted(best.values(), key=lambda each: (-each.strength, each.activity)))

    def _in_text(self, text: str, language: str) -> Iterator[tuple[str, str]]:
        read = words(joined(fold(text)))
        own = language.partition("-")[0].lower()
        for at, word in enumerate(read):
            for entry in self._starting(word):
                if _speaks(entry, own) and _matches(entry, read, at):
                    yield entry.activity, entry.term

    def _starting(self, word: str) -> Iterator[_Entry]:
        """Those whose first word this is, or whose only word it begins with."""
        yield from self._several.get(word, ())
        yield from self._alone.get(word, ())
        for length in range(SHORTEST_WITH_ENDING, len(word)):
            yield from self._alone.get(word[:length], ())


def _digest(activities: Iterable[Activity]) -> str:
    told = [(each.code, sorted((language, *terms) for language, terms in each.terms.items())) for each in activities]
    return sha256(repr(told).encode()).hexdigest()[:8]


def _told(listing: Listing) -> Iterator[tuple[str, float]]:
    """The listing's texts, own words first, with how surely each tells of its own work."""
    yield ". ".join((listing.name, *listing.nicknames, listing.mission)), TOLD_FIRST
    yield listing.description[:LONGEST_TEXT], TOLD_LATER
    yield ". ".join(exchange.title for exchange in listing.exchanges), TOLD_LATER
    yield ". ".join(listing.tags), TOLD_FIRST


def _speaks(entry: _Entry, language: str) -> bool:
    known = len("".join(entry.words)) >= SHORTEST_ANYWHERE
    return known or not language or entry.language in (language, "en")


def _matches(entry: _Entry, read: Sequence[str], at: int) -> bool:
    *before, last = entry.words
    here = read[at : at + len(entry.words)]
    if len(here) < len(entry.words) or here[:-1] != before:
        return False
    fewest = SHORTEST_BEHIND_ANOTHER if before else SHORTEST_WITH_ENDING
    return here[-1] == last or (len(last) >= fewest and _inflected(last, here[-1], entry.language))


def _inflected(term: str, word: str, language: str) -> bool:
    compound = language in COMPOUNDING and len(term) >= SHORTEST_IN_COMPOUND
    return word.startswith(term) and (compound or len(word) - len(term) <= LONGEST_ENDING)


def shared(a: Sequence[Found], b: Sequence[Found]) -> Mapping[str, tuple[Found, Found]]:
    """What both do, by code."""
    others = {each.activity: each for each in b}
    return {each.activity: (each, others[each.activity]) for each in a if each.activity in others}
