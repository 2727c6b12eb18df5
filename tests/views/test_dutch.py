"""Dutch pages are Dutch: no message is left in English; numbers, dates and sentences are as people write them."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from django.test import Client

from commons_directory.catalogues import LOCALES, read
from initiatives.models import Initiative, OverlapRun
from tests import people
from tests.addresses import pages

pytestmark = pytest.mark.django_db

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|<[^>]*>")
LEAST_WORDS = 3  # shorter ones occur in the texts of listings too


def english_messages() -> Iterator[str]:
    """The pieces of every message that Dutch says otherwise."""
    for message in read(LOCALES / "nl" / "LC_MESSAGES" / "django.po"):
        said = message.id if isinstance(message.id, str) else " ".join(message.id)
        translated = str(message.string)
        pieces = (piece.strip() for piece in PLACEHOLDER.split(said))
        yield from (piece for piece in pieces if len(piece.split()) >= LEAST_WORDS and piece not in translated)


def text_of(page: str) -> str:
    """What is read, seen or heard: without tags, but with the attributes that are said."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    attributes = " ".join(re.findall(r'(?:aria-label|title|alt|content)="([^"]*)"', body))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body) + " " + attributes).split())


def shown(address: str) -> str:
    response = Client().get(address, follow=True)
    return text_of(response.content.decode())


class EveryPageTests:
    @pytest.fixture(autouse=True)
    def _listings(self) -> None:
        one = people.initiative(
            domains=["food", "energy"],
            tags=["garden"],
            licences=[("CC0-1.0", "data")],
            wants=["Een schuur"],
            offers=["Een kas"],
            founded_year=1999,
            founded_precision="approximate",
            status="on_hold",
            organisational_structure="association",
            geographic_scope="local",
            self_description=["commons"],
            primary_url="https://example.org/",
            nickname=["Eén"],
        )
        closed = people.initiative(
            status="completed",
            founded_year=2001,
            founded_precision="exact",
            closed_year=2019,
            city=people.city("Lille"),
        )
        people.link(source=one, target=closed, kind="part_of")
        people.group(one, closed)
        people.platform(name="Veer")
        OverlapRun.objects.create(model_version="test")

    def test_says_nothing_in_english(self) -> None:
        messages = list(english_messages())
        assert len(messages) > 100
        addresses = [*pages("nl"), "/nl/initiatives/?q=zzzzzz&city=ghent", "/nl/initiatives/?tag=bla", "/nl/x/"]
        left = {
            (address, message)
            for address in addresses
            for text in [shown(address)]
            for message in messages
            if message in text
        }
        assert left == set()

    def test_would_find_english(self) -> None:
        front = shown("/")
        assert [message for message in english_messages() if message in front]


class FormatTests:
    def test_dates_and_numbers_are_dutch(self) -> None:
        listing = people.initiative(number_of_members=12345, confirmed_on=date(2026, 11, 3), confirmed_by=None)
        page = shown(f"/nl/initiatives/{listing.public_id}/")
        assert "12.345" in page
        assert "3 november 2026" in page

    def test_years_have_no_separator(self) -> None:
        listing = people.initiative(founded_year=1999, founded_precision="exact")
        assert "1999" in shown(f"/nl/initiatives/{listing.public_id}/")


class HeadingTests:
    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("", "2 initiatieven"),
            ("?city=ghent", "1 initiatief in Gent"),
            ("?domain=food", "2 initiatieven rond voedsel"),
            ("?domain=food&city=ghent&city=bristol", "2 initiatieven rond voedsel, in"),
            ("?country=gb", "1 initiatief in het Verenigd Koninkrijk"),
        ],
    )
    def test_is_a_sentence(self, query: str, said: str) -> None:
        people.initiative(domains=["food"])
        people.initiative(domains=["food"], city=people.city("Bristol"))
        assert Initiative.objects.published().count() == 2
        (heading,) = re.findall(r"<h1>(.*?)</h1>", Client().get(f"/nl/initiatives/{query}").content.decode(), re.DOTALL)
        assert text_of(heading).startswith(said)


class CsvTests:
    def test_an_unknown_choice_is_told_in_dutch(self) -> None:
        response = Client().get("/nl/initiatives.csv?domain=x")
        assert response.status_code == 400
        assert response.content.decode() == "Het filter “domain” kent geen “x”.\n"
