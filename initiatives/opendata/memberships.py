"""Groups as a table: one row for each membership, with the reasons in the reader's language."""

from collections.abc import Iterator
from html import unescape

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from initiatives.models.overlaps import MembershipQuerySet
from initiatives.models.telling import Book, group_name
from initiatives.opendata.columns import Column, Type
from initiatives.opendata.expressions import JOINED

GROUPS: tuple[Column, ...] = (
    Column(name="group", type=Type.STRING, meaning=_("The identity of the group.")),
    Column(name="group_url", type=Type.STRING, meaning=_("Its page in this directory.")),
    Column(name="label", type=Type.STRING, meaning=_("What the group is called, in the language of the file.")),
    Column(name="formed_at", type=Type.DATE, meaning=_("When the group was first found."), standard="ISO 8601"),
    Column(name="public_id", type=Type.STRING, meaning=_("The identity of the member.")),
    Column(name="name", type=Type.STRING, meaning=_("The name of the member.")),
    Column(name="city", type=Type.STRING, meaning=_("The city of the member.")),
    Column(name="country", type=Type.STRING, meaning=_("The country of the member."), standard="ISO 3166-1 alpha-2"),
    Column(name="language", type=Type.STRING, meaning=_("The language of its text."), standard="BCP 47"),
    Column(name="role", type=Type.STRING, meaning=_("main in its own group; also where it belongs to a further one.")),
    Column(name="strength", type=Type.NUMBER, meaning=_("How well it fits the group."), unit=_("0 to 1"), standard=""),
    Column(name="reasons", type=Type.LIST, meaning=_("Why it is in the group, in the language of the file.")),
)


def rows(memberships: MembershipQuerySet) -> Iterator[tuple[object, ...]]:
    """In the order of the queryset, in a fixed number of queries."""
    book = Book.whole()
    for row in memberships.select_related("group", "initiative__city").iterator(chunk_size=1000):
        group, listing = row.group, row.initiative
        yield (
            group.public_id,
            f"{settings.BASE_URL}/groups/{group.public_id}/",
            group_name(group.label, group.given_labels, book),
            group.formed_at.date().isoformat(),
            listing.public_id,
            listing.name,
            listing.city.slug if listing.city else "",
            listing.country,
            listing.language,
            row.role,
            round(row.strength, 4),
            # Sentences are HTML, escaped; without marks there is nothing in them but that.
            JOINED.join(unescape(reason.sentence) for reason in book.member(row.reasons)),
        )
