"""The table of who may do what (matrix.yaml), as cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROLES = (
    "visitor",
    "draft-link holder",
    "signed-in nobody",
    "steward",
    "steward of another",
    "claimant",
    "broker",
    "officer here",
    "officer elsewhere",
    "administrator",
)
ANSWERS = {
    "p": "a page",
    "a": "the deed is heard: done, or refused in words",
    "r": "led on to another address",
    "s": "led to sign in",
    ".": "not found",
    "x": "not by this method",
}
METHODS = ("GET", "POST")
FILE = Path(__file__).parent / "matrix.yaml"


@dataclass(frozen=True, slots=True)
class Row:
    """What each of the ten gets, in one state of the object."""

    name: str
    state: str
    method: str
    answers: tuple[str, ...]


def table() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8")) or {}


def rows(name: str, entry: dict[str, Any]) -> Iterator[Row]:
    """A state stands for itself; several in one key share their row."""
    for method in METHODS:
        said = entry[method]
        by_state = said if isinstance(said, dict) else {"any": said}
        for states, answers in by_state.items():
            for state in states.split():
                yield Row(name, state, method, tuple(answers.split()))


def number_of_cases() -> int:
    return sum(len(row.answers) for name, entry in table().items() for row in rows(name, entry))
