"""What the overlaps keep of a listing goes when the listing goes: its pairs, its memberships, and its words."""

from collections.abc import Iterable, Mapping
from typing import Any

from initiatives.models.overlaps import Group, Membership, OverlapTraits, OverlapVector, Pair, Placement, Verdict

Told = Mapping[str, Any]


def leave_overlaps(initiatives: Iterable[int]) -> None:
    """In the transaction that hides these listings. Who bore which word is not kept, so a group that loses a member
    loses all its words until the overlaps are computed again."""
    keys = list(initiatives)
    groups = list(Group.objects.of_main_members(keys))
    Pair.objects.with_any(keys).delete()
    Membership.objects.of(keys).delete()
    OverlapVector.objects.of(keys).delete()
    OverlapTraits.objects.of(keys).delete()
    # What a deed would give back is words of theirs too; that the deed was done stays.
    Placement.objects.of(keys).forget_what_was()
    Verdict.objects.with_any(keys).forget_what_was()
    for group in groups:
        remaining = set(group.memberships.main().values_list("initiative", flat=True))
        group.reasons = [reason for each in group.reasons if (reason := _left_of(each, remaining))]
        group.label = _label(group.label, group.reasons)
        group.save(update_fields=["label", "reasons"])


def _left_of(reason: Told, remaining: set[int]) -> dict[str, Any] | None:
    """The reason for those who remain, if there are two of them."""
    members = [key for key in reason["members"] if key in remaining]
    told = reason["kind"] != "shared_words" and len(members) > 1
    return {**reason, "members": members} if told else None


def _label(label: Told, reasons: list[dict[str, Any]]) -> dict[str, Any]:
    """Tags are words too: a group is called by one while several of its members still have it, else by its domain."""
    found = {"kind": "words", "code": "", **label, "words": {}}
    domains = [each["evidence"]["domain"] for each in reasons if each["kind"] == "same_domain"]
    tags = [each["evidence"]["tag"] for each in reasons if each["kind"] == "shared_tags"]
    if found["kind"] == "words" or (found["kind"] == "tag" and found["code"] not in tags):
        found |= {"kind": "domain", "code": domains[0]} if domains else {"kind": "words", "code": ""}
    return found
