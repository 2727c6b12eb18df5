"""“Is this one listed already?”, asked of every new row: of the directory, and of the rows before it."""

from collections.abc import Iterable
from dataclasses import asdict

from initiatives.importing.drafts import Draft
from initiatives.importing.verdicts import Twin
from initiatives.models import DuplicatePair, Initiative
from initiatives.models.twins import identities
from initiatives.overlap.duplicates import CERTAIN, DuplicateIndex
from initiatives.overlap.values import Identity, Likeness

# A shared website alone makes no doubles: projects of one organisation share it. Read on 80 of those that were found on
# the SUSY map and the P2P wiki: of names less alike than this, none was the same initiative.
OF_NAMES = frozenset({"same_name", "acronym", "similar_name"})
ALIKE = 0.3
# “Pagoda” without a place is hardly the “Pagoda” of some town.
WHERE = frozenset({"same_website", "same_place", "nearby"})


class Twins:
    """Some 300 bytes a listing of the directory; the listings themselves are only streamed by."""

    def __init__(self) -> None:
        self._index = DuplicateIndex()
        self._without_town: set[int] = set()
        for key, identity in identities(Initiative.objects.to_compare()):
            self._add(key, identity)
        # Of a dry run, whose rows the database will not know.
        self._unwritten: dict[int, Twin] = {}

    def ask(self, draft: Draft, *, public_id: str, written: bool) -> None:
        """Once for each draft: what is likeliest is kept with it."""
        if draft.asked or draft.key is None:
            return
        draft.asked = True
        identity = draft.identity
        draft.likeness = next((each for each in self._index.likely(identity) if self._is_twin(each, identity)), None)
        self._add(draft.key, identity)
        if not written:
            self._unwritten[draft.key] = Twin(draft.record.name, public_id, 0.0)

    def _add(self, key: int, identity: Identity) -> None:
        self._index.add(key, identity)
        if not identity.city:
            self._without_town.add(key)

    def _is_twin(self, likeness: Likeness, identity: Identity) -> bool:
        """Two of one name in two towns are two, unless they have one website: branches, and saints of many parishes."""
        in_two_towns = bool(identity.city) and likeness.b not in self._without_town
        kinds = {reason.kind for reason in likeness.reasons}
        return _alike_in_name(likeness) and (not in_two_towns or not kinds.isdisjoint(WHERE))

    def named(self, drafts: Iterable[Draft]) -> dict[int, Twin]:
        """By row: the name and identity of what each is like."""
        asked = {draft.row: draft.likeness for draft in drafts if draft.likeness is not None}
        keys = {likeness.b for likeness in asked.values()}
        rows = Initiative.objects.filter(pk__in=keys).values_list("pk", "name", "public_id")
        told = {key: (name, public_id) for key, name, public_id in rows}
        told |= {
            key: (self._unwritten[key].name, self._unwritten[key].public_id) for key in keys & self._unwritten.keys()
        }
        return {
            row: Twin(*told[likeness.b], likeness.probability) for row, likeness in asked.items() if likeness.b in told
        }


def keep_pairs(drafts: Iterable[Draft]) -> None:
    """For the desk; nothing is merged by itself."""
    DuplicatePair.objects.bulk_create(
        (
            DuplicatePair(
                a_id=min(draft.key, draft.likeness.b),
                b_id=max(draft.key, draft.likeness.b),
                probability=draft.likeness.probability,
                reasons=[asdict(reason) for reason in draft.likeness.reasons],
            )
            for draft in drafts
            if draft.key is not None and draft.likeness is not None
        ),
        ignore_conflicts=True,
    )


def is_certain(draft: Draft) -> bool:
    """Almost certainly listed already: under the same name, and with the same site or in the same place."""
    if draft.likeness is None or draft.likeness.probability < CERTAIN:
        return False
    kinds = {reason.kind for reason in draft.likeness.reasons}
    return "same_name" in kinds and not kinds.isdisjoint(WHERE)


def _alike_in_name(likeness: Likeness) -> bool:
    return any(reason.kind in OF_NAMES and reason.strength >= ALIKE for reason in likeness.reasons)
