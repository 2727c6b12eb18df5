"""The translations are whole: nothing untranslated, nothing fuzzy, no placeholder lost."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from commons_directory.catalogues import LOCALES, compile_catalogues, extracted, is_translated, read
from commons_directory.embedded import ROOT

CATALOGUES = sorted(LOCALES.glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")


def texts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def loses_placeholder(message: Message) -> bool:
    """A plural form may leave out the number that it speaks of (“the only one”), but none may bring in another."""
    said = [set(PLACEHOLDER.findall(text)) for text in texts(message.id)]
    translated = [set(PLACEHOLDER.findall(text)) for text in texts(message.string)]
    allowed, needed = set.union(*said), set.intersection(*said)
    return any(not needed <= found <= allowed for found in translated)


@pytest.mark.parametrize("source", CATALOGUES, ids=lambda source: source.parent.parent.name)
class CatalogueTests:
    def test_has_every_message(self, source: Path) -> None:
        catalogue = read(source)
        missing = []
        for message in extracted():
            known = catalogue.get(message.id, message.context) if message.id else None
            if message.id and (known is None or not is_translated(known)):
                missing.append((message.id, message.context))
        assert missing == []

    def test_has_no_message_that_nobody_says(self, source: Path) -> None:
        said = {(message.id, message.context) for message in extracted()}
        kept = {(message.id, message.context) for message in read(source)}
        assert kept - said == set()

    def test_has_as_many_forms_as_the_language(self, source: Path) -> None:
        catalogue = read(source)
        forms = catalogue.num_plurals
        plurals = [message for message in catalogue if message.pluralizable]
        assert [message.id for message in plurals if len(message.string) != forms] == []

    def test_keeps_the_placeholders(self, source: Path) -> None:
        assert [message.id for message in read(source) if message.id and loses_placeholder(message)] == []


# What may stand in a page in every language: names of the site and of formats.
NAMES = {"Commons", "Directory", "CC", "BY", "CSV"}
# A tag may end in either branch of a condition: what hides a picture from screen readers would look like text then.
SAID_ELSEWHERE = re.compile(
    r"{% comment %}.*?{% endcomment %}|{#.*?#}|{% blocktranslate.*?{% endblocktranslate %}|{%.*?%}|{{.*?}}"
    r'|aria-hidden="true"',
    re.DOTALL,
)
READ_ALOUD = {"aria-label", "title", "alt", "placeholder"}


class Said(HTMLParser):
    """The words that a template itself says, in texts and in attributes that are read aloud."""

    def __init__(self, template: str) -> None:
        super().__init__()
        self.words: set[str] = set()
        self.feed(SAID_ELSEWHERE.sub(" ", template))

    def handle_data(self, data: str) -> None:
        self.words.update(re.findall(r"[^\W\d_]{2,}", data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in READ_ALOUD:
                self.handle_data(value or "")


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
class TemplateTests:
    def test_says_nothing_that_cannot_be_translated(self, template: Path) -> None:
        assert Said(template.read_text(encoding="utf-8")).words - NAMES == set()


class SaidTests:
    def test_finds_words_outside_of_translations(self) -> None:
        template = '<p title="Hello" class="big">{% translate "World" %} there {{ name }}{# aside #}</p>'
        assert Said(template).words == {"Hello", "there"}


CATALOGUE = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "city"
msgstr "stad"

msgid "%(n)s day"
msgid_plural "%(n)s days"
msgstr[0] ""
msgstr[1] ""
"""


class CompilingTests:
    def test_skips_what_is_not_translated(self, tmp_path: Path) -> None:
        """Else the page would be blank where it could be English."""
        folder = tmp_path / "nl" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").write_text(CATALOGUE)
        (compiled,) = compile_catalogues(tmp_path)
        assert b"stad" in compiled.read_bytes()
        assert b"days" not in compiled.read_bytes()
        assert compile_catalogues(tmp_path) == []
