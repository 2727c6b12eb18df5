"""Which listings may be the one on the desk, and who else does what it does."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from initiatives.drawing.badge import pair_badge
from initiatives.models import DuplicatePair, Initiative, Verdict
from initiatives.models.finding import find_peers
from initiatives.models.telling import Book, Told
from initiatives.models.telling.twins import why_the_same
from initiatives.models.twins import likely_twins
from initiatives.overlap.twins import identity
from initiatives.tasks.reading import listing as as_read
from initiatives.views.peers import MOST_REASONS, Peer, Peers, peers, place_beside, speaks_another

MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class Twin:
    initiative: Initiative
    percent: int
    reasons: list[Told]


def twins(listing: Initiative) -> list[Twin]:
    """Likeliest first. What is published was compared when all was computed; what waits is compared now."""
    if listing.is_published:
        pairs = DuplicatePair.objects.of(listing).likeliest_first()
        found = [(pair.other_key(listing), pair.probability, pair.reasons) for pair in pairs]
    else:
        judged = Verdict.objects.judged_beside(listing.pk)
        alike = likely_twins(identity(as_read(listing)), besides=listing.pk)
        found = [
            (each.b, each.probability, [asdict(reason) for reason in each.reasons])
            for each in alike
            if each.b not in judged
        ]
    return _shown(found)


def _shown(found: Iterable[tuple[int, float, list[dict[str, Any]]]]) -> list[Twin]:
    rows = list(found)
    listings = Initiative.objects.with_keys(key for key, *_ in rows).select_related("city").in_bulk()
    return [
        Twin(listings[key], round(100 * probability), why_the_same(reasons))
        for key, probability, reasons in rows
        if key in listings
    ]


def peers_of(listing: Initiative) -> Peers:
    """As its page will show them; of what is not public yet they are looked for now."""
    if listing.is_published:
        return peers(listing)
    found = find_peers(as_read(listing), most=MOST_FOUND)
    book = Book.of(reason for each in found for reason in each.reasons)
    shown = Peers()
    for each in found:
        languages = [listing.lang, each.initiative.lang]
        in_order = languages if listing.pk < each.initiative.pk else languages[::-1]
        peer = Peer(
            each.initiative,
            pair_badge(_family(listing), each.family, each.score),
            place_beside(listing, each.initiative),
            book.pair(each.reasons, (in_order[0], in_order[1]))[:MOST_REASONS],
            speaks_another=speaks_another(each.initiative, than=listing.lang),
        )
        shown.add(peer, kind=each.kind, here=listing.city_id)
    return shown


def _family(listing: Initiative) -> str:
    return listing.own_domains[0].family if listing.own_domains else ""
