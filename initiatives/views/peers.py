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
from initiatives.views.pictures import GroupShown

MOST_PEERS = 6
# Of these so many are kept for other languages: texts of one language are the more alike, and would fill the list.
KEPT_FOR_OTHERS = 2
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Peer:
    """As `components/peer.html` wants it."""

    initiative: Initiative
    badge: Badge
    place: str
    reasons: list[Told]
    group: GroupShown | None = None
    speaks_another: bool = False  # language than whom it is a peer of


@dataclass(slots=True)
class Circle:
    """Strongest first. The first of them are shown with their reasons, the rest by name."""

    found: list[Peer] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def shown(self) -> list[Peer]:
        first, later = self.found[: MOST_PEERS - KEPT_FOR_OTHERS], self.found[MOST_PEERS - KEPT_FOR_OTHERS :]
        last = sorted(later, key=lambda peer: not peer.speaks_another)
        return first + last[:KEPT_FOR_OTHERS]

    @property
    def rest(self) -> list[Initiative]:
        shown = {peer.initiative.pk for peer in self.shown}
        return [peer.initiative for peer in self.found if peer.initiative.pk not in shown]


@dataclass(slots=True)
class Peers:
    close: Circle = field(default_factory=Circle)
    elsewhere: Circle = field(default_factory=Circle)
    completing: Circle = field(default_factory=Circle)

    def __len__(self) -> int:
        return len(self.close) + len(self.elsewhere) + len(self.completing)

    def add(self, peer: Peer, *, kind: str, here: int | None) -> None:
        """`here` is the key of the city from which is looked. Nobody is a peer without a reason: whose reasons cannot
        be told any more is left out."""
        if not peer.reasons:
            return
        is_here = here is not None and peer.initiative.city_id == here
        if kind == PairKind.COMPLEMENTARY:
            self.completing.found.append(peer)
        else:
            (self.close if is_here else self.elsewhere).found.append(peer)


def peers(listing: Initiative) -> Peers:
    pairs = list(Pair.objects.public().of(listing).with_families().strongest_first())
    book = Book.of(reason for pair in pairs for reason in pair.reasons)
    found = Peers()
    for pair in pairs:
        reasons = book.pair(pair.reasons, (pair.a.lang, pair.b.lang))[:MOST_REASONS]
        found.add(_peer(pair, listing, reasons), kind=pair.kind, here=listing.city_id)
    return found


def _peer(pair: Pair, listing: Initiative, reasons: list[Told]) -> Peer:
    other = pair.other(listing)
    mine, theirs = pair.family_a or "", pair.family_b or ""
    if pair.a_id != listing.pk:
        mine, theirs = theirs, mine
    badge = pair_badge(mine, theirs, pair.score)
    return Peer(
        other, badge, place_beside(listing, other), reasons, speaks_another=speaks_another(other, than=listing.lang)
    )


def place_beside(listing: Initiative, other: Initiative) -> str:
    """“Ghent, 700 m away”; “Bologna, in Italian” where the language is another."""
    return ", ".join(_parts_of_place(listing, other))


def _parts_of_place(listing: Initiative, other: Initiative) -> Iterator[str]:
    yield from town(other)
    if other.city_id == listing.city_id and listing.is_located and other.is_located:
        yield _("%(distance)s away") % {"distance": distance(metres_between(listing, other) or 0)}
    yield from other_language(other, than=listing.lang)


def town(other: Initiative) -> Iterator[str]:
    if other.city or other.country:
        yield str(other.city or country_name(other.country))


def other_language(other: Initiative, *, than: str) -> Iterator[str]:
    if speaks_another(other, than=than):
        yield _("in %(language)s") % {"language": language_name(other.lang)}


def speaks_another(other: Initiative, *, than: str) -> bool:
    return bool(other.lang and than) and other.lang != than
