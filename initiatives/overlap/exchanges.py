"""Needs that meet offers: what one listing asks for and another gives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.arrays import largest
from initiatives.overlap.columns import Codes, Rows
from initiatives.overlap.language import terms
from initiatives.overlap.places import NEARBY, NOWHERE, city_of, distances, metres_between, point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from initiatives.overlap.corpus import Corpus
    from initiatives.overlap.lexicon import Lexicon
    from initiatives.overlap.values import Direction, Exchange

# Nobody walks to another city for a room or a drill; knowledge and money travel.
STAYS_PUT = frozenset({"good", "space", "people", "service"})
# Who asks for a gift is not helped by a sale; lending and renting are near each other.
FITS: Mapping[frozenset[str], float] = {
    frozenset({"borrow-lend", "rent-lease"}): 0.7,
    frozenset({"borrow-lend", "receive-donate"}): 0.7,
    frozenset({"rent-lease", "buy-sell"}): 0.5,
}
# Where one of the two leaves it open, it may well fit.
FITS_PERHAPS = 0.8
# Titles below this cosine are about different things of one type ("a cellar", "a field"): read on own sentences.
SAME_THING = 0.4
# What is at hand in one's own city is worth more than the same elsewhere.
AT_HAND = 0.2
MOST_OFFERS = 10
# Needs × offers compared at once: 100 MB for a moment.
AT_ONCE = 1_000_000


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
    for item_type in sorted({each.item_type for listing in corpus.listings for each in listing.exchanges} - {""}):
        for match in _of_type(corpus, item_type, lexicon):
            found[min(match.wants, match.offers), max(match.wants, match.offers)].append(match)
    return {pair: tuple(sorted(each, key=lambda match: -match.strength)) for pair, each in sorted(found.items())}


@dataclass(frozen=True)
class Side:
    """Needs or offers of one type, in the order of their rows in the corpus."""

    exchanges: Sequence[Exchange]
    rows: NDArray[np.int64]
    points: NDArray[np.float64]
    cities: NDArray[np.int64]
    deals: NDArray[np.int64]  # a number per type of transaction

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, part: slice) -> Side:
        columns = (self.rows[part], self.points[part], self.cities[part], self.deals[part])
        return Side(self.exchanges[part], *columns)


def _of_type(corpus: Corpus, item_type: str, lexicon: Lexicon | None) -> Iterator[Match]:
    wants, offers, fits = _sides(corpus, item_type)
    if not len(wants) or not len(offers):
        return
    alike = _comparison(corpus, wants, offers, lexicon)
    step = max(1, AT_ONCE // len(offers))
    for part in (slice(start, start + step) for start in range(0, len(wants), step)):
        strengths = _strengths(alike(part), wants[part], offers, fits=fits, stays_put=item_type in STAYS_PUT)
        own = np.searchsorted(offers.rows, wants.rows[part])
        for need, offer in zip(*largest(strengths, MOST_OFFERS, own), strict=True):
            a, b = int(wants.rows[part][need]), int(offers.rows[offer])
            metres = metres_between(corpus.listings[a], corpus.listings[b])
            strength = round(float(strengths[need, offer]), 4)
            yield Match(a, b, wants.exchanges[part][need], offers.exchanges[offer], strength, metres)


def _sides(corpus: Corpus, item_type: str) -> tuple[Side, Side, NDArray[np.float32]]:
    """Needs, offers, and how well each type of transaction fits each."""
    wants, offers = _listed(corpus, "want", item_type), _listed(corpus, "offer", item_type)
    both = (*wants, *offers)
    cities = Codes()
    for row, _ in both:
        cities.add(city_of(corpus.listings[row]))
    deals = sorted({each.transaction_type for _, each in both})
    everything = Side(
        [each for _, each in both],
        np.array([row for row, _ in both], dtype=np.int64),
        np.array([point(corpus.listings[row]) or NOWHERE for row, _ in both], dtype=np.float64).reshape(-1, 2),
        cities.array(np.int64),
        np.array([deals.index(each.transaction_type) for _, each in both], dtype=np.int64),
    )
    fits = np.array([[_fit(one, other) for other in deals] for one in deals], dtype=np.float32)
    return everything[: len(wants)], everything[len(wants) :], fits


def _listed(corpus: Corpus, direction: Direction, item_type: str) -> list[tuple[int, Exchange]]:
    return [
        (row, each)
        for row, listing in enumerate(corpus.listings)
        for each in listing.exchanges
        if each.direction == direction and each.item_type == item_type
    ]


def _strengths(
    alike: NDArray[np.float32], wants: Side, offers: Side, *, fits: NDArray[np.float32], stays_put: bool
) -> NDArray[np.float32]:
    """Of every need (row) and offer (column), 0 where they do not meet. Nobody meets a need of their own."""
    need, offer = np.nonzero(alike >= SAME_THING)
    here = (wants.cities[need] == offers.cities[offer]) & (wants.cities[need] >= 0)
    suits = fits[wants.deals[need], offers.deals[offer]]
    meets = (wants.rows[need] != offers.rows[offer]) & (suits > 0)
    if stays_put:
        meets &= here | (distances(wants.points[need], offers.points[offer]) <= NEARBY)
    found = np.zeros(alike.shape, dtype=np.float32)
    found[need, offer] = np.where(meets, np.minimum(1, alike[need, offer] * suits + AT_HAND * here), 0)
    return found


def _fit(one: str, other: str) -> float:
    """0–1: how well a need of one type of transaction is met by an offer of another."""
    if one == other:
        return 1.0
    return FITS.get(frozenset({one, other}), 0.0) if one and other else FITS_PERHAPS


def _comparison(
    corpus: Corpus, wants: Side, offers: Side, lexicon: Lexicon | None
) -> Callable[[slice], NDArray[np.float32]]:
    """Compares some needs with every offer: cosines of what is asked and what is given; without a lexicon the share of
    words in common."""
    if lexicon:
        asked, given = (lexicon.vectors([_said(each) for each in side.exchanges]) for side in (wants, offers))
        return lambda part: asked[part] @ given.T
    stems = Rows()
    for side in (wants, offers):
        for row, each in zip(side.rows, side.exchanges, strict=True):
            told = terms(_said(each), corpus.listings[row].language)
            stems.add({term.stem: 1.0 for term in told})
    matrix = stems.matrix()
    needed, offered = matrix[: len(wants)], matrix[len(wants) :]
    counts = np.maximum(np.diff(matrix.indptr), 1).astype(np.float32)

    def shared(part: slice) -> NDArray[np.float32]:
        fewer = np.minimum.outer(counts[: len(wants)][part], counts[len(wants) :])
        return np.asarray((needed[part] @ offered.T).toarray() / fewer, dtype=np.float32)

    return shared


def _said(each: Exchange) -> str:
    return ". ".join((each.title, *each.tags))
