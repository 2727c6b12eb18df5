"""What goes into the engine and what comes out of it: plain, frozen values.

Evidence is data (words, codes, metres, keys), never a sentence: sentences are made in the reader's language by the
caller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Direction = Literal["want", "offer"]
VerdictKind = Literal["same", "peers", "complementary", "unrelated"]
PairKind = Literal["peers", "complementary"]
Role = Literal["main", "also"]
LabelKind = Literal["activity", "tag", "domain", "words"]
Evidence = Mapping[str, Any]  # JSON-able
Vectors = NDArray[np.int8]
# Called with the name of the stage, and how much of it is done: progress("reasons", 200, 1000).
Progress = Callable[[str, int, int], None]


# What goes in


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A need or an offer, in the words of domain.md (Need and offer)."""

    direction: Direction
    title: str
    item_type: str = ""
    transaction_type: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One initiative as the engine sees it. `key` is whatever the caller calls it by; everything but key and name may
    be empty."""

    key: int
    name: str
    nicknames: tuple[str, ...] = ()
    mission: str = ""
    description: str = ""
    language: str = ""
    country: str = ""
    city: int | None = None
    city_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    domains: tuple[str, ...] = ()  # the main one first
    tags: tuple[str, ...] = ()  # names of effective tags, synonyms already merged
    structure: str = ""
    licences: tuple[str, ...] = ()  # SPDX ids
    networks: tuple[int, ...] = ()  # keys of the listings it is member_of or part_of, confirmed
    partners: tuple[int, ...] = ()  # keys of the listings it is partner_of, adapted_from or successor_of, confirmed
    website: str = ""
    urls: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a person decided about a pair. It always wins."""

    a: int
    b: int
    verdict: VerdictKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Who is pinned to a group is a main member of it; `group` is its key, as in PreviousGroup. At most one a
    listing."""

    listing: int
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Who is barred from a group is never a member of it, main or also."""

    listing: int
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A kind of commons work (repair café, time bank) with the words for it per language."""

    code: str
    domain: str
    terms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What an initiative is known by: enough to ask whether it is listed already."""

    name: str
    nicknames: tuple[str, ...] = ()
    website: str = ""
    city: str = ""  # its name
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousGroup:
    """A group as it was stored by the run before; its key is kept where most of it stays together."""

    key: str
    members: frozenset[int]


# What comes out


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two listings overlap. `strength` is 0–1; the kinds are listed in `reasons.py`, each with its evidence."""

    kind: str
    strength: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Pair:
    """Two listings that overlap, a < b, with the parts that the score is made of. Never without reasons."""

    a: int
    b: int
    score: float
    parts: Mapping[str, float]
    reasons: tuple[Reason, ...]
    kind: PairKind


@dataclass(frozen=True, slots=True)
class Member:
    """A listing in a group. `strength` says how well it fits; `reasons` are those it shares with others of the
    group."""

    key: int
    strength: float
    role: Role
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What a group is about, as data.

    `code` is the activity, tag or domain that `kind` says, empty for words; `words` are the group's own words per
    language, best first; `city` and `city_name` are set when at least 60 % of the members share it, `country` when they
    do and another group has the name without it.
    """

    kind: LabelKind
    code: str
    words: Mapping[str, tuple[str, ...]]
    city: int | None = None
    city_name: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class GroupReason:
    """Why these belong together, and for which of them it holds."""

    kind: str
    evidence: Evidence
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """3 to 40 listings that overlap. `key` is that of the previous group it continues, None for a new one."""

    key: str | None
    members: tuple[Member, ...]  # strongest first, "also" members last
    label: Label
    reasons: tuple[GroupReason, ...]


PLACE_KINDS = frozenset({"same_place", "nearby"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two listings that may be one initiative listed twice. In answer to a question about a new row, `a` is None."""

    a: int | None
    b: int
    probability: float
    reasons: tuple[Reason, ...]

    @property
    def is_of_more_than_the_place(self) -> bool:
        """Whether their names or websites speak for it: in one town there are many."""
        return any(reason.kind not in PLACE_KINDS for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Everything one run of the engine found."""

    pairs: tuple[Pair, ...]
    groups: tuple[Group, ...]
    likenesses: tuple[Likeness, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
