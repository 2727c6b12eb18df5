"""Words of a text in its language: stop words out, each with its stem.

A text is cut before its accents are folded, because the stemmers need them (Spanish “reparación” and “reparaciones”
share a stem, “reparacion” does not); the stem is folded afterwards, so that careless spelling still meets careful
spelling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import local
from typing import TYPE_CHECKING, Protocol

import snowballstemmer
import stopwordsiso

from initiatives.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = re.compile(r"[^\W\d_]{2,}")
CO = re.compile(r"\bco[-‐‑ ](?=op)")
SHORTEST_STEM = 3
# Words remembered between texts: the vocabulary of a large directory.
MOST_KEPT = 200_000
# A text of 50 kB says no more about what somebody does than its beginning, and would outweigh everybody's idf.
LONGEST_TEXT = 4_000

STEMMERS = {
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}

# Words that the published stop lists miss and that every initiative says of itself, in any language: they tell
# nothing about what it does. Collected by reading the shared words of pairs that had nothing in common.
SAYS_NOTHING = frozenset(
    """
    association associations associazione associazioni associacio associació asociacion asociación verein vereniging vzw
    organisation organisations organization organizations organizzazione organizacion organización organisatie
    initiative initiatives initiatief initiatieven iniciativa iniciativas iniciatives iniziativa iniziative project
    projects projekt projekte projet projets progetto progetti proyecto proyectos projecte projectes project projecten
    foundation stichting stiftung fondazione fundacion fundación fundació fondation community communities local lokaal
    lokale locale locali people mensen persone personas persones menschen personnes various based aims aim provide
    provides providing promote promotes support supports activities activiteiten attivita attività actividades
    activitats activites activités www http https com org net html year years jaar jaren jahr jahre anys años
    anni années begon begonnen qualsevol
    """.split()
)


class Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (the library's name)


@dataclass(frozen=True, slots=True)
class Term:
    """A word as somebody wrote it (lower case) and the stem that it counts as."""

    surface: str
    stem: str


def terms(text: str, language: str) -> Iterator[Term]:
    """The words of a text that say something, in order."""
    base = language.partition("-")[0].lower()
    for word in WORD.findall(joined(text[:LONGEST_TEXT].casefold())):
        stem = stem_of(word, base)
        if stem:
            yield Term(word, stem)


def joined(text: str) -> str:
    """“co-op” and “co-operative” as one word, which they are."""
    return CO.sub("co", text)


@cache
def stop_words(language: str) -> frozenset[str]:
    """The language's own, and always those of English, which turns up in texts of every language."""
    own = stopwordsiso.stopwords(language) if stopwordsiso.has_lang(language) else set()
    listed = own | set(stopwordsiso.stopwords("en")) if language != "en" else own
    return frozenset(fold(word) for word in listed) | frozenset(fold(word) for word in SAYS_NOTHING)


class Stemmers(local):
    """By language, for each thread its own: a stemmer keeps the word that it is at, and of two at once fails or gives
    the one the stem of the other."""

    def __init__(self) -> None:
        self._known: dict[str, Stemmer | None] = {}

    def of(self, language: str) -> Stemmer | None:
        if language not in self._known:
            name = STEMMERS.get(language)
            self._known[language] = snowballstemmer.stemmer(name) if name else None
        return self._known[language]


stemmers = Stemmers()


@lru_cache(maxsize=MOST_KEPT)
def folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=MOST_KEPT)
def stem_of(word: str, language: str) -> str:
    """The folded stem of a lower-case word; empty for a word that says nothing."""
    plain = folded(word)
    if len(plain) < SHORTEST_STEM or plain in stop_words(language):
        return ""
    of_language = stemmers.of(language)
    return (fold(of_language.stemWord(word)) if of_language else plain) or plain
