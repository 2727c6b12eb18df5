"""Who is asking right now: what budgets are kept by, without every deed having to hand it on."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Asking:
    """A request that is being answered. `network`: where it comes from, "" when nobody on the net asks (the worker, a
    command); `is_visitor`: nobody is signed in; `is_suspicious`: a form was filled in as only a program does."""

    network: str = ""
    is_visitor: bool = False
    is_suspicious: bool = False


_current: ContextVar[Asking | None] = ContextVar("asking", default=None)


def asking() -> Asking:
    """Outside of a request each call answers a new one: what is said of it is of no consequence."""
    return _current.get() or Asking()


@contextmanager
def asked_by(who: Asking) -> Iterator[Asking]:
    token = _current.set(who)
    try:
        yield who
    finally:
        _current.reset(token)
