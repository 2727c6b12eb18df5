"""One new or changed listing among the others: read, placed, compared with those near it, and joined to a group by
their votes. The others stay where they are; the nightly run settles the rest."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from django.db.models import Count, Q

from initiatives.models import (
    DuplicatePair,
    Group,
    GroupEvent,
    Initiative,
    Membership,
    OverlapSpace,
    Pair,
    Placement,
    Verdict,
)
from initiatives.models.choices import is_public
from initiatives.models.finding import Directory, answer, current_directory, rows_of
from initiatives.models.leaving import leave_overlaps
from initiatives.models.overlaps import EventKind, MembershipRole
from initiatives.models.overlaps.locks import take_overlaps
from initiatives.models.twins import likely_twins
from initiatives.overlap import labels, values
from initiatives.overlap.communities import MOST
from initiatives.overlap.corpus import corpus
from initiatives.overlap.one import Answer, Home, home
from initiatives.overlap.twins import identity
from initiatives.tasks.keeping import told
from initiatives.tasks.reading import listings
from initiatives.tasks.storing import store_places, store_traits


def join(keys: Iterable[int]) -> int:
    """Each by itself, in a transaction of its own; answers how many are in the directory now. Whoever is published no
    more leaves nothing behind. Nothing is done before the directory was computed once."""
    directory = current_directory()
    if directory is None:
        return 0
    asked = sorted(set(keys))
    found = {each.key: each for each in listings(Initiative.objects.with_keys(asked))}
    for key in asked:
        with transaction.atomic():
            take_overlaps()
            touched = _groups_of(key)
            if key in found and Initiative.objects.published().real().with_keys([key]).exists():
                touched |= _join(directory, found[key])
            else:
                leave_overlaps([key])
            for group in sorted(touched):
                _retell(directory, group)
    return len(found)


def _join(directory: Directory, listing: values.Listing) -> set[int]:
    """Answers the groups that it joined or left."""
    said = [values.Verdict(a=a, b=b, verdict=verdict) for a, b, verdict in _verdicts(listing.key)]
    traits = store_traits(directory.stored.engine, [listing])
    store_places(OverlapSpace.objects.get(pk=directory.key), traits, directory.stored.placed(traits))
    found = answer(directory, listing, said)
    _keep_pairs(listing.key, found)
    _keep_likenesses(listing)
    return _keep_home(listing.key, found)


def _verdicts(key: int) -> Iterable[tuple[int, int, str]]:
    return Verdict.objects.with_any([key]).on_overlap().values_list("a", "b", "verdict")


def _keep_pairs(key: int, found: Answer) -> None:
    Pair.objects.with_any([key]).delete()
    Pair.objects.bulk_create(
        Pair(a_id=p.a, b_id=p.b, kind=p.kind, score=p.score, parts=dict(p.parts), reasons=told(p.reasons))
        for p in found.pairs
    )


def _keep_likenesses(listing: values.Listing) -> None:
    judged = Verdict.objects.judged_beside(listing.key)
    mine = Q(a=listing.key) | Q(b=listing.key)
    DuplicatePair.objects.filter(mine, is_public("a"), is_public("b")).delete()
    DuplicatePair.objects.bulk_create(
        (
            DuplicatePair(
                a_id=min(each.b, listing.key),
                b_id=max(each.b, listing.key),
                probability=each.probability,
                reasons=told(each.reasons),
            )
            for each in likely_twins(identity(listing), besides=listing.key)
            if each.b not in judged
        ),
        # The importer may have asked about the two while the listing still waited.
        ignore_conflicts=True,
    )


def _keep_home(key: int, found: Answer) -> set[int]:
    """The pinned stay; who has no place in any group has none until the nightly run."""
    now = Membership.objects.main().of([key]).values_list("group", flat=True).first()
    if Placement.objects.of([key]).pinned().exists():
        return {now} if now else set()
    at = home(found, _homes_beside(found, key), now=now, full=_closed_to(key))
    Membership.objects.of([key]).delete()
    if at:
        Membership.objects.create(
            group_id=at.group,
            initiative_id=key,
            role=MembershipRole.MAIN,
            strength=at.strength,
            reasons=told(at.reasons),
        )
    _tell(key, now, at)
    return {group for group in (now, at.group if at else None) if group}


def _homes_beside(found: Answer, key: int) -> dict[int, int]:
    others = [listing.key for listing in found.witness.corpus.listings if listing.key != key]
    return dict(Membership.objects.main().of(others).values_list("initiative", "group"))


def _closed_to(key: int) -> set[int]:
    """Groups that have no room, that it was barred from, or that hold somebody it has nothing to do with."""
    full = Group.objects.standing().annotate(size=Count("memberships")).filter(size__gte=MOST)
    barred = Placement.objects.of([key]).barred()
    strangers = [a if b == key else b for a, b, verdict in _verdicts(key) if verdict == "unrelated"]
    return {
        *full.values_list("pk", flat=True),
        *barred.values_list("group", flat=True),
        *Membership.objects.main().of(strangers).values_list("group", flat=True),
    }


def _tell(key: int, was: int | None, at: Home | None) -> None:
    """The groups remember who came and who went."""
    now = at.group if at else None
    if was == now:
        return
    for group, kind, joined, left in ((was, EventKind.SHRANK, [], [key]), (now, EventKind.GREW, [key], [])):
        if group:
            GroupEvent.objects.create(group_id=group, kind=kind, evidence={"count": 1})
            Group.objects.get(pk=group).remember(joined=joined, left=left)


def _groups_of(key: int) -> set[int]:
    """The group it is in, and groups that lost it a moment ago with all words that it bore."""
    return set(Group.objects.standing().filter(last_members__contains=[key]).values_list("pk", flat=True))


def _retell(directory: Directory, group: int) -> None:
    """The group's label and reasons, of those who are in it now."""
    members = Membership.objects.main().in_groups([group]).values_list("initiative", flat=True)  # type: ignore[list-item]
    rows = rows_of(directory, members)
    if len(rows) < 2:
        return
    told_by = corpus([row.traits for row in rows], directory.stored.frequencies)
    witness = directory.stored.engine.witness(told_by, exchanging=False)
    known = Group.objects.values_list("label", flat=True).get(pk=group)
    label, reasons = labels.told(witness, range(len(rows)), called=known)
    Group.objects.filter(pk=group).update(label=asdict(label), reasons=told(reasons))
