"""Compiles the message catalogues: a fresh machine has no gettext, and no compiled file is committed."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from commons_directory.embedded import ROOT

LOCALES = ROOT / "initiatives" / "locale"


def compile_catalogues(folder: Path = LOCALES) -> list[Path]:
    """Those that changed since they were compiled; answers the compiled files it wrote."""
    return [_compile(source) for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    compiled = source.with_suffix(".mo")
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    # Beside it and then into place: a process that starts at this moment reads a whole file.
    new = compiled.with_suffix(f".mo.{os.getpid()}")
    with new.open("wb") as file:
        write_mo(file, catalogue)
    new.replace(compiled)
    return compiled
