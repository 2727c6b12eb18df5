"""Progress of long commands: on stderr, and only where somebody sees it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)


class Readable(Protocol):
    """A file that is being read; both in bytes."""

    @property
    def size(self) -> int: ...

    @property
    def position(self) -> int: ...


def bar() -> Progress:
    """rich itself keeps silent where stderr is no terminal, and heeds NO_COLOR."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )


@contextmanager
def stages() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each stage of a piece of work, as it says how far it is."""
    with bar() as progress:
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage)
            progress.update(tasks[stage], completed=done, total=total)

        yield tell


@contextmanager
def reading(file: Readable) -> Iterator[Callable[[], None]]:
    """A bar for a file that is read row by row: how many rows, and how much of the file."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.fields[rows]:,} rows"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", rows=0, total=None)
        rows = 0

        def tell() -> None:
            nonlocal rows
            rows += 1
            if not progress.disable and rows % 50 == 0:
                progress.update(task, rows=rows, completed=file.position, total=file.size)

        yield tell
