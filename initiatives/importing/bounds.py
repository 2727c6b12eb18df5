"""A file that somebody uploads, before anything reads it as a table: how large it may be, and what it may hold."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from initiatives.importing.reading import DELIMITERS, LONGEST_LINE
from initiatives.importing.verdicts import Unreadable

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 100
# Of a separator in one line: texts hold commas too.
MOST_SEPARATORS = 20_000
# How archives, spreadsheets, documents and pictures begin.
NO_TABLES = (b"PK", b"\x1f\x8b", b"BZh", b"7z", b"\xfd7zXZ", b"Rar!", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
NAME = "name"
# What the columns are called in the lists of towns; theirs on the left, lower case.
KNOWN_AS = {
    "naam": NAME,
    "nom": NAME,
    "title": NAME,
    "titel": NAME,
    "initiative": NAME,
    "initiatief": NAME,
    "id": "source_id",
    "website": "primary_url",
    "url": "primary_url",
    "site": "primary_url",
    "omschrijving": "description",
    "beschrijving": "description",
    "missie": "mission",
    "description courte": "mission",
    "site web": "primary_url",
    "ville": "city",
    "pays": "country",
    "langue": "language",
    "domain": "domains",
    "domein": "domains",
    "domeinen": "domains",
    "werkveld": "domains",
    "werkvelden": "domains",
    "domaine": "domains",
    "domaines": "domains",
    "stad": "city",
    "gemeente": "city",
    "town": "city",
    "land": "country",
    "taal": "language",
    "trefwoorden": "tags",
    "keywords": "tags",
}


def text_of(content: bytes) -> str:
    """As text with the names of our columns in its first line. Raises Unreadable, with a sentence fit for people."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // 1_000_000})
    if content.startswith(NO_TABLES):
        raise Unreadable(_("This is no CSV file. In a spreadsheet, choose “Save as” and then CSV."))
    text = _decoded(content)
    if "\0" in text:
        raise Unreadable(_("The file holds NUL characters: it is no CSV file, or it is damaged."))
    _refuse_giants(text)
    return _with_our_columns(text)


def count_rows(text: str) -> int:
    """Rows below the first. Raises Unreadable where they cannot be told apart, or are too many."""
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(_lines(text), delimiter=_delimiter(_first_line(text)))
    count = -1
    try:
        for _row in reader:
            count += 1
            if count > MOST_ROWS:
                raise Unreadable(_("%(most)d rows are the most: part the list.") % {"most": MOST_ROWS})
    except csv.Error:
        raise Unreadable(
            _("From line %(line)d on nothing can be read. Is there a quotation mark that nobody closes?")
            % {"line": reader.line_num + 1}
        ) from None
    if count < 1:
        raise Unreadable(_("There is no row below the first line."))
    return count


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16, else what spreadsheets on Windows write."""
    try:
        return content.decode("utf-16" if content.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _refuse_giants(text: str) -> None:
    """Counting is cheap; a list of a million cells is not."""
    for number, line in enumerate(_lines(text), start=1):
        if len(line) >= LONGEST_LINE or max(map(line.count, DELIMITERS)) > MOST_SEPARATORS:
            raise Unreadable(_("Line %(line)d is too long for a table.") % {"line": number})


def _with_our_columns(text: str) -> str:
    first = _first_line(text)
    delimiter = _delimiter(first)
    told = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
    if len(told) > MOST_COLUMNS:
        raise Unreadable(_("%(most)d columns are the most.") % {"most": MOST_COLUMNS})
    ours = [KNOWN_AS.get(name.lower(), name.lower()) for name in told]
    if NAME not in ours:
        raise Unreadable(
            _("The file has no column “name”. Its first line reads: %(line)s") % {"line": ", ".join(told)[:200]}
        )
    header = delimiter.join(f'"{name.replace(chr(34), "")}"' for name in _each_once(ours))
    return f"{header}\n{text[len(first) :]}"


def _each_once(names: list[str]) -> list[str]:
    """Of two columns of one name the first is meant."""
    return [name if name not in names[:place] else f"{name} {place}" for place, name in enumerate(names)]


def _first_line(text: str) -> str:
    return next(_lines(text), "")


def _lines(text: str) -> Iterator[str]:
    """One at a time: a list of a million would be twenty times the file."""
    return iter(io.StringIO(text, newline=""))


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=lambda each: (len(next(csv.reader([line], delimiter=each), [])), each == ","))
