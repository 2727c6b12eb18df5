"""Pairs and groups to read by hand, from the directory as it is:
./run bench reading [--pairs N] [--groups N] [--seed N]

Pairs are drawn in six parts as equal as can be: within one language and across two, each from the weakest, the middle
and the strongest third of the scores. Groups are the largest, whole. One seed draws the same pairs from the same
directory. It prints Markdown, with the reasons as a reader of the site meets them.
"""

from __future__ import annotations

import argparse
from itertools import batched
from random import Random
from typing import TYPE_CHECKING

from benchmarks.pages import set_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from initiatives.models import Group, Initiative, Membership, Pair
    from initiatives.models.telling import Book, Told

THIRDS = ("weak", "middle", "strong")
# As many reasons as the page of a listing shows.
MOST_REASONS = 3
LONGEST = 300


def main() -> None:
    asked = _arguments()
    set_up()
    from initiatives.models import Group, Pair
    from initiatives.models.telling import Book

    book = Book.whole()
    drawn = draw(Pair.objects.public().select_related("a__city", "b__city").order_by("score", "pk"), asked)
    groups = Group.objects.public().largest_first()[: asked.groups]
    lines = (
        *(line for number, (part, pair) in enumerate(drawn, 1) for line in _pair(number, part, pair, book)),
        *(line for number, group in enumerate(groups, 1) for line in _group(number, group, book)),
    )
    print("\n".join(lines))


def draw(weakest_first: Iterable[Pair], asked: argparse.Namespace) -> list[tuple[str, Pair]]:
    """Pairs with the part that each was drawn from, in the order of the parts."""
    rows = list(weakest_first)
    size = max(1, -(-len(rows) // len(THIRDS)))
    thirds = list(batched(rows, size, strict=False))
    parts = [
        (f"{third}, {language}", [pair for pair in of_third if _is_across(pair) is across])
        for third, of_third in zip(THIRDS, thirds, strict=False)
        for language, across in (("one language", False), ("two languages", True))
    ]
    random = Random(asked.seed)
    return [
        (name, pair)
        for place, (name, pairs) in enumerate(parts)
        for pair in random.sample(pairs, min(len(pairs), _share(asked.pairs, len(parts), place)))
    ]


def _share(total: int, parts: int, place: int) -> int:
    """Of a total in parts that differ by one at most."""
    return total // parts + (place < total % parts)


def _is_across(pair: Pair) -> bool:
    return pair.a.lang != pair.b.lang


def _pair(number: int, part: str, pair: Pair, book: Book) -> Iterator[str]:
    yield f"## Pair {number} ({part}, {pair.kind}, {pair.score:.2f})"
    yield from (_listing(pair.a), _listing(pair.b))
    yield from _reasons(book.pair(pair.reasons, (pair.a.lang, pair.b.lang))[:MOST_REASONS])
    yield ""


def _group(number: int, group: Group, book: Book) -> Iterator[str]:
    from initiatives.models.telling import group_name

    members = list(group.memberships.main().select_related("initiative__city").strongest_first())
    yield f"## Group {number}: {group_name(group.label, group.given_labels, book)} ({len(members)})"
    yield from _reasons(book.group(group.reasons, [member.initiative_id for member in members]))
    yield from (_member(member, book) for member in members)
    yield ""


def _member(member: Membership, book: Book) -> str:
    why = book.member(member.reasons, member.initiative.lang)[:1]
    return f"{_listing(member.initiative)} · {member.strength:.2f} {''.join(told.sentence for told in why)}"


def _listing(listing: Initiative) -> str:
    text = " ".join((listing.mission or listing.description).split())
    return f"- **{listing.name}** ({listing.lang or '?'}, {listing.city or listing.country or '?'}): {text[:LONGEST]}"


def _reasons(told: Sequence[Told]) -> Iterator[str]:
    for each in told:
        yield f"  - {each.sentence} {f'({each.share})' if each.total else f'{each.strength:.2f}'}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="reading", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--groups", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
