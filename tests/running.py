"""`./run` for the tests: once and to its end, or a site that goes on."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from commons_directory.embedded import ROOT

OF_THE_TESTS = ("COMMONS_", "PYTEST_", "DJANGO_", "SECRET_KEY", "PG")
PATIENCE = 90.0


def environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(OF_THE_TESTS)} | more


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "run"), *arguments]
    return subprocess.run(
        command, env=environment(**more), capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def page(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def becomes(wanted: object, question: Callable[[], object]) -> bool:
    deadline = time.monotonic() + 30
    while (answer := question()) != wanted and time.monotonic() < deadline:
        time.sleep(0.1)
    return answer == wanted


class Site:
    """A `./run` of the tests, on a data folder whose path has spaces."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "our données"
        self.port = free_port()
        self.address = f"http://localhost:{self.port}/"
        self.said = ""
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [str(ROOT / "run"), "--empty", "--port", str(self.port), "--data", str(self.data)],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        lines = []
        assert self.process.stdout
        for line in self.process.stdout:
            lines.append(line)
            if line.startswith("Stop it with"):
                break
        self.said = "".join(lines)

    def stop(self, tell: Callable[[int], None]) -> tuple[int, str]:
        """Its exit code and its last word."""
        assert self.process
        tell(self.process.pid)
        rest, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, rest.splitlines()[-1]

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        # Its output ends when the last process that it started has ended.
        self.process.communicate(timeout=PATIENCE)

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def end(self) -> None:
        if self.is_alive():
            self.stop(lambda number: os.kill(number, signal.SIGTERM))

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def database(self) -> int:
        return int((self.data / "postgres" / "postmaster.pid").read_text().splitlines()[0])

    def status(self) -> int:
        return page(self.address)[0]

    def processes(self) -> list[int]:
        """Those of the site that still run, wherever they hang."""
        entries = [entry for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
        return sorted(int(entry.name) for entry in entries if self._is_ours(entry))

    def processes_with(self, word: str) -> list[int]:
        """The first is the one that started the others."""
        found = [number for number in self.processes() if word in _content(Path(f"/proc/{number}/cmdline"))]
        return sorted(found, key=lambda number: (os.getsid(number) != number, number))

    def _is_ours(self, entry: Path) -> bool:
        return any(str(self.data) in _content(entry / name) for name in ("cmdline", "environ"))


def _content(file: Path) -> str:
    try:
        return file.read_bytes().decode(errors="replace")
    except OSError:
        return ""
