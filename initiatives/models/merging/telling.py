"""Stewards of both listings are told what became of them, and how to object."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from initiatives.models.mail import Mail
from initiatives.models.people import User
from initiatives.models.posting import write_to

if TYPE_CHECKING:
    from initiatives.models.initiative import Initiative
    from initiatives.models.merging.merges import Merge

# Until then the deed can be undone without anybody having read of it.
MAIL_WAITS = timedelta(seconds=30)


def tell_merged(merge: "Merge") -> None:
    context = _names(merge) | {
        "reason": merge.reason,
        "objection_path": ("merge-objection", merge.public_id),
    }
    _tell(merge, "listings-merged", context, keys=[merge.kept_id, merge.merged_id])


def tell_undone(merge: "Merge", *, reason: str) -> None:
    """Nobody hears of a merge that was undone before its mail went out."""
    if Mail.objects.drop(_key(merge, "listings-merged")):
        return
    context = _names(merge) | {"reason": reason, "merged_path": _page(merge.merged)}
    _tell(merge, "merge-undone", context, keys=[merge.kept_id, merge.merged_id])


def tell_overruled(merge: "Merge") -> None:
    if merge.objected_by:
        context = _names(merge) | {"reason": merge.objection_answer}
        _post(merge, "merge-objection-answered", merge.objected_by, context)


def _names(merge: "Merge") -> dict[str, Any]:
    return {
        "kept": merge.kept.name,
        "merged": merge.merged.name,
        "kept_path": _page(merge.kept),
    }


def _page(listing: "Initiative") -> tuple[str, str, str]:
    """Its way is found in the language of each reader."""
    return ("initiative", listing.public_id, listing.address_slug)


def _tell(merge: "Merge", kind: str, context: dict[str, Any], *, keys: list[int]) -> None:
    for person in User.objects.keeping(keys):
        _post(merge, kind, person, context)


def _post(merge: "Merge", kind: str, person: User, context: dict[str, Any]) -> None:
    key = f"{_key(merge, kind)}{person.pk}"
    write_to(person, kind, key=key, not_before=timezone.now() + MAIL_WAITS, **context)


def _key(merge: "Merge", kind: str) -> str:
    return f"{kind}:{merge.pk}:"
