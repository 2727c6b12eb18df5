"""How much two overlap, whichever is asked first."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from initiatives.overlap.corpus import corpus
from initiatives.overlap.engine import Engine
from initiatives.overlap.executor import InTurn
from initiatives.overlap.field import WEIGHTS
from initiatives.overlap.score import UNTOLD, Scores, scores, topics
from tests.overlap.neighbourhood import ACTIVITIES, EVERYBODY, REPAIR, TIME_BANKS

RICH = [
    replace(
        each,
        latitude=51.0 + n / 100,
        longitude=3.7,
        networks=(1,) if n % 2 else (),
        licences=("CC-BY-SA-4.0",) if n % 3 else (),
        structure="association" if n % 2 else "",
        partners=(EVERYBODY[(n + 3) % len(EVERYBODY)].key,),
    )
    for n, each in enumerate(EVERYBODY)
]
ENDS = np.array(list(combinations(range(len(RICH)), 2)), dtype=np.int64)


def scored(listings: list, pairs: np.ndarray) -> Scores:
    engine = Engine(ACTIVITIES, None)
    told = corpus(engine.read(listings))
    return scores(engine.field(told, engine.space(told.traits).vectors(told.traits)), pairs, executor=InTurn())


class ScoreTests:
    def test_a_is_to_b_as_b_is_to_a(self) -> None:
        turned = [replace(each, key=-each.key, partners=tuple(-partner for partner in each.partners)) for each in RICH]
        one, other = scored(RICH, ENDS), scored(turned, mirrored(ENDS))
        np.testing.assert_allclose(one.value, other.value, atol=0.01)
        assert (one.value > 0.3).any()

    def test_parts_are_shares(self) -> None:
        found = scored(RICH, ENDS)
        for name, values in found.parts.items():
            known = values[~np.isnan(values)]
            assert ((known >= 0) & (known <= 1)).all(), name
            assert known.any(), name
        assert ((found.value >= 0) & (found.value <= 1)).all()

    def test_where_they_are_makes_no_topic(self) -> None:
        apart = np.array([[0, 3]])  # a time bank, a repair café
        here = [replace(each, city=1, latitude=51.05, longitude=3.73) for each in (*TIME_BANKS, *REPAIR)]
        there = [replace(each, city=n, latitude=10.0 * n, longitude=0.0) for n, each in enumerate(here)]
        assert scored(here, apart).value[0] < 1.2 * scored(there, apart).value[0] + 0.001


class TopicTests:
    @pytest.mark.parametrize("told", [1.0, 0.5])
    def test_what_is_not_known_counts_in_part(self, told: float) -> None:
        parts = {"text": np.array([told]), "work": np.array([np.nan]), "tags": np.array([np.nan])}
        missing = WEIGHTS["work"] + WEIGHTS["tags"]
        expected = told * WEIGHTS["text"] / (WEIGHTS["text"] + UNTOLD * missing)
        assert topics(parts, ["text", "work", "tags"])[0] == pytest.approx(expected)

    def test_what_nobody_tells_is_not_missed(self) -> None:
        assert topics({"text": np.array([0.6])}, ["text"])[0] == pytest.approx(0.6)


def mirrored(pairs: np.ndarray) -> np.ndarray:
    """The same pairs when rows are numbered from the other end."""
    return np.sort(len(RICH) - 1 - pairs, axis=1)
