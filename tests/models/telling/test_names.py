"""What a group is called, in the reader's language."""

import pytest
from django.utils.translation import override

from initiatives.models.telling import Book, group_name

LABEL = {"kind": "tag", "code": "time bank", "words": {}, "city": None, "city_name": "", "country": ""}


class GroupNameTests:
    @pytest.mark.parametrize(
        ("where", "said"),
        [
            ({}, "Time bank"),
            ({"country": "GB"}, "Time bank in the United Kingdom"),
            ({"country": "IT"}, "Time bank in Italy"),
            ({"city_name": "Leeds", "country": "GB"}, "Time bank in Leeds"),
        ],
    )
    def test_says_where_it_is(self, where: dict[str, str], said: str) -> None:
        with override("en"):
            assert group_name(LABEL | where, {}, Book()) == said

    def test_a_label_of_an_earlier_run_knows_no_country(self) -> None:
        with override("en"):
            assert group_name({"kind": "tag", "code": "time bank", "words": {}}, {}, Book()) == "Time bank"

    def test_the_name_that_people_gave_wins(self) -> None:
        with override("en"):
            assert group_name(LABEL | {"country": "GB"}, {"en": "Hours of Britain"}, Book()) == "Hours of Britain"
