"""What people decided about a listing: its review, merges, what is said of pairs and groups."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from initiatives.models.choices import ReviewState
from initiatives.models.merging.queries import MergeState
from initiatives.models.remembering.events import HistoryEvent, Move
from initiatives.models.remembering.parts import Telling, Told


def decisions(events: Sequence[HistoryEvent], telling: Telling) -> Iterator[Told]:
    for event in events:
        if event.move == Move.MADE:
            if _is_import(event, telling):
                source = telling.names.listing(telling.listing).source
                yield Told(_("It came from the list “{list}”.").format(list=telling.names.source(source)))
            else:
                yield Told(_decision(event.became).format(who=telling.who), reason=telling.names.reason(event.row))


def _decision(values: dict) -> str:
    if values.get("undoes_id"):
        return _("{who} undid the decision before.")
    if (values["was"], values["became"]) == (ReviewState.MERGED, ReviewState.PUBLISHED):
        return _("{who} took it apart again from the listing that it was merged into.")
    return {
        ReviewState.SUBMITTED: _("{who} sent it to the directory."),
        ReviewState.PUBLISHED: _("{who} published it."),
        ReviewState.NEEDS_INFORMATION: _("{who} asked for something."),
        ReviewState.DECLINED: _("{who} declined it."),
        ReviewState.WITHDRAWN: _("{who} withdrew it."),
        ReviewState.MERGED: _("{who} merged it into another listing."),
    }.get(values["became"], _("{who} put it back to where it was before."))


def _is_import(event: HistoryEvent, telling: Telling) -> bool:
    """The first thing that is known of a listing from a list."""
    listing = telling.names.listing(telling.listing)
    return bool(listing and listing.source and event.became.get("was") == ReviewState.DRAFT and not event.actor)


def merges(events: Sequence[HistoryEvent], telling: Telling) -> Iterator[Told]:
    """Told on the listing that stays; the other's own moves tell it there. An objection is told on both."""
    for event in events:
        if event.listing == telling.listing and (state := event.became.get("state")):
            yield Told(_merge(state).format(who=telling.who, other=telling.other(event)))
        elif event.move == Move.CHANGED and event.became.get("objected_at"):
            objected = _("{who} objected to the merge with {other}.")
            yield Told(objected.format(who=telling.who, other=telling.other(event)))


def _merge(state: str) -> str:
    return {
        MergeState.PROPOSED: _("{who} proposed to merge {other} into it."),
        MergeState.IN_FORCE: _("{who} merged {other} into it."),
        MergeState.REFUSED: _("{who} refused to merge {other} into it."),
        MergeState.UNDONE: _("{who} took {other} apart from it again."),
    }[MergeState(state)]


def verdicts(events: Sequence[HistoryEvent], telling: Telling) -> Iterator[Told]:
    sentences = {
        "same": _("{who} said that {other} is the same."),
        "different": _("{who} said that {other} is another initiative."),
        "unrelated": _("{who} said that {other} has nothing to do with it."),
        "peers": _("{who} said that {other} does the same elsewhere."),
        "complementary": _("{who} said that it and {other} complete each other."),
        "": _("{who} took back what was said about {other}."),
    }
    for event in events:
        if event.move == Move.MADE:
            said = sentences[event.became["became"]]
            yield Told(said.format(who=telling.who, other=telling.other(event)))


def placements(events: Sequence[HistoryEvent], telling: Telling) -> Iterator[Told]:
    for event in events:
        if event.move == Move.MADE:
            pinned = event.became["kind"] == "pinned"
            said = _("{who} put it in a group by hand.") if pinned else _("{who} kept it out of a group.")
            yield Told(said.format(who=telling.who))
