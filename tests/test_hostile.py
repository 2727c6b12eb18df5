"""Trust promise S-18: no input makes it slow, and none breaks it."""

import time
from urllib.parse import quote

import pytest
from django.test import Client

from initiatives.forms.browse import InitiativeFilter
from tests import people
from tests.views.reading import body

pytestmark = pytest.mark.django_db

LENGTH = 50_000
SECONDS = 3  # on two busy cores; what is bounded takes tenths
LISTS = ["/initiatives/", "/initiatives.csv", "/groups/", "/groups.csv", "/map/"]
# What is asked at once of which lists; an unknown choice ends a file early, so words are asked apart from choices.
TOGETHER = {
    ("q",): ["/initiatives/", "/initiatives.csv", "/map/"],
    InitiativeFilter.FACETS: ["/initiatives/", "/initiatives.csv"],
    ("sort", "after", "page", "excel"): ["/initiatives/", "/groups/", "/groups.csv"],
    ("before",): ["/initiatives/"],
}
STRINGS = {
    "letters": "x" * LENGTH,
    "words": "tuin " * (LENGTH // 5),
    "quotes": "'\"\\" * (LENGTH // 3),
    "operators": ":*&|!()<->" * (LENGTH // 10),
    "wildcards": "%_" * (LENGTH // 2),
    "accents": "e" + "\u0301" * (LENGTH // 2),
    "ligatures": "ﷺ" * (LENGTH // 3),
    "nul": "a\0" * (LENGTH // 2),
    "brackets": "[" * LENGTH,
    "digits": "9" * LENGTH,
}


def told(address: str) -> tuple[int, float]:
    start = time.perf_counter()
    response = Client().get(address)
    body(response)
    return response.status_code, time.perf_counter() - start


class HostileTests:
    @pytest.mark.parametrize("text", STRINGS)
    def test_fifty_kilobytes_in_any_parameter_are_answered_in_time(self, text: str) -> None:
        people.group(people.initiative(name="Tuin", tags=["wood"]), people.initiative(name="Xylofoon"))
        told("/initiatives/?q=tuin")  # the first question after a start reads the sentence model
        value = quote(STRINGS[text])
        answers = {
            (path, names[0]): told(f"{path}?{'&'.join(f'{name}={value}' for name in names)}")
            for names, paths in TOGETHER.items()
            for path in paths
        }
        assert {asked: status for asked, (status, _) in answers.items() if status not in (200, 301, 302, 400)} == {}
        assert {asked: seconds for asked, (_, seconds) in answers.items() if seconds > SECONDS} == {}

    @pytest.mark.parametrize("name", ["q", "city", "domain", "language", "tag"])
    def test_so_are_a_thousand_values(self, name: str) -> None:
        people.initiative(name="Tuin")
        query = "&".join(f"{name}=tuin{number}" for number in range(900))
        for path in LISTS:
            status, seconds = told(f"{path}?{query}")
            assert status in (200, 301, 302, 400), path
            assert seconds < SECONDS, path

    @pytest.mark.parametrize(
        "path",
        [
            "/initiatives/{}/",
            "/initiatives/{}/x/",
            "/groups/{}/",
            "/groups/{}.csv",
            "/cities/{}/",
            "/domains/{}/",
            "/licences/{}/",
            "/tags/{}/",
            "/nl/cities/{}/",
            "/{}/",
        ],
    )
    @pytest.mark.parametrize("text", ["\0", "a\0b", "'", "%", "x" * 5000, "é" * 500, "..", "\U0010ffff", "\ud7ff'--"])
    def test_an_address_of_nothing_is_not_found(self, path: str, text: str) -> None:
        response = Client(raise_request_exception=False).get(path.format(quote(text, safe="")))
        assert response.status_code == 404

    def test_bytes_that_are_no_text_are_answered(self) -> None:
        for address in (
            "/initiatives/?q=%ff%fe",
            "/initiatives/?city=%ed%a0%80",
            "/cities/%ff/",
            "/initiatives/?%ff=1",
        ):
            assert Client().get(address).status_code in (200, 404), address
