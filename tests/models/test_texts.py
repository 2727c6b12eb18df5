"""In which order the page of a listing says what it is."""

import pytest
from django.utils import translation

from tests import people
from tests.views.reading import body

pytestmark = pytest.mark.django_db


def languages(language: str, **values: object) -> list[str]:
    listing = people.initiative(language="fr", mission="Un jardin", **values)
    with translation.override(language):
        return [text.lang for text in listing.texts]


class TextTests:
    def test_the_readers_language_comes_first(self) -> None:
        assert languages("nl", translations={"de": "Ein Garten", "nl": "Een tuin"}) == ["nl", "fr", "de"]

    def test_then_the_original(self) -> None:
        assert languages("en", translations={"de": "Ein Garten", "nl": "Een tuin"}) == ["fr", "de", "nl"]
        assert languages("fr", translations={"de": "Ein Garten"}) == ["fr", "de"]

    def test_a_translation_without_a_mission_waits_for_its_turn(self) -> None:
        assert languages("nl", translations={"nl": ""}) == ["fr", "nl"]

    def test_the_page_begins_with_it(self, client) -> None:
        listing = people.initiative(language="en", mission="A garden", translations={"nl": "Een tuin"})
        page = body(client.get(f"/nl{listing.get_absolute_url()}"))
        assert page.index('<p class="lead" lang="nl">Een tuin</p>') < page.index("A garden</p>")
