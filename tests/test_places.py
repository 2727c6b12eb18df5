"""Names of countries and languages, as lists and as sentences have them."""

import pytest
from django.utils.translation import override

from initiatives.places import country_in_sentence, country_name, is_country, is_language, language_name


class CountryTests:
    @pytest.mark.parametrize(
        ("language", "code", "said"),
        [
            ("en", "NL", "the Netherlands"),
            ("en", "BE", "Belgium"),
            ("en", "GB", "the United Kingdom"),
            ("nl", "NL", "Nederland"),
            ("nl", "GB", "het Verenigd Koninkrijk"),
            ("nl", "US", "de Verenigde Staten"),
        ],
    )
    def test_has_its_article_in_a_sentence(self, language: str, code: str, said: str) -> None:
        with override(language):
            assert country_in_sentence(code) == said

    def test_has_none_in_a_list(self) -> None:
        with override("nl"):
            assert country_name("GB") == "Verenigd Koninkrijk"

    def test_keeps_a_code_that_nobody_knows(self) -> None:
        assert country_in_sentence("??") == "??"
        assert not is_country("??")


class LanguageTests:
    def test_is_told_in_the_readers_words(self) -> None:
        with override("nl"):
            assert language_name("fr") == "Frans"
        with override("en"):
            assert language_name("fr") == "French"

    def test_is_known_by_its_code(self) -> None:
        assert is_language("nl")
        assert not is_language("dutch")
