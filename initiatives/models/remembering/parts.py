"""What a sentence of the history is made of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from initiatives.models.remembering.events import HistoryEvent
from initiatives.models.remembering.names import Names


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and under it the words that changed, or those that somebody gave as their reason."""

    sentence: str
    difference: SafeString | str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """Who did it, as the subject of a sentence; of which listing the history is; and what the keys stand for."""

    who: str
    listing: int
    names: Names

    def other(self, event: HistoryEvent) -> str:
        """The other listing that a row speaks of, seen from this one."""
        found = self.names.listing(event.other if event.listing == self.listing else event.listing)
        return f"“{found.name}”" if found else _("another listing")


type Kind = Callable[[Sequence[HistoryEvent], Telling], Iterator[Told]]
