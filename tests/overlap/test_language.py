"""Words and their stems."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product

from initiatives.overlap.language import stemmers

STARTS, MIDDLES, ENDINGS = "bdhkrs", ("epar", "older", "inter"), ("en", "heden", "ingen", "elijk", "bare", "tjes")
WORDS = [f"{start}{middle}{ending}" for start, middle, ending in product(STARTS, MIDDLES, ENDINGS)]


def stems(rounds: int) -> dict[str, str]:
    dutch = stemmers.of("nl")
    assert dutch is not None
    return {word: dutch.stemWord(word) for _ in range(rounds) for word in WORDS}


class ThreadTests:
    def test_readers_at_once_get_the_stems_that_one_alone_gets(self) -> None:
        alone = stems(1)
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(stems, [40] * 8)) == [alone] * 8
