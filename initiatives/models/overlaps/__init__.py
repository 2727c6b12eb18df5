"""What the engine found, kept: pairs, groups and their reasons, vectors, and what people said and did about them."""

from initiatives.models.overlaps.activities import Activity
from initiatives.models.overlaps.bounds import may_judge
from initiatives.models.overlaps.events import EventKind, GroupEvent
from initiatives.models.overlaps.feedback import Feedback
from initiatives.models.overlaps.groups import Group, GroupQuerySet
from initiatives.models.overlaps.memberships import Membership, MembershipQuerySet, MembershipRole
from initiatives.models.overlaps.pairs import DuplicatePair, Pair, PairKind, PairQuerySet
from initiatives.models.overlaps.placements import Placement, PlacementKind
from initiatives.models.overlaps.runs import GroupMove, OverlapRun
from initiatives.models.overlaps.spaces import OverlapSpace
from initiatives.models.overlaps.vectors import OverlapTraits, OverlapVector
from initiatives.models.overlaps.verdicts import Verdict, VerdictEvent, give_verdict, take_back_verdict

__all__ = [
    "Activity",
    "DuplicatePair",
    "EventKind",
    "Feedback",
    "Group",
    "GroupEvent",
    "GroupMove",
    "GroupQuerySet",
    "Membership",
    "MembershipQuerySet",
    "MembershipRole",
    "OverlapRun",
    "OverlapSpace",
    "OverlapTraits",
    "OverlapVector",
    "Pair",
    "PairKind",
    "PairQuerySet",
    "Placement",
    "PlacementKind",
    "Verdict",
    "VerdictEvent",
    "give_verdict",
    "may_judge",
    "take_back_verdict",
]
