"""What must be done before pages can be served: catalogues, static files, tables, and what they hold (contents.py)."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from commons_directory.catalogues import compile_catalogues
from commons_directory.database import ROLE, data_folder
from commons_directory.embedded import ROOT
from commons_directory.errors import StartError, trouble
from commons_directory.supervisor import start_child

MANAGE = str(ROOT / "manage.py")
# The exit code of contents.py that asks for a migration first; usually there is none to wait for.
MIGRATIONS_WAIT = 75
REFUSED = "ImproperlyConfigured: "
UNREACHABLE = "django.db.utils.OperationalError: "


def prepare(data: Path, *, demonstration: bool, tell: Callable[[str], None]) -> str:
    """Answers a line that says what is loaded."""
    try:
        compile_catalogues()
    except OSError as error:
        raise StartError(f"The translations cannot be compiled: {error}. Make that folder writable.") from error
    # The static files need no database: they are made beside the migration.
    static = Static(data)
    fill = ["-m", "commons_directory.contents", *(["demonstration"] if demonstration else [])]
    step = _start(*fill)
    loaded = _finish(step, tell, may_end_with=MIGRATIONS_WAIT)
    if step.returncode == MIGRATIONS_WAIT:
        tell("Preparing the database …")
        _finish(_start(MANAGE, "migrate", "--verbosity=0", role="owner"), tell)
        loaded = _finish(_start(*fill), tell)
    static.finish(tell)
    return loaded


class Static:
    """Compressing every file takes seconds, so they are collected only when one has changed since the last time."""

    def __init__(self, data: Path) -> None:
        self._mark = data / "static.sum"
        self._sum = fingerprint([*(ROOT / "static").rglob("*"), ROOT / "requirements.txt"])
        fresh = self._mark.exists() and self._mark.read_text() == self._sum
        self._collecting = None if fresh else _start(MANAGE, "collectstatic", "--noinput", "--clear", "--verbosity=0")

    def finish(self, tell: Callable[[str], None]) -> None:
        if self._collecting:
            _finish(self._collecting, tell)
            self._mark.write_text(self._sum)


def fingerprint(files: Iterable[Path]) -> str:
    """The same as long as the names and contents of these files are."""
    total = hashlib.sha256()
    for file in sorted(file for file in files if file.is_file()):
        total.update(f"{file}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _start(*command: str, role: str = "web") -> subprocess.Popen[str]:
    return start_child([sys.executable, *command], os.environ | {ROLE: role}, output=subprocess.PIPE)


def _finish(step: subprocess.Popen[str], tell: Callable[[str], None], *, may_end_with: int = 0) -> str:
    """Passes on the lines that end with “…”, which tell how far it is; answers the others."""
    said = []
    assert step.stdout is not None
    try:
        for line in step.stdout:
            if line.rstrip().endswith("…"):
                tell(line.rstrip())
            else:
                said.append(line)
        step.wait()
    except BaseException:
        step.kill()
        raise
    if step.returncode not in (0, may_end_with):
        raise trouble(_why("".join(said)), folder=data_folder())
    return "".join(said).strip()


def _why(said: str) -> str:
    """The sentence in what a failed step said, or else all of it."""
    lines = [line.strip() for line in said.splitlines() if line.strip()] or [
        "A step of the start failed without a word."
    ]
    for line in lines:
        if UNREACHABLE in line:
            advice = (
                "Is DATABASE_URL right?" if os.environ.get("DATABASE_URL") else "See postgres.log in the data folder."
            )
            return f"The database cannot be reached: {line.split(UNREACHABLE, 1)[1]}. {advice}"
        if REFUSED in line:
            return line.split(REFUSED, 1)[1]
    return lines[0] if len(lines) == 1 else f"{said.strip()}\nThe start failed: {lines[-1]}"
