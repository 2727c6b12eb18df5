"""What is read out of one listing, once: it changes only when the listing does, so it can be stored.

Everything after this step compares traits, never texts again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from initiatives.overlap.activities import ActivityIndex, Found
from initiatives.overlap.arrays import as_bytes, unit
from initiatives.overlap.language import folded, terms
from initiatives.overlap.values import Exchange, Listing
from initiatives.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.encoder import Encoder
    from initiatives.overlap.lexicon import Lexicon
    from initiatives.overlap.values import Progress

# Raised whenever the same listing would be read otherwise: stored traits of another reading are read again.
READING = "3"
# Texts handed to the encoder at once: often enough to show progress.
BATCH = 256
# Cosines between which a word goes from beside the point to the point itself. Read on own listings in five languages:
# above .12 nearly all shared words were about the work (“hackerspace”, “panels”), under .06 nearly none (“started”).
SALIENT_RANGE = (0.02, 0.2)
# Where no encoder can tell what is to the point, a word counts in part: shared words are weaker reasons altogether.
UNKNOWN_SALIENCE = 0.7
# Words of a long text that are weighed: what comes later is seldom what somebody does.
MOST_WEIGHED = 100


class Word(NamedTuple):
    """A stem in one listing: how often, as it is written there, and how much it is what the text is about (0–1)."""

    times: int
    surface: str
    salience: float


@dataclass(frozen=True, slots=True)
class Traits:
    """`listing` without its long texts: what they say is in `words` (by stem), `works`, and `meaning`, the sentence
    vector as 512 signed bytes (None without an encoder)."""

    listing: Listing
    words: Mapping[str, Word]
    works: tuple[Found, ...]
    meaning: NDArray[np.int8] | None

    @property
    def language(self) -> str:
        return base(self.listing.language)


class Reader:
    """Reads listings. Without an encoder there are no meanings, and no word is known to be more to the point."""

    def __init__(self, index: ActivityIndex, encoder: Encoder | None, lexicon: Lexicon | None) -> None:
        self._index = index
        self._encoder = encoder
        self._lexicon = lexicon

    @property
    def version(self) -> str:
        """Traits compare only when they were read by one version, with one vocabulary."""
        return f"{READING}-{self._encoder.version if self._encoder else 'words'}-{self._index.version}"

    def read(self, listings: Sequence[Listing], progress: Progress | None = None) -> list[Traits]:
        """In their order. Each distinct text is encoded once."""
        read: list[Traits] = []
        known: dict[str, NDArray[np.float32]] = {}
        for start in range(0, len(listings), BATCH):
            read.extend(self._batch(listings[start : start + BATCH], known))
            if progress:
                progress("read", len(read), len(listings))
        return read

    def _batch(self, listings: Sequence[Listing], known: dict[str, NDArray[np.float32]]) -> list[Traits]:
        counted = [_counted(listing) for listing in listings]
        works = [self._index.found(listing) for listing in listings]
        if self._encoder is None or self._lexicon is None:
            return [
                Traits(_short(listing), _words(*told, None), work, None)
                for listing, told, work in zip(listings, counted, works, strict=True)
            ]
        texts = [text_of(listing) for listing in listings]
        unknown = sorted({text for text in texts if text not in known})
        if unknown:
            known.update(zip(unknown, unit(self._encoder.encode(unknown)), strict=True))
        self._lexicon.learn(surface for told in counted for surface in _weighed(told[1]))
        rows = [known[text] for text in texts]
        return [
            Traits(
                _short(listing), _words(*told, _saliences(self._lexicon, told[1], row)), work, as_bytes(row[None])[0]
            )
            for listing, told, work, row in zip(listings, counted, works, rows, strict=True)
        ]


def text_of(listing: Listing) -> str:
    """Everything a listing says of what it does, nothing of it twice; the name first, because long texts are cut."""
    return ". ".join((own_text(listing), *listing.tags))


def own_text(listing: Listing) -> str:
    """Without the tags: those are compared as such, and the effective tag is often English where the text is not."""
    said = [listing.name, *listing.nicknames]
    if fold(listing.mission) not in fold(listing.description):
        said.append(listing.mission)
    said.append(listing.description)
    said.extend(exchange.title for exchange in listing.exchanges)
    return ". ".join(part.strip() for part in said if part.strip())


def base(language: str) -> str:
    """“pt” of “pt-BR”."""
    return language.partition("-")[0].lower()


def as_data(traits: Traits) -> dict[str, Any]:
    """JSON-able; the meaning is apart."""
    told = {name: value for name, value in asdict(traits.listing).items() if value not in ((), "", None)}
    return {
        "listing": told,
        "words": {stem: list(word) for stem, word in traits.words.items()},
        "works": [[found.activity, found.term, found.strength] for found in traits.works],
    }


def from_data(told: Mapping[str, Any], meaning: bytes | None, *, least: float = 0.0) -> Traits:
    """`least`: the salience that words have at least; without the others nothing can be placed, but all be told."""
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told["listing"].items()
    }
    fields["exchanges"] = tuple(
        Exchange(**{**each, "tags": tuple(each["tags"])}) for each in told["listing"].get("exchanges", ())
    )
    return Traits(
        listing=Listing(**fields),
        words={stem: Word(*word) for stem, word in told["words"].items() if word[2] >= least},
        works=tuple(Found(*found) for found in told["works"]),
        meaning=None if meaning is None else np.frombuffer(meaning, dtype=np.int8),
    )


def _short(listing: Listing) -> Listing:
    return replace(listing, mission="", description="")


def _counted(listing: Listing) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """Stems in the order they come, how often and as first written. The name of its own city is taken out: that both
    are in Ghent is a reason of its own, and must not count again as a shared word."""
    place = set(words(listing.city_name))
    counts: Counter[str] = Counter()
    surfaces: dict[str, str] = {}
    for term in terms(own_text(listing), listing.language):
        if folded(term.surface) not in place:
            counts[term.stem] += 1
            surfaces.setdefault(term.stem, term.surface)
    return counts, surfaces


def _saliences(lexicon: Lexicon, surfaces: Mapping[str, str], text: NDArray[np.float32]) -> Mapping[str, float]:
    stems = list(surfaces)[:MOST_WEIGHED]
    low, high = SALIENT_RANGE
    cosines = lexicon.vectors([surfaces[stem] for stem in stems]) @ text if stems else np.zeros(0, dtype=np.float32)
    return dict(zip(stems, np.clip((cosines - low) / (high - low), 0, 1).round(3).tolist(), strict=True))


def _weighed(surfaces: Mapping[str, str]) -> Iterable[str]:
    return list(surfaces.values())[:MOST_WEIGHED]


def _words(
    counts: Mapping[str, int], surfaces: Mapping[str, str], saliences: Mapping[str, float] | None
) -> Mapping[str, Word]:
    weigh = (lambda stem: saliences.get(stem, 0.0)) if saliences is not None else (lambda _: UNKNOWN_SALIENCE)
    return {stem: Word(count, surfaces[stem], weigh(stem)) for stem, count in counts.items()}
