"""Forms that carry what they were made from, so that nobody overwrites what somebody else wrote meanwhile."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django import forms

from initiatives.forms.guards import Unseen
from initiatives.models.plain import Plain

KEEP_NOW = "keep_now"  # of these fields the words that stand there now are kept


def digest(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:8]


@dataclass
class Meeting:
    """Two wrote at once. `merged` has the words of whoever touched a field; where both did, those of the later one."""

    merged: Plain
    both: dict[str, tuple[Any, Any]] = field(default_factory=dict)  # what it says now, what the later one wrote
    theirs: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, *, seen: dict[str, str], now: Plain, mine: Plain) -> "Meeting":
        """`seen`: digests of what the later one had before them."""
        meeting = cls(merged=dict(mine))
        for name, wanted in mine.items():
            if wanted == now[name]:
                continue
            is_mine, is_theirs = (digest(value) != seen.get(name) for value in (wanted, now[name]))
            if is_mine and is_theirs:
                meeting.both[name] = (now[name], wanted)
            elif is_theirs:
                meeting.theirs.append(name)
                meeting.merged[name] = now[name]
        return meeting


class VersionedForm(forms.Form):
    """`now` is what it is about, as plain values; `values()` what was said instead of it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    seen = Unseen()

    def __init__(
        self, data: Any = None, *, now: Plain, version: int, merged: Plain | None = None, **options: Any
    ) -> None:
        """`merged` is drawn instead of what stands there now."""
        self.now = now
        unseen = {"version": version, "seen": json.dumps({name: digest(value) for name, value in now.items()})}
        initial = {**unseen, **self.drawn(now if merged is None else merged)}
        super().__init__(data, initial=initial, **options)

    def drawn(self, values: Plain) -> dict[str, Any]:
        """Plain values as the fields draw them."""
        return dict(values)

    def values(self) -> Plain:
        """The plain values that were said; of fields whose present words are to be kept, those."""
        kept = self.data.getlist(KEEP_NOW) if hasattr(self.data, "getlist") else ()
        said = self.said()
        return said | {name: self.now[name] for name in kept if name in said}

    def said(self) -> Plain:
        return {name: self.cleaned_data[name] for name in self.now}

    def clean_seen(self) -> dict[str, str]:
        """Whoever sends something else meets a fuller page, and harms nobody."""
        try:
            seen = json.loads(self.cleaned_data["seen"])
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}

    def meeting(self) -> Meeting:
        return Meeting.of(seen=self.cleaned_data["seen"], now=self.now, mine=self.values())
