"""Who else is doing this, in three lists: in this city, elsewhere and in other languages, and what completes it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from initiatives.drawing.badge import Badge, pair_badge
from initiatives.models import Initiative, Pair
from initiatives.models.overlaps import PairKind
from initiatives.models.telling import Book, Told, distance
from initiatives.overlap.places import metres_between
from initiatives.places import country_name, language_name

MOST_PEERS = 6
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Peer:
    """As `components/peer.html` wants it."""

    initiative: Initiative
    badge: Badge
    place: str
    reasons: list[Told]


@dataclass(slots=True)
class Circle:
    """The strongest with their reasons, the rest by name."""

    shown: list[Peer] = field(default_factory=list)
    rest: list[Initiative] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.shown) + len(self.rest)


@dataclass(slots=True)
class Peers:
    close: Circle = field(default_factory=Circle)
    elsewhere: Circle = field(default_factory=Circle)
    completing: Circle = field(default_factory=Circle)

    def __bool__(self) -> bool:
        return bool(self.close or self.elsewhere or self.completing)


def peers(listing: Initiative) -> Peers:
    pairs = list(Pair.objects.public().of(listing).with_families().strongest_first())
    book = Book.of(reason for pair in pairs for reason in pair.reasons)
    found = Peers()
    for pair in pairs:
        circle = _circle_for(found, pair, listing)
        if len(circle.shown) < MOST_PEERS and (reasons := book.pair(pair.reasons)[:MOST_REASONS]):
            circle.shown.append(_peer(pair, listing, reasons))
        else:
            circle.rest.append(pair.other(listing))
    return found


def _circle_for(found: Peers, pair: Pair, listing: Initiative) -> Circle:
    if pair.kind == PairKind.COMPLEMENTARY:
        return found.completing
    if listing.city_id and pair.other(listing).city_id == listing.city_id:
        return found.close
    return found.elsewhere


def _peer(pair: Pair, listing: Initiative, reasons: list[Told]) -> Peer:
    other = pair.other(listing)
    mine, theirs = pair.family_a or "", pair.family_b or ""
    if pair.a_id != listing.pk:
        mine, theirs = theirs, mine
    return Peer(other, pair_badge(mine, theirs, pair.score), _place(listing, other), reasons)


def _place(listing: Initiative, other: Initiative) -> str:
    """“Ghent, 700 m away”; “Bologna, in Italian” where the language is another."""
    return ", ".join(_parts_of_place(listing, other))


def _parts_of_place(listing: Initiative, other: Initiative) -> Iterator[str]:
    if other.city or other.country:
        yield str(other.city or country_name(other.country))
    if other.city_id == listing.city_id and listing.is_located and other.is_located:
        yield _("%(distance)s away") % {"distance": distance(metres_between(listing, other) or 0)}
    if other.lang and listing.lang and other.lang != listing.lang:
        yield _("in %(language)s") % {"language": language_name(other.lang)}
