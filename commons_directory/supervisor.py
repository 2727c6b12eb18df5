"""Runs the processes of the site, starts again those that fail, and stops them in order."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial

from commons_directory.unprivileged import ask_for_signal_when_parent_dies

# A process that keeps failing is started ever more slowly, up to this many seconds apart.
LONGEST_PAUSE = 30.0
# How long a process may take to finish what it has in hand before it is killed.
PATIENCE = 20.0
BEAT = 0.5
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked for the end: Ctrl-C, SIGTERM, or a terminal that was closed."""


def stop_on_signals() -> None:
    def stop(*_: object) -> None:
        raise Stopped

    for number in SIGNALS:
        signal.signal(number, stop)


def ignore_signals() -> None:
    """While stopping: a second Ctrl-C must not leave anything behind."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def start_child(command: Sequence[str], env: Mapping[str, str], *, output: int | None = None) -> subprocess.Popen[str]:
    """A session of its own, so that Ctrl-C reaches only the supervisor; and it ends when the supervisor is killed."""
    return subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        text=True,
        start_new_session=True,
        preexec_fn=partial(_ready_child, os.getpid()),  # noqa: PLW1509 - the supervisor has one thread
    )


@contextmanager
def _signals_held_back() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ready_child(parent: int) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    ask_for_signal_when_parent_dies(signal.SIGTERM, parent=parent)


@dataclass
class Process:
    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    running: subprocess.Popen[str] | None = None
    failures: int = 0
    since: float = 0.0

    def start(self) -> None:
        self.since = time.monotonic()
        # A signal in between would leave a child that nobody knows of.
        with _signals_held_back():
            self.running = start_child(self.command, self.env)

    def has_ended(self) -> bool:
        return self.running is None or self.running.poll() is not None

    @property
    def pause(self) -> float:
        return min(LONGEST_PAUSE, 0.5 * 2.0 ** min(self.failures, 10))

    def revive(self, report: Callable[[str], None]) -> None:
        for_seconds = time.monotonic() - self.since
        if not self.has_ended():
            self.failures = 0 if for_seconds > LONGEST_PAUSE else self.failures
        elif self.running:
            kill_group(self.running)
            report(f"{self.name} ended with code {self.running.returncode}; it starts again in {self.pause:g} s.")
            self.running, self.since = None, time.monotonic()
            self.failures += 1
        elif for_seconds >= self.pause:
            self.start()


def supervise(processes: Sequence[Process], *, beat: Callable[[], None], report: Callable[[str], None]) -> None:
    """Keeps them running until `Stopped`. `beat` is called twice a second, for what else must be kept alive."""
    while True:
        time.sleep(BEAT)
        beat()
        for process in processes:
            process.revive(report)


def stop(processes: Sequence[Process]) -> None:
    """All are asked at once, and killed if they take too long."""
    asked = [process.running for process in processes if process.running and not process.has_ended()]
    for child in asked:
        child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in asked:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            kill_group(child)
            child.wait()
        kill_group(child)


def kill_group(child: subprocess.Popen[str]) -> None:
    """Also those that it started: a web server that was killed leaves processes that hold the port."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
