"""Whether the entries of `fixtures/initiatives/` are borne out by the lists that they name."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from initiatives.text import words

# Of each list: what names a row, and what the row is called.
Rows = dict[str, str]
HEADINGS = ("title:", "name:")


@dataclass(frozen=True, slots=True)
class Borne:
    """An entry and how it is borne out: rows that were found, rows that are not there, addresses."""

    entry: str
    file: str
    found: tuple[str, ...]
    missing: tuple[str, ...]
    # Rows that are there under a name that has no word in common with the entry's: worth a look.
    otherwise_named: tuple[str, ...]
    addresses: int

    @property
    def verdict(self) -> str:
        if self.missing:
            return "row missing"
        if self.found:
            return "borne out"
        return "address alone" if self.addresses else "nothing"


class Lists:
    """The lists in a folder, each read when the first entry names it."""

    def __init__(self, folder: Path) -> None:
        self._rows = cache(lambda name: _READERS[name](folder) if name in _READERS else {})

    def bears_out(self, entry: Mapping[str, Any]) -> Borne:
        named = [(item["set"], str(item["row"])) for item in entry["evidence"] if "set" in item]
        found = [(name, row) for name, row in named if row in self._rows(name)]
        return Borne(
            entry=entry["id"],
            file=entry["file"],
            found=tuple(f"{name}: {row}" for name, row in found),
            missing=tuple(f"{name}: {row}" for name, row in named if row not in self._rows(name)),
            otherwise_named=tuple(
                f"{name}: {row} is called “{self._rows(name)[row]}”"
                for name, row in found
                if not _alike([entry["name"], *entry.get("nicknames", ())], self._rows(name)[row])
            ),
            addresses=sum("url" in item for item in entry["evidence"]),
        )


def _alike(names: Iterable[str], told: str) -> bool:
    """A word of three letters in common; or, for what is written in one word there, the same letters."""
    theirs = words(told)
    joined = "".join(theirs)
    for name in names:
        ours = words(name)
        if {word for word in ours if len(word) > 2} & set(theirs) or "".join(ours) in joined or joined in "".join(ours):
            return True
    return False


def _table(file: Path, key: str, name: str) -> Rows:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return {row[key]: row[name] for row in csv.DictReader(text)}


def _p2p_wiki(folder: Path) -> Rows:
    """Pages of initiatives, and those in further languages, whose table names them by title."""
    further = _table(folder / "p2p_wiki" / "language_pages.csv", "name", "name")
    pages = {f"https://wiki.p2pfoundation.net/{name.replace(' ', '_')}": name for name in further}
    return pages | _table(folder / "p2p_wiki" / "initiatives.csv", "source_page", "name")


def _osta(folder: Path) -> Rows:
    return _table(folder / "osta" / "organisations_clean.csv", "organization_name", "organization_name")


def _susy(folder: Path) -> Rows:
    features = json.loads((folder / "susy" / "initiatives.geojson").read_text(encoding="utf-8"))["features"]
    return {row["_id"]: row["name"] for row in (feature["properties"] for feature in features)}


def _dpg(folder: Path) -> Rows:
    """By id where a good has one, and by name."""
    lines = (folder / "dpg" / "digitalpublicgoods.jsonl").read_text(encoding="utf-8").splitlines()
    goods = [json.loads(line) for line in lines if line.strip()]
    return {str(good[key]): good["name"] for good in goods for key in ("id", "name") if good.get(key)}


def _codefor_de(folder: Path) -> Rows:
    root = folder / "codefor_de"
    return {file.relative_to(root).as_posix(): _heading(file) for file in sorted(root.rglob("*.md"))}


def _heading(file: Path) -> str:
    lines: Iterator[str] = iter(file.read_text(encoding="utf-8").splitlines())
    told = (line.partition(":")[2].strip(" \"'") for line in lines if line.lower().startswith(HEADINGS))
    return next(told, file.stem)


_READERS: dict[str, Callable[[Path], Rows]] = {
    "codefor_de": _codefor_de,
    "dpg": _dpg,
    "osta": _osta,
    "p2p_wiki": _p2p_wiki,
    "susy": _susy,
}
