"""What became of a row."""

from dataclasses import dataclass
from typing import Any

NEW, CHANGED, SAME, DUPLICATE, REFUSED = "new", "changed", "same", "possible duplicate", "refused"
OUTCOMES = (NEW, CHANGED, SAME, DUPLICATE, REFUSED)


class Unreadable(Exception):
    """The file, or the rest of it, cannot be read; the sentence says why and what to do."""


class Refused(Exception):
    """A row that is not taken, with the reason."""


@dataclass(frozen=True, slots=True)
class Twin:
    """The listing that a new row may be: the likeliest, and how likely (0 to 1)."""

    name: str
    public_id: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`notes` tell what of the row was left out; `fields` are those that changed."""

    row: int
    outcome: str
    name: str = ""
    public_id: str = ""
    reason: str = ""
    fields: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    twin: Twin | None = None

    def __str__(self) -> str:
        told = {
            DUPLICATE: f" of {self.twin.name} ({self.twin.public_id})" if self.twin else "",
            CHANGED: f" ({', '.join(self.fields)})",
            REFUSED: f": {self.reason}",
        }
        name = f" “{self.name}”" if self.name else ""
        return f"row {self.row}{name}: {self.outcome}{told.get(self.outcome, '')}"

    def as_json(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "verdict": self.outcome,
            "name": self.name,
            "public_id": self.public_id,
            "reason": self.reason,
            "changed": list(self.fields),
            "notes": list(self.notes),
            "duplicate_of": None
            if self.twin is None
            else {
                "name": self.twin.name,
                "public_id": self.twin.public_id,
                "probability": self.twin.probability,
            },
        }
