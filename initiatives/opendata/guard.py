"""Cells that a spreadsheet would run as a formula get one leading apostrophe (OWASP ASVS 1.2.10).

Reversible without touching ordinary names: what matches RISKY gets an apostrophe, what matches GUARDED loses one.
's-Hertogenbosch stays as it is, in both directions.
"""

import re

from django.db.models import Func, TextField

RISKY = re.compile(r"'*[=+\-@\t\r\0]")
GUARDED = re.compile(r"'+[=+\-@\t\r\0]")


def guard(cell: str) -> str:
    return f"'{cell}" if RISKY.match(cell) else cell


def unguard(cell: str) -> str:
    return cell[1:] if GUARDED.match(cell) else cell


class Guarded(Func):
    """The same in PostgreSQL, whose texts cannot hold NUL."""

    function = "regexp_replace"
    template = r"%(function)s(%(expressions)s, '^(''*[=+\-@\t\r])', '''\1')"
    output_field = TextField()
