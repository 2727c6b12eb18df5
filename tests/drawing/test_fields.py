"""The field plan: all the land is dealt out, fairly, and no field is too small for its name."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from initiatives.drawing.fields import FAMILIES, LEAST, PARTS, field_plan, shares

counts = st.lists(st.integers(0, 100_000), min_size=1, max_size=6)


class SharesTests:
    @given(counts)
    def test_everything_is_dealt_out(self, numbers):
        assert sum(shares(numbers)) == PARTS

    @given(counts)
    def test_none_is_below_the_least(self, numbers):
        assert min(shares(numbers)) >= LEAST

    @given(counts)
    def test_who_counts_more_never_has_less(self, numbers):
        dealt = sorted(zip(numbers, shares(numbers), strict=True))
        for (one, less), (other, more) in pairwise(dealt):
            assert less <= more or one == other

    def test_equal_counts_have_equal_parts(self):
        assert shares([9, 9, 9, 9]) == [6, 6, 6, 6]

    def test_nothing_counted_is_dealt_equally(self):
        assert shares([0, 0, 0, 0]) == [6, 6, 6, 6]

    def test_proportions_hold_above_the_least(self):
        assert shares([12, 6, 6]) == [12, 6, 6]

    def test_no_domains_have_no_fields(self):
        assert shares([]) == []


class FieldPlanTests:
    def test_rows_go_by_family_and_fields_keep_their_order(self):
        domains = [(f"{family}{number}", family, 10) for number in range(4) for family in reversed(FAMILIES)]
        plan = field_plan(domains)
        assert [field.domain for field in plan] == [f"{family}{number}" for family in FAMILIES for number in range(4)]

    def test_a_larger_family_has_a_higher_row(self):
        plan = field_plan(
            [("food", "land", 300), ("housing", "home", 100), ("repair", "make", 50), ("arts", "know", 50)]
        )
        heights = {field.domain: field.height for field in plan}
        assert heights["food"] > heights["housing"] > heights["repair"] == heights["arts"]
        assert sum(heights.values()) == PARTS

    def test_a_family_without_domains_has_no_row(self):
        assert [field.width for field in field_plan([("food", "land", 1)])] == [PARTS]
