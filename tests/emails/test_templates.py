"""Every mail in every language: whole, short in its subject, and honest about who writes and why."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from commons_directory.embedded import ROOT
from initiatives.emails import Rendered, render
from initiatives.models import Mail
from tests.emails.samples import sample

FOLDER = ROOT / "templates" / "emails"
KINDS = sorted(file.stem for file in FOLDER.glob("*.txt") if file.stem != "base")
LANGUAGES = [code for code, _ in settings.LANGUAGES]
LONGEST = 70
# Two sentences that stand in every mail.
BEFORE_SIGNATURE = "-- \n"


def rendered(kind: str, language: str = "en", *, is_unverified: bool = False) -> Rendered:
    mail = Mail(key="k", kind=kind, to="alice@example.org", language=language, context=sample(kind))
    mail.is_unverified = is_unverified
    return render(mail)


def names_missing(kind: str) -> list[str]:
    """What the template asks for and the sample does not have."""
    missing: list[str] = []

    class Missing(str):
        def __contains__(self, _: object) -> bool:
            return True

        def __mod__(self, name: object) -> str:
            missing.append(str(name))
            return ""

    engine = Engine(dirs=[ROOT / "templates"], string_if_invalid=Missing("%s"), libraries=_libraries())
    context = Context(sample(kind) | {"site": "https://example.org", "refuse_url": ""})
    with translation.override("en"):
        engine.get_template(f"emails/{kind}.txt").render(context)
    return missing


def _libraries() -> dict[str, str]:
    return {"i18n": "django.templatetags.i18n", "humanize": "django.contrib.humanize.templatetags.humanize"}


@pytest.mark.parametrize("kind", KINDS)
class EachMailTests:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_whole(self, kind: str, language: str):
        mail = rendered(kind, language)
        assert 0 < len(mail.subject) <= LONGEST
        text, signature = mail.text.split(BEFORE_SIGNATURE)
        assert len(text.split()) > 5
        # The first paragraph says who we are, the second why they get this.
        assert len([part for part in signature.split("\n\n") if part.strip()]) == 2
        assert "{{" not in mail.text
        assert "&" not in mail.text.replace("&next=", "")

    def test_is_in_the_language_of_who_reads_it(self, kind: str):
        assert len({rendered(kind, language).subject for language in LANGUAGES}) == len(LANGUAGES)

    def test_gets_every_word_that_it_needs(self, kind: str):
        assert names_missing(kind) == []

    def test_a_stranger_can_say_never_again(self, kind: str):
        assert "/mails/never-again/" in rendered(kind, is_unverified=True).text
        assert "/mails/never-again/" not in rendered(kind).text

    def test_names_no_page_by_a_path_alone(self, kind: str):
        lines = rendered(kind).text.splitlines()
        assert [line for line in lines if line.startswith("/")] == []


class TemplatesTests:
    def test_all_extend_the_base(self):
        files = [FOLDER / f"{kind}.txt" for kind in KINDS]
        assert [file.name for file in files if not _extends(file)] == []


def _extends(file: Path) -> bool:
    return file.read_text(encoding="utf-8").startswith('{% extends "emails/base.txt" %}')
