"""Cells that a spreadsheet would run get one apostrophe, and lose it again; all others stay as they are."""

import pytest
from django.db import connection
from django.db.models import TextField, Value
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.models import Domain
from initiatives.opendata.guard import Guarded, guard, unguard
from tests import people

CELLS = st.text(max_size=30) | st.builds(str.__add__, st.text("'", max_size=3), st.text("=+-@\t\r\0 's-H", max_size=10))


class GuardTests:
    @pytest.mark.parametrize(
        ("cell", "guarded"),
        [
            ("=1+1", "'=1+1"),
            ("+31 20", "'+31 20"),
            ("-cmd", "'-cmd"),
            ("@sum", "'@sum"),
            ("\ttab", "'\ttab"),
            ("\rreturn", "'\rreturn"),
            ("\0nul", "'\0nul"),
            ("'=1", "''=1"),
            ("''=1", "'''=1"),
            ("'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("'t Uilekot", "'t Uilekot"),
            ("'", "'"),
            ("", ""),
            ("a=1", "a=1"),
            (" =1", " =1"),
            ("\n=1", "\n=1"),
        ],
    )
    def test_exactly_what_would_run_is_guarded(self, cell: str, guarded: str) -> None:
        assert (guard(cell), unguard(guarded)) == (guarded, cell)

    @given(CELLS)
    def test_it_comes_back_as_it_was(self, cell: str) -> None:
        assert unguard(guard(cell)) == cell

    @given(CELLS)
    def test_nothing_guarded_would_run(self, cell: str) -> None:
        assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\0"))

    @pytest.mark.django_db
    @settings(deadline=None)
    @given(st.lists(CELLS.map(lambda cell: cell.replace("\0", "")), min_size=1, max_size=8))
    def test_the_database_does_the_same(self, cells: list[str]) -> None:
        with connection.cursor() as cursor:
            people.domain("food")
            values = {f"c{place}": Guarded(Value(cell, TextField())) for place, cell in enumerate(cells)}
            sql, params = Domain.objects.annotate(**values).values_list(*values).query.sql_with_params()
            cursor.execute(sql, params)
            assert list(cursor.fetchone()) == [guard(cell) for cell in cells]
