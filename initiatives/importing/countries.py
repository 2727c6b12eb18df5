"""Countries as people write them: by code, by name in many languages, by a part that is known better than the whole."""

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from babel import Locale
from django.conf import settings

from initiatives.importing.languages import PLAUSIBLE
from initiatives.text import fold

FURTHER: Path = settings.BASE_DIR / "fixtures" / "country_names.toml"
LOCALES = (*PLAUSIBLE, "ar", "he", "ja", "zh", "ko", "fa", "hi")


def country_code(told: str, own: Mapping[str, str] | None = None) -> str:
    """ISO 3166-1 alpha-2; empty where it is no country. `own` are spellings of one list, folded."""
    key = fold(told).strip(" .,;")
    return (own or {}).get(key) or spellings().get(key, "")


@cache
def spellings() -> dict[str, str]:
    """Folded spelling → code. A name that means two countries in two languages means none here."""
    meant: dict[str, set[str]] = {}
    for code in LOCALES:
        for territory, name in _territories(code):
            meant.setdefault(fold(name), set()).add(territory)
    sure = {name: codes.pop() for name, codes in meant.items() if len(codes) == 1}
    english = {fold(name): territory for territory, name in _territories("en")}
    further = tomllib.loads(FURTHER.read_text(encoding="utf-8"))
    own = {
        fold(name): code
        for code, names in chain(further["spellings"].items(), further["parts"].items())
        for name in names
    }
    codes = {territory.lower(): territory for territory in english.values()}
    return sure | english | codes | own


def _territories(locale: str) -> list[tuple[str, str]]:
    names = Locale.parse(locale).territories.items()
    # Two letters: the rest are continents and groups of countries; ZZ is “unknown”, EU and UN are no countries.
    return [(code, name) for code, name in names if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES]


NO_COUNTRIES = {"ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"}
