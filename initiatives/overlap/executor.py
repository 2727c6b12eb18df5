"""Who does a list of independent tasks. The engine hands out tasks over plain arrays and takes the answers in order;
whether they are done in this process, by several, or on other machines is the executor's business."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol, TypeVar

from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class Executor(Protocol):
    def map(self, work: Callable[[Task], Answer], tasks: Iterable[Task]) -> Iterator[Answer]:
        """`work` of each task, in the order of the tasks. Tasks may be made while others are done: never all at
        once."""


class InTurn:
    """One after the other, in this thread: for a small directory, where another thread costs more than it gives."""

    def map(self, work: Callable[[Task], Answer], tasks: Iterable[Task]) -> Iterator[Answer]:
        return map(work, tasks)


class Threads:
    """As many at a time as there are cores: products, sorts and sparse matrices let other threads run meanwhile."""

    def __init__(self, count: int | None = None) -> None:
        self._count = count or os.process_cpu_count() or 1

    def map(self, work: Callable[[Task], Answer], tasks: Iterable[Task]) -> Iterator[Answer]:
        # One task, one thread: threads of linear algebra under threads of ours wait for one another (QR of one matrix:
        # 8 s with two, .5 s with one).
        with threadpool_limits(limits=1), ThreadPoolExecutor(self._count) as pool:
            waiting: deque[Future[Answer]] = deque()
            for task in tasks:
                waiting.append(pool.submit(work, task))
                # No more in flight than keep every core busy: each task holds its arrays.
                if len(waiting) > 2 * self._count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
