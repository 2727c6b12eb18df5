"""Two listings of one initiative become one, and two again where that was wrong."""

from initiatives.models.merging.choosing import AWAY, UNITS, Unit, better, differ, says
from initiatives.models.merging.merges import UNDO_OFFERED, Merge, MergeState, is_settled, merge

__all__ = [
    "AWAY",
    "UNDO_OFFERED",
    "UNITS",
    "Merge",
    "MergeState",
    "Unit",
    "better",
    "differ",
    "is_settled",
    "merge",
    "says",
]
