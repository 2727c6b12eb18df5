"""What was seen in the texts, set off from the sentence that speaks of it."""

from django.utils.html import format_html
from django.utils.translation import get_language


def marked(text: str, lang: str = "") -> str:
    """For pages. A word in another language than the page's says so, so that screen readers pronounce it as it is."""
    if lang and _base(lang) != _base(get_language() or "en"):
        return format_html('<mark lang="{}">{}</mark>', lang, text)
    return format_html("<mark>{}</mark>", text)


def plain(text: str, lang: str = "") -> str:
    """For files, which have no place for a mark."""
    return text


def _base(language: str) -> str:
    return language.split("-")[0]
