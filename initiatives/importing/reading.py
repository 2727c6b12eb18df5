"""Rows of a file, one at a time: CSV or GeoJSON, gzipped or not. Memory does not grow with the file."""

import csv
import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

import ijson
from django.utils.translation import gettext as _

from initiatives.importing.verdicts import Unreadable

DELIMITERS = (",", ";", "\t", "|")
# A line longer than this is no table: a wrong format, or a quotation mark that nobody closed.
LONGEST_LINE = 2_000_000
GZIP = b"\x1f\x8b"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Where the point of a GeoJSON feature stands among its cells.
LONGITUDE, LATITUDE = "geometry.longitude", "geometry.latitude"
TOO_MANY = "\0too many"


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts as people count: in a CSV the header is row 1, in GeoJSON the first feature is 1."""

    number: int
    cells: dict[str, str]


class ListFile:
    """A file and how far it is read."""

    def __init__(self, path: Path, encoding: str = "utf-8-sig") -> None:
        self.path = path
        self.encoding = encoding
        self._raw: IO[bytes] | None = None

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def position(self) -> int:
        """Bytes of the file itself, so that a gzipped one has a true share too."""
        return self._raw.tell() if self._raw and not self._raw.closed else 0

    def rows(self, required: Sequence[str]) -> Iterator[Row]:
        """Raises Unreadable when it is no such file, or breaks off."""
        try:
            with self.path.open("rb") as raw:
                self._raw = raw
                start = raw.peek(2)[:2]
                file = cast(BufferedReader, gzip.GzipFile(fileobj=raw)) if start == GZIP else raw
                yield from self._format(file)(file, required)
        except (OSError, EOFError) as error:
            raise Unreadable(f"{self.path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error

    def _format(self, file: BufferedReader) -> Callable[[BufferedReader, Sequence[str]], Iterator[Row]]:
        start = file.peek(200).removeprefix(b"\xef\xbb\xbf").lstrip()
        return features if start.startswith(b"{") else self._table

    def _table(self, file: BufferedReader, required: Sequence[str]) -> Iterator[Row]:
        encoding = "utf-16" if file.peek(2).startswith(UTF_16) else self.encoding
        # Bytes that are none of the encoding become lone surrogates: the row is refused, not the file.
        with TextIOWrapper(file, encoding=encoding, errors="surrogateescape", newline="") as text:
            yield from table(text, required)


def table(text: TextIOWrapper, required: Sequence[str]) -> Iterator[Row]:
    lines = _lines(text)
    first = next(lines, "")
    delimiter = _delimiter(first, required)
    header = _header(first, delimiter)
    for number, cells in enumerate(_parsed(lines, delimiter), start=2):
        if any(cells):
            row = dict(zip(header, cells, strict=False))
            yield Row(
                number,
                row
                | {TOO_MANY: _("%(number)d cells, the header %(most)d") % {"number": len(cells), "most": len(header)}}
                if len(cells) > len(header)
                else row,
            )


def _lines(text: TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise Unreadable(f"A line has more than {LONGEST_LINE:,} characters. Is this a CSV file?")
        yield line


def _delimiter(line: str, required: Sequence[str]) -> str:
    headers = {delimiter: _header(line, delimiter) for delimiter in DELIMITERS}
    for delimiter, header in headers.items():
        if set(required) <= set(header):
            return delimiter
    best = max(headers.values(), key=len)
    missing = " and ".join(f"“{name}”" for name in required if name not in best)
    found = ", ".join(best)[:300]
    raise Unreadable(f"The file has no column {missing}. Its first line reads: {found or 'nothing'}.")


def _header(line: str, delimiter: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]


def _parsed(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        raise Unreadable(
            f"Line {reader.line_num + 1} and what follows cannot be read ({error}). "
            "Is there a quotation mark that nobody closes?"
        ) from error


def features(file: BufferedReader, _required: Sequence[str]) -> Iterator[Row]:
    found = False
    try:
        for number, feature in enumerate(ijson.items(file, "features.item", use_float=True), start=1):
            found = True
            yield Row(number, _cells(feature) if isinstance(feature, dict) else {})
    except (ijson.JSONError, UnicodeDecodeError) as error:
        where = f"after feature {number}" if found else "at its start"
        raise Unreadable(f"This GeoJSON breaks off {where}: {str(error).splitlines()[0]}.") from error
    if not found:
        raise Unreadable("There are no features in this JSON. A GeoJSON FeatureCollection is expected.")


def _cells(feature: dict[str, Any]) -> dict[str, str]:
    properties = feature.get("properties")
    cells = {str(name): _told(value) for name, value in properties.items()} if isinstance(properties, dict) else {}
    geometry = feature.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        point = geometry.get("coordinates")
        if isinstance(point, list) and len(point) > 1:
            cells |= {LONGITUDE: _told(point[0]), LATITUDE: _told(point[1])}
    return cells


def _told(value: object) -> str:
    """Lists as our own export writes them; of objects nothing is taken."""
    if isinstance(value, list):
        return "; ".join(_told(each) for each in value)
    return "" if value is None or isinstance(value, dict) else str(value)
