"""Message catalogues, extracted and compiled by Babel: a fresh machine has no gettext, and no .mo file is committed."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from commons_directory.embedded import ROOT

LOCALES = ROOT / "initiatives" / "locale"
SOURCES = {"commons_directory": "*.py", "initiatives": "*.py", "templates": "*"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def compile_catalogues(folder: Path = LOCALES) -> list[Path]:
    """Those that changed since they were compiled; answers the compiled files it wrote."""
    return [_compile(source) for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]


def extracted() -> Catalog:
    """Every message of code and templates, with the files that say it; no lines, which change with every edit."""
    catalogue = Catalog(domain="django", charset="utf-8")
    for folder, pattern in SOURCES.items():
        for file in sorted((ROOT / folder).rglob(pattern)):
            if file.is_file() and "migrations" not in file.parts:
                for text, context in _messages(file):
                    catalogue.add(text, context=context, locations=[(str(file.relative_to(ROOT)), 0)])
    return catalogue


def update(source: Path) -> Catalog:
    """Brings a catalogue up to date: new messages come in empty, those that nobody says any more go."""
    head = source.read_bytes().split(b"\n\n", 1)[0]
    catalogue = read(source)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with source.open("wb") as file:
        # As it was, since Babel would put the hour in it.
        file.write(head + b"\n\n")
        write_po(file, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=True)
    return catalogue


def read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=source.parent.parent.name, domain="django")


def is_translated(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms) and not message.fuzzy


def _messages(file: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # Django turns a template into calls of gettext amid noise; Babel's tokenizer minds the noise's indentation.
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    for _line, text, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield text, context


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    compiled = source.with_suffix(".mo")
    catalogue = read(source)
    for message in [message for message in catalogue if message.id and not is_translated(message)]:
        # Else Babel writes an empty plural, and the page stays blank where it could be English.
        catalogue.delete(message.id, message.context)
    # Beside it and then into place: a process that starts at this moment reads a whole file.
    new = compiled.with_suffix(f".mo.{os.getpid()}")
    with new.open("wb") as file:
        write_mo(file, catalogue)
    new.replace(compiled)
    return compiled
