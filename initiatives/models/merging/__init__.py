"""Two listings of one initiative become one, and two again where that was wrong."""

from initiatives.models.merging.choosing import AWAY, UNITS, Unit, better, differ, says
from initiatives.models.merging.merges import Merge, is_settled, merge
from initiatives.models.merging.queries import UNDO_OFFERED, MergeState

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
