"""Where a page is: in the navigation, in the other language, and for search engines."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override


def render(text: str, path: str, language: str = "en") -> str:
    with override(language):
        request = RequestFactory().get(path)
        return engines["django"].from_string("{% load addresses %}" + text).render({}, request)


def current(path: str, language: str = "en") -> list[tuple[str, str]]:
    each = "{% for p in parts %}{% if p.current %}{{ p.url }} {{ p.current }};{% endif %}{% endfor %}"
    text = "{% sections as parts %}" + each
    return [tuple(part.split(" ")) for part in render(text, path, language).split(";") if part]


class SectionTests:
    def test_the_page_itself_is_marked(self):
        assert current("/groups/") == [("/groups/", "page")]

    def test_the_section_of_a_page_is_marked(self):
        assert current("/groups/0123456789/") == [("/groups/", "true")]

    def test_it_holds_in_dutch_too(self):
        assert current("/nl/groups/", "nl") == [("/nl/groups/", "page")]

    def test_the_front_page_is_in_no_section(self):
        assert current("/") == []


class LanguageTests:
    OTHER = "{% languages as others %}{% for o in others %}{{ o.language }} {{ o.name }} {{ o.url|safe }}{% endfor %}"

    @pytest.mark.parametrize(
        ("path", "language", "expected"),
        [
            ("/initiatives/?q=caf%C3%A9&city=ghent", "en", "nl Nederlands /nl/initiatives/?q=caf%C3%A9&city=ghent"),
            ("/nl/cities/ghent/", "nl", "en English /cities/ghent/"),
            ("/", "en", "nl Nederlands /nl/"),
            ("/there/is/no/such/page", "en", "nl Nederlands /nl/"),
            ("/nl/there/is/no/such/page", "nl", "en English /"),
        ],
    )
    def test_the_same_page_with_its_filters_or_else_the_front_page(self, path, language, expected):
        assert render(self.OTHER, path, language) == expected


class AddressTests:
    HEAD = (
        "{% addresses as a %}{{ a.canonical }}"
        "{% for other in a.alternates %} {{ other.language }}={{ other.url }}{% endfor %}"
    )

    def test_a_page_has_one_address_and_one_in_each_language(self, settings):
        settings.BASE_URL = "https://commons.example"
        assert render(self.HEAD, "/nl/groups/?sort=newest", "nl") == (
            "https://commons.example/nl/groups/ en=https://commons.example/groups/"
            " nl=https://commons.example/nl/groups/ x-default=https://commons.example/groups/"
        )

    def test_without_a_request_nothing_is_claimed(self):
        text = engines["django"].from_string("{% load addresses %}" + self.HEAD).render({})
        assert text == ""
