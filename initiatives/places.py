"""Names of countries and languages in the reader's language, from the Unicode CLDR."""

from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

from initiatives.text import fold

# Codes of the CLDR that stand for no country: outlying oceans, the euro zone, the United Nations, tests.
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
# The CLDR has names as they stand in lists.
ARTICLES = {
    "en": {"the": {"AE", "BS", "CF", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "PS", "SB", "SC", "US"}},
    "nl": {"het": {"GB"}, "de": {"AE", "BS", "CF", "DO", "KM", "MH", "MV", "PH", "PS", "SB", "SC", "US"}},
}


@cache
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _reader() -> Locale:
    return _locale(get_language() or "en")


def country_name(code: str) -> str:
    return _reader().territories.get(code, code)


def country_in_sentence(code: str) -> str:
    """Its name after “in”: “the Netherlands”, “het Verenigd Koninkrijk”; most countries have no article."""
    article = next((word for word, codes in ARTICLES.get(_reader().language, {}).items() if code in codes), "")
    return f"{article} {country_name(code)}".lstrip()


def language_name(code: str) -> str:
    """The language in the reader's words, as a title: “Dutch”, “Nederlands”."""
    name = _reader().languages.get(code.replace("-", "_")) or _reader().languages.get(code.split("-")[0], code)
    return name[:1].upper() + name[1:]


def own_language_name(code: str) -> str:
    """The language in its own words, for switching to it: “Nederlands”."""
    name = _locale(code).get_language_name(code.split("-")[0]) or code
    return name[:1].upper() + name[1:]


def is_country(code: str) -> bool:
    """Capitals or not: in addresses codes are in lower case."""
    return len(code) == 2 and code.upper() in Locale("en").territories


def is_language(code: str) -> bool:
    """Of a language that CLDR has a name for, wherever it is spoken: “nl”, “nl-BE”."""
    return code.split("-")[0] in Locale("en").languages


def country_choices() -> list[tuple[str, str]]:
    """Every country by its name in the reader's language, in the order of the alphabet."""
    codes = [
        code for code in Locale("en").territories if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    ]
    return sorted(((code, country_name(code)) for code in codes), key=lambda choice: fold(choice[1]))
