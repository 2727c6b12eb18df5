"""Listings made from the demonstration data, which is always there."""

import pytest

from benchmarks.base_texts import BaseText, lists, sentences_of
from benchmarks.scale_data import Maker, made


@pytest.fixture(scope="module")
def sources() -> list[list[BaseText]]:
    return lists(None)


class MadeTests:
    def test_the_first_of_many_are_those_of_few(self, sources: list[list[BaseText]]) -> None:
        assert list(made(300, sources))[:50] == list(made(50, sources))

    def test_another_seed_makes_others(self, sources: list[list[BaseText]]) -> None:
        assert list(made(5, sources, seed=1)) != list(made(5, sources, seed=2))

    def test_every_sentence_is_one_of_a_real_listing_in_its_language(self, sources: list[list[BaseText]]) -> None:
        known = {(base.language, sentence) for base in sources[0] for sentence in base.sentences}
        told = [(each.language, sentence) for each in made(100, sources) for sentence in sentences_of(each.description)]
        assert len(told) > 100
        assert set(told) <= known

    def test_one_in_a_hundred_stands_there_twice(self, sources: list[list[BaseText]]) -> None:
        maker = Maker(sources)
        listings = list(maker.listings(3_000))
        assert 15 <= len(maker.twins) <= 50
        assert all(listings[a].mission == listings[b].mission for a, b in maker.twins)
