"""Real texts that made listings are put together from: the demonstration data, and the lists of a folder where there is
one.

The folder (`--texts`, or the environment variable COMMONS_SHARED) holds any of: `overlap_rows/*.csv` (rows as in
`benchmarks/quality.py`), `overlap_pairs/*.csv` (pairs), `p2p_wiki/language_pages.csv` (name, lang, description,
categories) and `codefor_de/content/projekte/*.md`. What is missing is left out.
"""

from __future__ import annotations

import csv
import os
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale

from initiatives.overlap.values import Activity, Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
FOLDER_VARIABLE = "COMMONS_SHARED"
LIST = "; "
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
MOST_SENTENCES = 15
# Words of a sentence that says anything.
FEWEST_WORDS = 3
# Texts of this length in a file of pairs were cut there, in the middle of a sentence.
CUT_AT = 200
FRONT_MATTER = "---"
# Countries stand in these lists as codes or as people call them, in languages of the lists.
NAMED_IN = ("en", "de", "fr", "es", "pt", "it", "nl")
CALLED = {"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "usa": "US"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseText:
    """What one real listing says. `topics`: whatever its curators filed it under."""

    name: str
    sentences: tuple[str, ...]
    language: str
    country: str = ""
    domains: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    structure: str = ""
    licences: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()


def lists(folder: Path | None) -> list[list[BaseText]]:
    """A list per source, each in the order of its file; sources without a usable text are left out."""
    csv.field_size_limit(10_000_000)
    found = [_demonstration()]
    if folder is not None:
        found += [_rows(path) for path in sorted(folder.glob("overlap_rows/*.csv"))]
        found += [_pairs(path) for path in sorted(folder.glob("overlap_pairs/*.csv"))]
        found += [_language_pages(path) for path in folder.glob("p2p_wiki/language_pages.csv")]
        found.append(_front_matter_pages(folder / "codefor_de/content/projekte"))
    told = [[base for base in each if base.name.strip() and base.sentences] for each in found]
    # One list may lie there twice, with domains and without: the later, longer name is the one with.
    return list({tuple(base.name for base in each): each for each in told if each}.values())


def folder_told(asked: Path | None) -> Path | None:
    """What was asked for, else the folder of the environment variable or its `data`, if there is one."""
    if asked is not None:
        return asked
    named = os.environ.get(FOLDER_VARIABLE)
    if not named:
        return None
    folder = Path(named)
    return folder / "data" if (folder / "data").is_dir() else folder


def activities() -> tuple[Activity, ...]:
    rows = tomllib.loads((FIXTURES / "activities.toml").read_text(encoding="utf-8"))["activity"]
    return tuple(
        Activity(code=row["code"], domain=row["domain"], terms={k: tuple(v) for k, v in row["terms"].items()})
        for row in rows
    )


def sentences_of(text: str) -> tuple[str, ...]:
    """The first sentences of a text, each with its full stop, so that they can be joined and taken apart again."""
    parts = SENTENCE_END.split(" ".join(text.split()))
    told = [part if part[-1] in ".!?" else f"{part}." for part in parts if len(part.split()) >= FEWEST_WORDS]
    return tuple(dict.fromkeys(told))[:MOST_SENTENCES]


def _demonstration() -> list[BaseText]:
    files = sorted((FIXTURES / "initiatives").glob("*.toml"))
    rows = [row for file in files for row in tomllib.loads(file.read_text(encoding="utf-8"))["initiative"]]
    return [_of_fixture(row) for row in rows]


def _of_fixture(row: Mapping[str, Any]) -> BaseText:
    domains, tags = tuple(row.get("domains", ())), tuple(row.get("tags", ()))
    return BaseText(
        name=row["name"],
        sentences=sentences_of(f"{row.get('mission', '')} {row.get('description', '')}"),
        language=row.get("language", ""),
        country=row.get("country", ""),
        domains=domains,
        tags=tags,
        topics=tags or domains,
        structure=row.get("structure", ""),
        exchanges=tuple(_exchanges(row)),
    )


def _exchanges(row: Mapping[str, Any]) -> Iterator[Exchange]:
    for told in row.get("wants", ()):
        yield Exchange(direction="want", **_of_exchange(told))
    for told in row.get("offers", ()):
        yield Exchange(direction="offer", **_of_exchange(told))


def _of_exchange(told: Mapping[str, Any]) -> dict[str, Any]:
    words = ("title", "item_type", "transaction_type", "description")
    return {word: told.get(word, "") for word in words} | {"tags": tuple(told.get("tags", ()))}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rows(path: Path) -> list[BaseText]:
    return [
        BaseText(
            name=row["name"],
            sentences=sentences_of(row["description"] or row["mission"]),
            language=row["language"],
            country=_country(row["country"]),
            domains=_split(row["domains"]),
            tags=_split(row["tags"]) or tuple(label.rpartition("/")[2].lower() for label in _split(row["label"])[:4]),
            topics=_split(row["label"]),
        )
        for row in _read(path)
    ]


def _pairs(path: Path) -> list[BaseText]:
    from py3langid import classify

    found = {
        row[f"desc_{side}"]: (row[f"name_{side}"], row[f"country_{side}"]) for row in _read(path) for side in ("a", "b")
    }
    return [
        BaseText(name=name, sentences=_uncut(text), language=classify(text)[0], country=_country(country))
        for text, (name, country) in found.items()
        if text.strip()
    ]


def _uncut(text: str) -> tuple[str, ...]:
    told = sentences_of(text)
    return told[:-1] if len(text) >= CUT_AT else told


def _language_pages(path: Path) -> list[BaseText]:
    return [
        BaseText(
            name=row["name"],
            sentences=sentences_of(row["description"]),
            language=row["lang"],
            topics=_split(row["categories"]),
        )
        for row in _read(path)
    ]


def _front_matter_pages(folder: Path) -> list[BaseText]:
    """Markdown with a title between two lines of dashes, all in German."""
    found = []
    for file in sorted(folder.glob("*.md")):
        _, head, text = file.read_text(encoding="utf-8", errors="replace").split(FRONT_MATTER, 2)
        title = re.search(r"^title:\s*(.+)$", head, re.MULTILINE)
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|<[^>]+>|[*_#>`]", r"\1", text)
        if title:
            name = title[1].strip("'\" ")
            found.append(BaseText(name=name, sentences=sentences_of(plain), language="de", country="DE"))
    return found


def _split(joined: str) -> tuple[str, ...]:
    return tuple(filter(None, joined.split(LIST)))


def _country(told: str) -> str:
    """Its code; empty where nobody of that name is known."""
    return told if len(told) == 2 and told != "UK" else _codes().get(told.strip().casefold(), "")


@cache
def _codes() -> Mapping[str, str]:
    named = {
        name.casefold(): code
        for language in NAMED_IN
        for code, name in Locale(language).territories.items()
        if len(code) == 2
    }
    return named | CALLED
