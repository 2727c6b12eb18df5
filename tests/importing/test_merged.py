"""A list that names what was merged since, and what was found to be two."""

from pathlib import Path

import pytest

from initiatives.importing.lists import Import
from initiatives.importing.mapping import load
from initiatives.importing.verdicts import Verdict as RowVerdict
from initiatives.models import DuplicatePair, Initiative, give_verdict, merge
from tests import people

pytestmark = pytest.mark.django_db


def take(folder: Path, *rows: str) -> list[RowVerdict]:
    file = folder / "list.csv"
    file.write_text("\n".join(("name,source,source_id,primary_url,mission", *rows)))
    people.city()
    return list(Import(load("generic"), file, review_state="published").verdicts())


CAFE = "Repair Café,one,1,https://repair.example/,We mend."
TWIN = "Repaircafé,two,2,https://repair.example/,We repair."


class MergedTests:
    def test_its_row_makes_no_third_and_leaves_the_kept_one_alone(self, tmp_path: Path) -> None:
        take(tmp_path, CAFE, TWIN)
        kept, away = Initiative.objects.get(source="one"), Initiative.objects.get(source="two")
        Initiative.objects.update(review_state="published")
        merge(kept, away, by=people.administrator())
        (verdict,) = take(tmp_path, TWIN.replace("We repair.", "We repair bicycles."))
        assert (verdict.outcome, verdict.public_id) == ("changed", away.public_id)
        assert verdict.notes == (f"it was merged into another listing ({kept.public_id}), which stays as it is",)
        assert Initiative.objects.count() == 2
        assert Initiative.objects.get(source="one").mission == "We mend."
        assert Initiative.objects.get(source="two").review_state == "merged"

    def test_undone_it_is_what_its_list_says_now(self, tmp_path: Path) -> None:
        take(tmp_path, CAFE, TWIN)
        Initiative.objects.update(review_state="published")
        made = merge(*Initiative.objects.order_by("source"), by=people.administrator())
        take(tmp_path, TWIN.replace("We repair.", "We repair bicycles."))
        made.undo(by=people.administrator())
        assert Initiative.objects.get(source="two").mission == "We repair bicycles."


class NotTheSameTests:
    def test_it_is_not_asked_again_when_the_lists_come_again(self, tmp_path: Path) -> None:
        take(tmp_path, CAFE, TWIN)
        assert DuplicatePair.objects.count() == 1
        give_verdict(*Initiative.objects.all(), "different", by=people.officer())
        assert [verdict.outcome for verdict in take(tmp_path, CAFE, TWIN)] == ["same", "same"]
        take(tmp_path, CAFE.replace("We mend.", "We mend everything."), TWIN)
        assert DuplicatePair.objects.count() == 0
