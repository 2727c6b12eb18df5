"""Needs that meet offers: what one listing asks for and another gives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.language import terms
from initiatives.overlap.places import NEARBY, metres_between, same_city

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.corpus import Corpus
    from initiatives.overlap.lexicon import Lexicon
    from initiatives.overlap.values import Direction, Exchange, Listing

# Nobody walks to another city for a room or a drill; knowledge and money travel.
STAYS_PUT = frozenset({"good", "space", "people", "service"})
# Who asks for a gift is not helped by a sale; lending and renting are near each other.
FITS: Mapping[frozenset[str], float] = {
    frozenset({"borrow-lend", "rent-lease"}): 0.7,
    frozenset({"borrow-lend", "receive-donate"}): 0.7,
    frozenset({"rent-lease", "buy-sell"}): 0.5,
}
# Titles below this cosine are about different things of one type ("a cellar", "a field"): read on own sentences.
SAME_THING = 0.4
MOST_OFFERS = 10


@dataclass(frozen=True, slots=True)
class Match:
    """Row `wants` needs what row `offers` gives."""

    wants: int
    offers: int
    need: Exchange
    offer: Exchange
    strength: float
    metres: float | None


def matches(corpus: Corpus, lexicon: Lexicon | None) -> dict[tuple[int, int], tuple[Match, ...]]:
    """By pair of rows (a < b), best first. Each need keeps its best MOST_OFFERS."""
    found: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for item_type in sorted({each.item_type for listing in corpus.listings for each in listing.exchanges}):
        for match in _of_type(corpus, item_type, lexicon):
            found[min(match.wants, match.offers), max(match.wants, match.offers)].append(match)
    return {pair: tuple(sorted(each, key=lambda match: -match.strength)) for pair, each in sorted(found.items())}


def _of_type(corpus: Corpus, item_type: str, lexicon: Lexicon | None) -> Iterator[Match]:
    wants, offers = _listed(corpus, "want", item_type), _listed(corpus, "offer", item_type)
    if not item_type or not wants or not offers:
        return
    alike = _alike(corpus, wants, offers, lexicon)
    for place, (row, need) in enumerate(wants):
        met = (_match(corpus, row, need, *offers[other], float(alike[place, other])) for other in range(len(offers)))
        yield from sorted((match for match in met if match), key=lambda match: -match.strength)[:MOST_OFFERS]


def _listed(corpus: Corpus, direction: Direction, item_type: str) -> list[tuple[int, Exchange]]:
    return [
        (row, each)
        for row, listing in enumerate(corpus.listings)
        for each in listing.exchanges
        if each.direction == direction and each.item_type == item_type
    ]


def _match(corpus: Corpus, wants: int, need: Exchange, offers: int, offer: Exchange, alike: float) -> Match | None:
    a, b = corpus.listings[wants], corpus.listings[offers]
    metres = metres_between(a, b)
    if wants == offers or alike < SAME_THING or not _within_reach(a, b, metres, need.item_type):
        return None
    fits = 1.0 if need.transaction_type == offer.transaction_type else _fit(need, offer)
    strength = min(1.0, alike * fits + (0.2 if same_city(a, b) else 0.0))
    return Match(wants, offers, need, offer, strength, metres) if fits else None


def _fit(need: Exchange, offer: Exchange) -> float:
    if not need.transaction_type or not offer.transaction_type:
        return 0.8
    return FITS.get(frozenset({need.transaction_type, offer.transaction_type}), 0.0)


def _within_reach(a: Listing, b: Listing, metres: float | None, item_type: str) -> bool:
    near = same_city(a, b) or (metres is not None and metres <= NEARBY)
    return near or item_type not in STAYS_PUT


def _alike(
    corpus: Corpus,
    wants: Sequence[tuple[int, Exchange]],
    offers: Sequence[tuple[int, Exchange]],
    lexicon: Lexicon | None,
) -> NDArray[np.float32]:
    """Cosines of what is asked and what is given; without a lexicon the share of words in common."""
    if lexicon:
        asked = lexicon.vectors([_said(each) for _, each in wants])
        given = lexicon.vectors([_said(each) for _, each in offers])
        return np.asarray(asked @ given.T, dtype=np.float32)
    asked_stems = [_stems(corpus.listings[row], each) for row, each in wants]
    given_stems = [_stems(corpus.listings[row], each) for row, each in offers]
    return np.array([[_share(a, b) for b in given_stems] for a in asked_stems], dtype=np.float32)


def _said(each: Exchange) -> str:
    return ". ".join((each.title, *each.tags))


def _stems(listing: Listing, each: Exchange) -> frozenset[str]:
    return frozenset(term.stem for term in terms(_said(each), listing.language))


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
