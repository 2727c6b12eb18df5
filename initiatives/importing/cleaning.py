"""Values as people typed them, made fit to keep. What cannot be kept is left out, never guessed."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from initiatives.importing.verdicts import Refused
from initiatives.text import words

LONGEST_CELL = 50_000
LONGEST_NAME = 200
LONGEST_URL = 500
LONGEST_ID = 300
LONGEST_TAG = 60
LEFT_OUT = "[…]"

# What a PostgreSQL text or a page cannot show; tab and line ends may stand in a text.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
# Soft hyphens, zero-width spaces, marks of direction and of byte order, what is left of Windows' own characters: nobody
# sees them, nobody typed them.
INVISIBLE = re.compile("[\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# A number that says it is one, by a word before it or by the code of a country.
PHONE = re.compile(
    r"(?i)(?:\b(?:tel|telephone|telefono|telefon|telefoon|phone|fon|mobile|mobil|handy|gsm|fax|τηλ)\b[.:]*\s*|(?=\+|\b00))"
    r"\+?\(?\d[\d\s()/.\-]{6,24}\d"
)
# A number as people of one country write it: “09 233 12 34”, “06-12345678”. A year or a sum begins with no nought, and
# “14.00-17.00” is an hour.
LOCAL_PHONE = re.compile(r"(?<![\w.,/-])\(?0\d{1,4}\)?(?:[\s./-]?\d){6,9}(?![\w/-])")
YEAR = re.compile(r"(?:c\.?a?\.?|circa|about|~|≈)?\s*(\d{4})", re.IGNORECASE)
TEST_NAMES = frozenset({"test", "tests", "testing", "teste", "prova", "prueba", "essai", "proef", "asdf", "xxx", "na"})
HTTP = re.compile(r"(?i)^(?:www\.(?=https?:))?(https?)[:;]/{1,3}")
HOST = re.compile(r"(?i)^[^\s/@:]+\.[^\W\d_]{2,}(?:[:/?#].*)?$")
DOCUMENT = re.compile(r"(?i)\.(pdf|docx?|xlsx?|pptx?|odt|ods|rtf|mp3|mp4|ogg|jpe?g|png)$")
_valid_url = URLValidator(schemes=["http", "https"])


def refuse_what_cannot_be_kept(cells: dict[str, str], used: Iterable[str]) -> None:
    """Raises Refused for a cell that no database or page could hold."""
    for name in used:
        cell = cells.get(name, "")
        if SURROGATE.search(cell):
            raise Refused(_("“%(column)s” holds bytes that are not in the file’s encoding") % {"column": name})
        if found := CONTROL.search(cell):
            raise Refused(
                _("“%(column)s” holds a control character (U+%(code)04X)") % {"column": name, "code": ord(found[0])}
            )
        if len(cell) > LONGEST_CELL:
            raise Refused(
                _("“%(column)s” has %(number)s characters; %(most)s are the most")
                % {"column": name, "number": f"{len(cell):,}", "most": f"{LONGEST_CELL:,}"}
            )


def line(text: str) -> str:
    """One line, one space between words."""
    return " ".join(INVISIBLE.sub("", text).split())


def paragraphs(text: str) -> str:
    """Lines stay lines; at most one empty line between them."""
    lines = [" ".join(each.split()) for each in INVISIBLE.sub("", text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_contacts(text: str) -> str:
    """No e-mail address or telephone number of a person leaves the house, so none is taken in."""
    for pattern in (EMAIL, PHONE, LOCAL_PHONE):
        text = pattern.sub(LEFT_OUT, text)
    return text


def checked_name(told: str) -> str:
    name = line(told)
    said = words(name)
    if not name:
        raise Refused(_("it has no name"))
    if len("".join(said)) < 2 or not any(c.isalpha() for c in name):
        raise Refused(_("“%(name)s” is no name") % {"name": name[:40]})
    if all(word in TEST_NAMES or word.isdigit() for word in said):
        raise Refused(_("“%(name)s” looks like a test") % {"name": name[:40]})
    if len(name) > LONGEST_NAME:
        raise Refused(
            _("its name has %(number)d characters; %(most)d are the most") % {"number": len(name), "most": LONGEST_NAME}
        )
    return name


def websites(cell: str) -> tuple[list[str], list[str]]:
    """The addresses in a cell, and the words in it that are none: “see example.org; update6”."""
    found: dict[str, None] = {}
    junk = []
    for told in re.split(r"[\s;|]+|,(?=\s|https?:|www\.)", INVISIBLE.sub("", cell)):
        address = website(told.strip("<>()\"'“”,"))
        # What follows a first address must say that it is one: “example.org/a page.html” is one with a space in it.
        if address and (not found or told.startswith(("http", "www."))):
            found[address] = None
        elif told.strip("-–.,/"):
            junk.append(told)
    return list(found), junk


def website(told: str) -> str:
    """With http:// where the scheme was left out; empty where it is no address."""
    named = HTTP.match(told)
    rest = (told[named.end() :] if named else told).rstrip(".,")
    if not HOST.match(rest):
        return ""
    scheme = named[1].lower() if named else "http"
    address = f"{scheme}://{rest}"
    host = (urlsplit(address).hostname or "") if is_website(address) else ""
    return address if "." in host.removeprefix("www.") else ""


def is_website(address: str) -> bool:
    try:
        _valid_url(address)
    except (ValidationError, ValueError):
        return False
    return len(address) <= LONGEST_URL


def is_document(address: str) -> bool:
    """One file somewhere is not the site of an initiative, though worth a link."""
    return bool(DOCUMENT.search(urlsplit(address).path))


def year(told: str) -> tuple[int | None, str]:
    """A year that is stated, and how exactly."""
    found = YEAR.fullmatch(told.strip())
    if not found or not 1000 <= int(found[1]) <= date.today().year:
        return None, ""
    return int(found[1]), "exact" if told.strip().isdigit() else "approximate"


def number(told: str) -> float | None:
    try:
        value = float(told.strip().replace(",", "."))
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None  # noqa: PLR0124 (nan alone differs from itself)


def point(latitude: str, longitude: str) -> tuple[float, float] | None:
    """In degrees; nothing lies at 0° 0°, where failed geocoding puts everybody."""
    north, east = number(latitude), number(longitude)
    if north is None or east is None or not (-90 <= north <= 90 and -180 <= east <= 180):
        return None
    return (north, east) if north or east else None


def split(cell: str, separators: str) -> list[str]:
    pattern = f"[{re.escape(separators)}\n]"
    return list(dict.fromkeys(told for part in re.split(pattern, cell) if (told := line(part))))


def is_tag(told: str) -> bool:
    return len(told) <= LONGEST_TAG and any(unicodedata.category(c).startswith("L") for c in told)
