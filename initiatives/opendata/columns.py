"""A column of the open data: what it is called, what it means, and where its name comes from."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Expression, F, Subquery
from django.utils.functional import Promise


class Type(StrEnum):
    """Types of the Frictionless Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    LIST = "list"  # strings joined with "; "


NUMERIC = frozenset({Type.INTEGER, Type.NUMBER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`value` is the expression that PostgreSQL computes; None where the rows are made in Python."""

    name: str
    type: Type
    meaning: str | Promise
    standard: str = ""
    unit: str | Promise = ""
    value: Expression | Subquery | F | None = None

    @property
    def is_guarded(self) -> bool:
        """Whether a spreadsheet could take it for a formula. Numbers are what they are: longitudes are negative."""
        return self.type not in NUMERIC
