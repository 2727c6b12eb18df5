"""Words of several languages, chosen for one reader."""

import pytest
from django.utils.translation import override

from initiatives.models.telling.words import and_list, distance, words_for_reader

WORDS = {"en": ["tool", "lend", "library", "catalogue"], "it": ["attrezzi", "oggetti"], "nl": ["gereedschap", "lenen"]}


class WordsForReaderTests:
    def test_begin_with_the_readers_own(self) -> None:
        with override("nl"):
            assert words_for_reader(WORDS) == ["gereedschap", "lenen"]
        with override("en"):
            assert words_for_reader(WORDS) == ["tool", "lend", "library"]

    def test_are_followed_by_others_where_the_reader_has_few(self) -> None:
        with override("en"):
            assert words_for_reader({"en": ["tool"], "it": ["attrezzi", "oggetti"]}) == ["tool", "attrezzi"]

    def test_are_one_of_each_language_where_the_reader_has_none(self) -> None:
        with override("nl"):
            assert words_for_reader({"it": ["attrezzi", "oggetti"], "de": ["werkzeug"]}) == ["attrezzi", "werkzeug"]

    def test_name_the_same_word_once(self) -> None:
        with override("en"):
            assert words_for_reader({"en": ["software"], "nl": ["software", "vrije"]}) == ["software"]


class TurnOfPhraseTests:
    @pytest.mark.parametrize(
        ("metres", "said"),
        [
            (4, "10 m"),
            (652, "650 m"),
            (996, "1,0 km"),
            (1290, "1,3 km"),
            (9960, "10 km"),
            (14_600, "15 km"),
            (1_234_567, "1.235 km"),
        ],
    )
    def test_distances_are_dutch(self, metres: float, said: str) -> None:
        with override("nl"):
            assert distance(metres) == said

    def test_lists_are_dutch(self) -> None:
        with override("nl"):
            assert and_list(["Gent", "Utrecht", "Keulen"]) == "Gent, Utrecht en Keulen"
