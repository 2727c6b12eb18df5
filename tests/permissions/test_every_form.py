"""A-1 and S-4: what every form of the site does with wrong answers, and with answers that nobody asked for."""

import pytest
from hypothesis import Phase, given, settings

from tests.permissions import matrix
from tests.permissions.filling import opened
from tests.permissions.foreign import foreign
from tests.permissions.forms import BUTTONS, FORMS
from tests.permissions.page import Page
from tests.permissions.rows import Cell, Cells, cells
from tests.permissions.world import World

pytestmark = pytest.mark.django_db


def deeds() -> set[str]:
    """The addresses that a form can be sent to: of others the table says that they are only read. What there is in the
    demonstration alone is not there for anybody."""
    return {
        name
        for name, entry in matrix.table().items()
        if not any("x" in row.answers for row in matrix.rows(name, entry) if row.method == "POST")
        and any(set(row.answers) != {"."} for row in matrix.rows(name, entry))
    }


class EveryFormTests:
    def test_is_known_here(self) -> None:
        assert {key.split()[0] for key in FORMS | BUTTONS} == deeds()

    def test_is_a_form_or_a_button(self) -> None:
        assert not FORMS.keys() & BUTTONS.keys()


@pytest.mark.parametrize("key", FORMS)
class WrongAnswerTests:
    def test_is_told_above_and_beside_the_field_and_what_was_written_is_kept(self, world: World, key: str) -> None:
        filled = FORMS[key]
        with opened(world, key, filled) as form:
            response = form.send(filled.wrong)
            assert response.status_code == 422
            page = Page(response, form)
            assert page.title.startswith("Error: ")
            assert page.summary_takes_the_focus
            assert page.links == page.errors != []
            assert page.double_ids == []
            assert page.keeps(form.written(filled.wrong))
            assert "novalidate" in page.form.attrib


# A passkey is made by a browser alone: see tests/browser/test_passkeys.py.
ANSWERED = {key: filled for key, filled in (FORMS | BUTTONS).items() if key != "second-factor-passkey"}


@pytest.mark.parametrize("key", ANSWERED)
@pytest.mark.thorough
class ForeignFieldTests:
    def test_changes_nothing(self, world: World, key: str) -> None:
        filled = ANSWERED[key]
        with opened(world, key, filled) as form:
            before = cells()
            plain, again = (form.left_by(filled.right) for _ in range(2))
            assert plain != before
            by_chance = {cell for cell in plain if plain[cell] != again[cell]}

            @settings(max_examples=2 if key in FORMS else 1, phases=[Phase.generate], deadline=None, database=None)
            @given(besides=foreign(form.own))
            def check(besides: dict[str, str]) -> None:
                left = form.left_by(filled.right, besides=besides)
                assert without(left, by_chance) == without(plain, by_chance)
                assert not {str(left[cell]) for cell in by_chance} & set(besides.values())

            check()


def without(left: Cells, by_chance: set[Cell]) -> Cells:
    """But for what differs too when the same is sent twice: times and tokens."""
    return {cell: value for cell, value in left.items() if cell not in by_chance}
