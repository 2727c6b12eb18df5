"""What people decided about pairs. It wins over every number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import ItemsView, Iterable, Iterator, Mapping

    from initiatives.overlap.values import Verdict, VerdictKind


class Verdicts:
    """By pair of keys; of two verdicts on one pair the later in the list holds."""

    def __init__(self, verdicts: Iterable[Verdict] = ()) -> None:
        self._kinds: Mapping[tuple[int, int], VerdictKind] = {
            (min(each.a, each.b), max(each.a, each.b)): each.verdict for each in verdicts if each.a != each.b
        }

    def __bool__(self) -> bool:
        return bool(self._kinds)

    def items(self) -> ItemsView[tuple[int, int], VerdictKind]:
        return self._kinds.items()

    def of(self, a: int, b: int) -> VerdictKind | None:
        return self._kinds.get((min(a, b), max(a, b)))

    def pairs(self, *kinds: VerdictKind) -> Iterator[tuple[int, int]]:
        return (pair for pair, kind in sorted(self._kinds.items()) if kind in kinds)
