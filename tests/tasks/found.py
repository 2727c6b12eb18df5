"""Runs of which a test says what they found."""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from initiatives.models import Group, Initiative, OverlapRun
from initiatives.overlap import values
from initiatives.overlap.anchoring import kept_keys
from initiatives.tasks.keeping import keep
from initiatives.tasks.overlaps import previous_groups
from tests import people

REASON = values.Reason("shared_words", 0.5, {"words": ["garden"]})


def listings(number: int) -> list[Initiative]:
    return [people.initiative(name=f"Garden {place}") for place in range(number)]


def run(*circles: Iterable[Initiative], **more: object) -> list[Group]:
    """As the engine would have found these circles, after the run before; answers their groups as they are now."""
    ran(*circles, **more)
    last = [max(listing.pk for listing in circle) for circle in circles]
    return [Group.objects.get(memberships__initiative=key, memberships__role="main") for key in last]


def ran(
    *circles: Iterable[Initiative],
    pairs: Iterable[values.Pair] = (),
    likenesses: Iterable[values.Likeness] = (),
    also: Mapping[int, Iterable[Initiative]] | None = None,
    strength: float = 0.5,
) -> OverlapRun:
    """`also` names, by the place of a circle, who is close to it."""
    keys = [frozenset(listing.pk for listing in circle) for circle in circles]
    kept = kept_keys(keys, previous_groups())
    beside = also or {}
    found = values.Overlaps(
        pairs=tuple(pairs),
        groups=tuple(
            _group(these, kept.get(place), also=beside.get(place, ()), strength=strength)
            for place, these in enumerate(keys)
        ),
        likenesses=tuple(likenesses),
    )
    made = OverlapRun(model_version="test", started_at=timezone.now())
    keep(found, made, frozenset().union(*keys))
    return made


def pair(one: Initiative, other: Initiative, **values_of: object) -> values.Pair:
    a, b = sorted((one.pk, other.pk))
    return values.Pair(**{"a": a, "b": b, "score": 0.5, "parts": {}, "reasons": (REASON,), "kind": "peers"} | values_of)


def _group(members: frozenset[int], key: str | None, *, also: Iterable[Initiative], strength: float) -> values.Group:
    told = [values.Member(member, strength, "main", (REASON,)) for member in sorted(members)]
    told += [values.Member(listing.pk, strength / 2, "also", (REASON,)) for listing in also]
    shared = values.GroupReason("shared_words", {"words": {"en": ["garden"]}}, tuple(sorted(members)))
    return values.Group(key, tuple(told), values.Label("words", "", {"en": ("garden",)}), (shared,))
