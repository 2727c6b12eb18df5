"""Why two listings may be one, in sentences: for officers, and for who registers what may be listed already."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from initiatives.models.telling.book import Told
from initiatives.models.telling.marks import marked

KINDS = {
    "same_website": _("Same website"),
    "same_name": _("Same name"),
    "acronym": _("Initials"),
    "similar_name": _("Names alike"),
    "same_place": _("Same town"),
    "nearby": _("Next door"),
}
# What is in the evidence stands at {}; names and towns are folded there, so they are not quoted.
SENTENCES = {
    "same_website": _("Both have the website {}."),
    "same_name": _("Both go by the same name."),
    "acronym": _("One name is made of the first letters of the other."),
    "similar_name": _("Their names are alike."),
    "same_place": _("Both are in the same town."),
    "nearby": _("They are less than a kilometre apart."),
}


def why_the_same(reasons: Iterable[Mapping[str, Any]]) -> list[Told]:
    """The reasons of a `Likeness` or a `DuplicatePair`, strongest first."""
    known = [each for each in reasons if each["kind"] in KINDS]
    return [_told(each) for each in sorted(known, key=lambda each: -each["strength"])]


def _told(reason: Mapping[str, Any]) -> Told:
    kind = reason["kind"]
    sentence = format_html(SENTENCES[kind], marked(reason["evidence"].get("website", "")))
    return Told(kind, str(KINDS[kind]), sentence, reason["strength"])
