"""Which pairs are drawn to be read."""

from argparse import Namespace
from collections import Counter

from benchmarks.reading import draw
from initiatives.models import Initiative, Pair


def pairs(number: int) -> list[Pair]:
    """Weakest first, every other across two languages."""
    dutch, english = Initiative(language="nl"), Initiative(language="en")
    return [Pair(a=english, b=dutch if place % 2 else english, score=place / number) for place in range(number)]


def drawn(number: int, *, asked: int, seed: int = 1) -> list[tuple[str, float]]:
    return [(part, pair.score) for part, pair in draw(pairs(number), Namespace(pairs=asked, seed=seed))]


class DrawTests:
    def test_each_third_and_either_kind_have_the_same_share(self) -> None:
        assert Counter(part for part, _ in drawn(300, asked=20)) == {
            "weak, one language": 4,
            "weak, two languages": 4,
            "middle, one language": 3,
            "middle, two languages": 3,
            "strong, one language": 3,
            "strong, two languages": 3,
        }

    def test_a_third_has_scores_of_its_own(self) -> None:
        found = drawn(300, asked=60)
        highest = max(score for part, score in found if part.startswith("weak"))
        lowest = min(score for part, score in found if part.startswith("strong"))
        assert highest < 1 / 3 < 2 / 3 <= lowest

    def test_one_seed_draws_the_same_and_another_others(self) -> None:
        assert drawn(300, asked=12) == drawn(300, asked=12) != drawn(300, asked=12, seed=2)

    def test_few_are_all_drawn_once(self) -> None:
        assert sorted(score for _, score in drawn(7, asked=100)) == [place / 7 for place in range(7)]

    def test_of_none_none_are_drawn(self) -> None:
        assert drawn(0, asked=10) == []
