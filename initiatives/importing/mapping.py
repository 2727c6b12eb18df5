"""What the columns of somebody's list mean: a TOML file, shipped in `mappings/` or written by whoever imports.

docs/importing.md explains the file.
"""

import re
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from initiatives.importing.records import BESIDE, OWN
from initiatives.models.choices import OrganisationalStructure, SelfDescription
from initiatives.text import fold

SHIPPED = Path(__file__).parent / "mappings"
# What a mapping may fill: columns of the listing, rows beside it, and words from which a city is found.
FIELDS = frozenset({"source", "source_id", *OWN, *BESIDE, "city", "geonames_id", "region", "public_id"}) - {
    "city_id",
    "exchanges",
    "translations",
    "slug",
}
WORD_FIELDS = frozenset({"domains", "tags", "self_description", "organisational_structure"})
SECTIONS = frozenset(
    {"source", "columns", "constants", "words", "translations", "countries", "languages", "refuse", "separators"}
    | {"encoding", "exact", "leave_out", "required"}
)
SOURCE_FIELDS = frozenset({"code", "name", "url", "data_licence", "attribution"})


class UnknownMapping(Exception):
    """There is no such mapping, or it cannot be used; the sentence says why."""


Patterns = Table[str, re.Pattern[str]]  # by column


@dataclass(frozen=True, slots=True)
class Refusal:
    """Rows that are not taken: every pattern of `when` is found in its column, and none of `unless`."""

    when: Patterns
    reason: str
    unless: Patterns

    def holds(self, cells: Table[str, str]) -> bool:
        return all(_found(self.when, cells)) and not any(_found(self.unless, cells))


def _found(patterns: Patterns, cells: Table[str, str]) -> list[bool]:
    return [bool(pattern.search(cells.get(column, ""))) for column, pattern in patterns.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    name: str
    source: Table[str, str] = field(default_factory=dict)
    columns: Table[str, tuple[str, ...]]
    constants: Table[str, str] = field(default_factory=dict)
    words: Table[str, Table[str, Table[str, tuple[str, ...]]]] = field(default_factory=dict)
    translations: Table[str, str] = field(default_factory=dict)
    countries: Table[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    leave_out: tuple[str, ...] = ()
    separators: str = ";"
    encoding: str = "utf-8-sig"
    required: tuple[str, ...] = ()
    # The values are our own, as our export writes them: taken letter by letter, guards undone.
    exact: bool = False

    @property
    def used(self) -> frozenset[str]:
        """Every column that is read."""
        told = {name for names in self.columns.values() for name in names}
        return frozenset({*told, *self.words, *self.translations})


def load(name: str) -> Mapping:
    """By the name of a shipped one or the path of a file. Raises UnknownMapping."""
    shipped = SHIPPED / f"{name}.toml"
    path = shipped if re.fullmatch(r"[\w-]+", name) and shipped.is_file() else Path(name)
    if not path.is_file():
        raise UnknownMapping(f"There is no mapping “{name}”. Known are {', '.join(shipped_names())}, or name a file.")
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnknownMapping(f"The mapping {path} cannot be read: {error}.") from error
    try:
        return _mapping(path.stem, told)
    except (AttributeError, TypeError, re.error) as error:
        raise UnknownMapping(f"The mapping {path} cannot be used: {error}.") from error


def shipped_names() -> list[str]:
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def _mapping(name: str, told: dict[str, Any]) -> Mapping:
    _known(told, SECTIONS, "section")
    _known(told.get("source", {}), SOURCE_FIELDS, "word under [source]")
    columns = {ours: _several(theirs) for ours, theirs in told.get("columns", {}).items()}
    _known(columns, FIELDS, "column of ours")
    _known(told.get("constants", {}), FIELDS, "column of ours")
    if "name" not in columns:
        raise UnknownMapping(f"The mapping {name} does not say where the name stands: [columns] name = …")
    words = {column: _meanings(values) for column, values in told.get("words", {}).items()}
    return Mapping(
        name=name,
        source=told.get("source", {}),
        columns=columns,
        constants=told.get("constants", {}),
        words=words,
        translations=told.get("translations", {}),
        countries={fold(spelling): code for spelling, code in told.get("countries", {}).items()},
        languages=tuple(told.get("languages", ())),
        refusals=tuple(_refusal(each) for each in told.get("refuse", ())),
        leave_out=tuple(told.get("leave_out", ())),
        separators=told.get("separators", ";"),
        encoding=told.get("encoding", "utf-8-sig"),
        required=tuple(told.get("required", columns["name"][:1])),
        exact=told.get("exact", False),
    )


def _meanings(values: dict[str, dict[str, Any]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """What a word of theirs says: {"timebanking": {"domains": […], "tags": […]}}."""
    meanings = {}
    for word, told in values.items():
        _known(told, WORD_FIELDS, "kind of meaning")
        meant = {field_name: _several(codes) for field_name, codes in told.items()}
        _known(meant.get("self_description", ()), SelfDescription.values, "self-description")
        _known(meant.get("organisational_structure", ()), OrganisationalStructure.values, "structure")
        meanings[fold(word)] = meant
    return meanings


def _refusal(told: dict[str, Any]) -> Refusal:
    _known(told, {"when", "reason", "unless"}, "word under [[refuse]]")
    if not told.get("when") or not told.get("reason"):
        raise UnknownMapping("Every [[refuse]] has when = { column = 'pattern' } and a reason.")
    return Refusal(_patterns(told["when"]), told["reason"], _patterns(told.get("unless", {})))


def _patterns(told: dict[str, str]) -> Patterns:
    return {column: re.compile(pattern) for column, pattern in told.items()}


def _several(told: str | list[str]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)


def _known(told: Any, known: Any, what: str) -> None:
    unknown = sorted(set(told) - set(known))
    if unknown:
        raise UnknownMapping(f"No {what} is called {', '.join(unknown)}. There are: {', '.join(sorted(known))}.")
