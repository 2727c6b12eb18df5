"""Small turns of phrase."""

from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

OWN_WORDS = 3
ENOUGH_OWN = 2
MOST_WORDS = 4


def and_list(parts: Sequence[str]) -> str:
    """“a, b and c”."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    first = format_html_join(", ", "{}", ((part,) for part in parts[:-1]))
    return format_html(pgettext("a list: all but the last, the last", "{} and {}"), first, parts[-1])


def distance(metres: float) -> str:
    """Rounded as people say it: 80 m, 650 m, 1.2 km, 14 km."""
    tens = max(10, round(metres / 10) * 10)
    if tens < 1000:
        return _("%(n)s m") % {"n": number_format(tens)}
    kilometres = round(metres / 1000, 1)
    # Rounded here, since number_format cuts off.
    said = number_format(kilometres, decimal_pos=1) if kilometres < 10 else number_format(round(metres / 1000))
    return _("%(n)s km") % {"n": said}


def own_words(by_language: Mapping[str, Sequence[str]]) -> list[str]:
    """Those in the reader's language."""
    return list(by_language.get((get_language() or "en").split("-")[0], ()))[:OWN_WORDS]


def words_for_reader(by_language: Mapping[str, Sequence[str]]) -> list[str]:
    """The reader's own; only where these are few one of every other language after them."""
    return [word for word, _ in words_with_language(by_language)]


def words_with_language(by_language: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """The same, each with the language it is in; none where that is the reader's. Of one language alone its first."""
    own = [(word, "") for word in own_words(by_language)]
    if len(own) >= ENOUGH_OWN:
        return own
    told = dict(own)
    if len(by_language) == 1:
        return [(word, language) for language, words in by_language.items() for word in words[:OWN_WORDS]]
    for language, words in by_language.items():
        if words:
            told.setdefault(words[0], language)
    return list(told.items())[:MOST_WORDS]
