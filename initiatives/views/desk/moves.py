"""What the last computation moved from group to group: officers read it, nothing is to be decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives.models import Group, GroupMove, Initiative, OverlapRun
from initiatives.models.desk import Desk
from initiatives.views.bounds import for_curators
from initiatives.views.pictures import GroupShown, shown

MOST = 200


@dataclass(frozen=True, slots=True)
class MoveShown:
    """From one group to another; none where it had or has none, or where that group is no more."""

    initiative: Initiative
    left: GroupShown | None
    joined: GroupShown | None
    is_new: bool
    is_alone: bool


@for_curators
@require_safe
def moves(request: HttpRequest) -> HttpResponse:
    run = OverlapRun.objects.last_finished()
    found = run.moves.of_initiatives(Desk(request.user).listings).with_names()[:MOST] if run else ()
    return render(request, "desk/moves.html", {"run": run, "moves": with_groups(found), "most": MOST})


def with_groups(moves: Iterable[GroupMove]) -> list[MoveShown]:
    rows = list(moves)
    keys = {key for row in rows for key in (row.left_id, row.joined_id) if key}
    groups = {each.group.pk: each for each in shown(Group.objects.public().with_keys(keys))}
    return [
        MoveShown(
            row.initiative,
            groups.get(row.left_id),
            groups.get(row.joined_id),
            is_new=row.left_id is None,
            is_alone=row.joined_id is None,
        )
        for row in rows
    ]
