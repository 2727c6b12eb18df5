"""What a run did to the groups, told by what was and what is: events of groups, and moves of listings."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from initiatives.models import Group, GroupEvent, GroupMove, OverlapRun
from initiatives.models.overlaps import EventKind

Members = Mapping[int, frozenset[int]]  # by group, keys of its main members
Event = tuple[int, str, int | None, int]  # group, kind, the other group, how many listings
# A new group that has at least this part of its members from one other was split from it.
MOSTLY = 0.5


@dataclass(frozen=True)
class Change:
    """`was` has every group that stood, with those of its members who were hidden since; `asleep` are those that had
    dissolved; `moved` says of groups that are no more where they lead, None for those that dissolve now."""

    was: Members
    now: Members
    asleep: frozenset[int]
    moved: Mapping[int, int | None]

    def events(self) -> Iterator[Event]:
        yield from self._born()
        yield from self._gone()
        for group in self.now.keys() & self.was.keys():
            yield from self._went_on(group)

    def _born(self) -> Iterator[Event]:
        for group in sorted(self.now.keys() - self.was.keys()):
            members = self.now[group]
            if parent := self._parents.get(group):
                yield group, EventKind.SPLIT_FROM, parent, len(members)
                yield parent, EventKind.SPLIT_INTO, group, len(members & self.was[parent])
            else:
                yield group, EventKind.FORMED, None, len(members)

    @cached_property
    def _parents(self) -> dict[int, int]:
        """Of a new group the one that still stands and that most of its members come from."""
        home = {member: group for group, members in self.was.items() for member in sorted(members)}
        parents = {}
        for group in self.now.keys() - self.was.keys():
            came = Counter(home[member] for member in self.now[group] if member in home)
            for parent, number in came.most_common(1):
                if parent in self.now and parent not in self.asleep and number >= MOSTLY * len(self.now[group]):
                    parents[group] = parent
        return parents

    def _gone(self) -> Iterator[Event]:
        for group, other in sorted(self.moved.items()):
            if other:
                yield group, EventKind.MERGED_INTO, other, 0
                yield other, EventKind.TOOK_OVER, group, len(self.was[group] & self.now[other])
            elif group not in self.asleep:
                yield group, EventKind.DISSOLVED, None, 0

    def _went_on(self, group: int) -> Iterator[Event]:
        was, now = self.was[group], self.now[group]
        if group in self.asleep:
            yield group, EventKind.RETURNED, None, len(now)
            return
        if joined := now - was - self._taken_over[group]:
            yield group, EventKind.GREW, None, len(joined)
        if left := was - now - self._split_off[group]:
            yield group, EventKind.SHRANK, None, len(left)

    @cached_property
    def _taken_over(self) -> dict[int, set[int]]:
        """By group: those who came with a group that it took over."""
        came: dict[int, set[int]] = defaultdict(set)
        for gone, other in self.moved.items():
            if other:
                came[other] |= self.was[gone]
        return came

    @cached_property
    def _split_off(self) -> dict[int, set[int]]:
        """By group: those who are in a new one that was split from it."""
        went: dict[int, set[int]] = defaultdict(set)
        for child, parent in self._parents.items():
            went[parent] |= self.now[child]
        return went


def tell(change: Change, run: OverlapRun) -> None:
    events = list(change.events())
    names = dict(Group.objects.with_keys({other for _, _, other, _ in events if other}).values_list("pk", "public_id"))
    GroupEvent.objects.bulk_create(
        (
            GroupEvent(group_id=group, kind=kind, run=run, evidence=_evidence(names.get(other), count))
            for group, kind, other, count in events
        ),
        batch_size=2000,
    )


def _evidence(group: str | None, count: int) -> dict[str, Any]:
    return ({"group": group} if group else {}) | ({"count": count} if count else {})


def list_moves(was: Mapping[int, int], now: Mapping[int, int], run: OverlapRun) -> dict[str, int]:
    """Of each listing whose main group is another one now: how many moved, joined and left. The first run of all
    moves nobody."""
    if not was:
        return {"moved": 0, "joined": 0, "left": 0}
    moves = [
        GroupMove(run=run, initiative_id=key, left_id=was.get(key), joined_id=now.get(key))
        for key in sorted(was.keys() | now.keys())
        if was.get(key) != now.get(key)
    ]
    GroupMove.objects.bulk_create(moves, batch_size=2000)
    joined, left = sum(not move.left_id for move in moves), sum(not move.joined_id for move in moves)
    return {"moved": len(moves) - joined - left, "joined": joined, "left": left}
