"""Choosing the largest numbers of each row."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from initiatives.overlap.arrays import as_codes, as_pairs, largest

# Few different values, so that there are many ties.
blocks = array_shapes(min_dims=2, max_dims=2, max_side=12).flatmap(
    lambda shape: arrays(np.float32, shape, elements=st.sampled_from([-np.inf, -1.0, 0.0, 0.25, 0.5, 1.0]))
)


class LargestTests:
    @settings(max_examples=100, deadline=None)
    @given(blocks, st.integers(0, 5))
    def test_they_are_the_largest_above_zero(self, block: np.ndarray, count: int) -> None:
        row, column = largest(block, count, np.zeros(len(block), dtype=np.int64))
        for n, values in enumerate(block):
            expected = sorted((value for value in values.tolist() if value > 0), reverse=True)[:count]
            assert sorted(block[n, column[row == n]].tolist(), reverse=True) == expected

    def test_a_crowd_of_equals_does_not_choose_the_same_few(self) -> None:
        equals = np.ones((100, 100), dtype=np.float32)
        np.fill_diagonal(equals, -np.inf)
        _, column = largest(equals, 5, np.arange(100))
        assert np.bincount(column).tolist() == [5] * 100

    def test_pairs_come_back_from_their_codes(self) -> None:
        pairs = np.array([[0, 1], [0, 6], [5, 6]])
        assert (as_pairs(as_codes(pairs, 7), 7) == pairs).all()
