"""Every page, in every language: valid HTML, one heading, its own address, and nothing that the policy refuses."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from initiatives.models import Group, Initiative
from tests import people
from tests.addresses import pages
from tests.views.reading import body, get

LANGUAGES = [code for code, _ in settings.LANGUAGES]
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)


def directory() -> None:
    """Something of everything, so that every part of every template is drawn."""
    garden = people.initiative(
        name="Tuin & <Heden>",
        mission="Een tuin voor “iedereen” & co",
        description="Met *nadruk*\n\n- en een lijst\n- <script>alert(1)</script>",
        language="nl",
        nickname=["De Tuin"],
        primary_url="https://tuin.example.org/",
        domains=["food", "energy"],
        tags=["wood", "timber"],
        licences=[("MIT", "software"), ("CC-BY-4.0", "data")],
        wants=["A <room>"],
        offers=["Apples"],
        translations={"en": "A garden"},
        organisational_structure="mutual",
        self_description=["commons"],
        number_of_members=1200,
        founded_year=2001,
        founded_precision="approximate",
        latitude=51.05,
        longitude=3.72,
        confirmed_on="2026-01-01",
        source="list",
        source_id="1",
        evidence=[{"url": "https://e.example.org/", "for": ["name"]}],
    )
    closed = people.initiative(
        name="Ended",
        status="completed",
        founded_year=1999,
        founded_precision="exact",
        closed_year=2009,
        domains=["food"],
    )
    bare = people.initiative(
        name="Bare", city=None, source="list", source_id="2", geographic_scope="unknown", language="und"
    )
    far = people.initiative(name="Lontano", language="it", city=people.city("Bologna"), domains=["housing"])
    people.group(garden, closed, far)
    people.pair(garden, bare, kind="complementary")
    people.link(source=garden, target=far)
    people.link(source=closed, target=garden, kind="partner_of")
    people.platform(name="Taxi App", primary_url="https://app.example.com/")
    people.initiative(name="Merged", review_state="merged", merged_into=garden)
    people.tag("plank", synonym_of=people.tag("wood"))


QUESTIONS = [
    "initiatives/?q=tuin&domain=food&city=ghent&sort=founded",
    "initiatives/?q=gardne",
    "initiatives/?q=%3Cscript%3E&tag=%22%3E%3Cb%3E",
    "initiatives/?domain=housing&city=ghent",
    "groups/?sort=newest&page=99",
    "map/?domain=food",
    "no/such/page/",
]


def addresses(language: str) -> list[str]:
    prefix = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    return [*pages(language), *(prefix + question for question in QUESTIONS)]


def answers(language: str) -> Iterator[tuple[str, str]]:
    for address in addresses(language):
        response = Client().get(address, follow=True)
        assert response.status_code == (404 if "no/such" in address else 200), address
        assert not response.cookies, address
        yield address, body(response)


def listings_and_groups() -> list[str]:
    return [row.get_absolute_url() for row in (Initiative.objects.get(name__startswith="Tuin"), Group.objects.get())]


def elements(tree: Element, name: str) -> list[Element]:
    return list(tree.iter(name))


def faults(address: str, text: str, language: str) -> Iterator[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    yield from (f"{address}: {place} {code} {told}" for place, code, told in parser.errors)
    yield from (f"{address}: {fault}" for fault in structural_faults(tree, language))


def structural_faults(tree: Element, language: str) -> Iterator[str]:
    if tree.get("lang") != language:
        yield f"lang is {tree.get('lang')}"
    if len(elements(tree, "h1")) != 1 or not "".join(elements(tree, "h1")[0].itertext()).strip():
        yield "not one h1"
    titles = [title for head in elements(tree, "head") for title in elements(head, "title")]
    if len(titles) != 1 or not (titles[0].text or "").strip(" –"):
        yield "not one title"
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    yield from (f"id {each} twice" for each in set(ids) if ids.count(each) > 1)
    yield from wrong_references(tree, set(ids))
    yield from inline(tree)
    links = [(each.get("rel"), each.get("hreflang")) for each in elements(tree, "link")]
    if ("canonical", None) not in links or not {("alternate", code) for code in LANGUAGES} <= set(links):
        yield "no canonical or alternate address"


def wrong_references(tree: Element, ids: set[str]) -> Iterator[str]:
    for each in tree.iter():
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            for target in (each.get(name) or "").split():
                if target not in ids:
                    yield f"{name} {target} leads nowhere"


def inline(tree: Element) -> Iterator[str]:
    for each in tree.iter():
        if not isinstance(each.tag, str):
            continue
        if each.tag == "style" or each.get("style") is not None:
            yield f"inline style in {each.tag}"
        if each.tag == "script" and not each.get("src"):
            yield "inline script"
        yield from (f"{name} on {each.tag}" for name in each.attrib if str(name).startswith("on"))
        if str(each.get("href") or "").lower().startswith("javascript:"):
            yield "script in a link"


@pytest.mark.django_db
class PageTests:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_is_valid_html_with_one_heading_and_nothing_inline(self, language: str) -> None:
        directory()
        found = [fault for address, text in answers(language) for fault in faults(address, text, language)]
        assert found == []

    def test_texts_of_listings_carry_their_own_language(self) -> None:
        directory()
        texts = [get(address) for address in ("/initiatives/", "/cities/ghent/", *listings_and_groups())]
        missions = [part for text in texts for part in re.findall(r"<p[^>]*>Een tuin voor", text)]
        assert len(missions) >= len(texts)
        assert {part for part in missions if 'lang="nl"' not in part} == set()

    def test_a_page_that_is_not_there_says_so_in_its_language(self) -> None:
        assert "<h1>This page is not here</h1>" in body(Client().get("/no/such/page/"))
        with translation.override("nl"):
            page = body(Client().get("/nl/geen/pagina/"))
        assert '<html lang="nl">' in page
        assert "This page is not here" not in page


class SourceTests:
    def test_optional_fields_say_so_in_words_and_nothing_is_starred(self) -> None:
        """A-2: no asterisk in what a template says."""
        starred = [
            f"{file.name}: {line.strip()}"
            for file in TEMPLATES
            for line in COMMENT.sub("", file.read_text(encoding="utf-8")).splitlines()
            if "*" in line
        ]
        assert starred == []

    def test_no_template_holds_style_or_script(self) -> None:
        pattern = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|\|safe\b|autoescape off")
        found = [
            f"{file.name}: {match[0].strip()}"
            for file in TEMPLATES
            for match in pattern.finditer(COMMENT.sub("", file.read_text(encoding="utf-8")))
        ]
        assert found == []
