"""What goes over from the listing that is merged away to the one that is kept.

Rows that stand for something of their own (a need, a claim, a verdict) move. Facts of the listing (tags, domains,
licences, translations) are copied, so that the other keeps its own. Where the kept one has such a row already, its own
stays and the other's stays where it was. Memberships in coalitions go in `carry` too, once there are coalitions.
"""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, models

from initiatives.models.claims import Claim
from initiatives.models.confirming import Confirmation
from initiatives.models.initiative import MOST_DOMAINS, UNKNOWN_LANGUAGE, Initiative, InitiativeDomain, Translation
from initiatives.models.invitations import Invitation, InvitationState
from initiatives.models.links import InitiativeLicence, Relationship
from initiatives.models.merging.journal import Journal
from initiatives.models.overlaps import DuplicatePair, Feedback, Placement, Verdict
from initiatives.models.reports import Report
from initiatives.models.stewardship import Stewardship, StewardshipOrigin
from initiatives.models.tag import TaggedInitiative
from initiatives.text import fold


def carry(kept: Initiative, away: Initiative) -> Journal:
    journal = Journal()
    _copy_facts(journal, kept, away)
    _move_people(journal, kept, away)
    _move_exchanges(journal, kept, away)
    _move_relationships(journal, kept, away)
    _move(journal, Report.objects.filter(initiative=away), initiative_id=kept.pk)
    _move(journal, Confirmation.objects.filter(initiative=away, answered_at=None), initiative_id=kept.pk)
    _move(journal, Placement.objects.of([away]), initiative_id=kept.pk)
    _move_pairs(journal, kept, away)
    return journal


# Facts.


def _copy_facts(journal: Journal, kept: Initiative, away: Initiative) -> None:
    tags = set(kept.tagged.values_list("tag", flat=True))
    for tag in away.tagged.exclude(tag__in=tags).order_by("pk").values_list("tag", flat=True):
        journal.make(TaggedInitiative, known_by={"content_object_id": kept.pk, "tag_id": tag})
    for row in away.licence_rows.order_by("pk"):
        known_by = {"initiative_id": kept.pk, "licence_id": row.licence_id, "output_kind": row.output_kind}
        if not InitiativeLicence.objects.filter(**known_by).exists():
            journal.make(InitiativeLicence, known_by=known_by)
    _copy_domains(journal, kept, away)
    _copy_texts(journal, kept, away)


def _copy_domains(journal: Journal, kept: Initiative, away: Initiative) -> None:
    """Behind its own, as many as may be."""
    own = list(kept.domain_rows.values_list("domain", "position"))
    free = (place for place in range(1, MOST_DOMAINS + 1) if place not in {position for _, position in own})
    new = [row.domain_id for row in away.domain_rows.all() if row.domain_id not in {domain for domain, _ in own}]
    for domain, place in zip(new, free, strict=False):
        journal.make(InitiativeDomain, known_by={"initiative_id": kept.pk, "domain_id": domain}, position=place)


def _copy_texts(journal: Journal, kept: Initiative, away: Initiative) -> None:
    """Its translations, and its own text where it is in another language. One that somebody has changed since is no
    longer the one that came over: texts are what it is known by."""
    texts = {row.language: (row.mission, row.description, row.needs_update) for row in away.translations.all()}
    if away.language != UNKNOWN_LANGUAGE and (away.mission or away.description):
        texts[away.language] = (away.mission, away.description, False)
    known = {kept.language, *kept.translations.values_list("language", flat=True)}
    for language, (mission, description, needs_update) in sorted(texts.items()):
        if language not in known:
            known_by = {
                "initiative_id": kept.pk,
                "language": language,
                "mission": mission,
                "description": description,
            }
            journal.make(Translation, known_by=known_by, needs_update=needs_update)


# People.


def _move_people(journal: Journal, kept: Initiative, away: Initiative) -> None:
    stewards = Stewardship.objects.filter(initiative=away)
    _move(journal, stewards, initiative_id=kept.pk, origin=StewardshipOrigin.MERGED)
    _move(journal, Claim.objects.filter(initiative=away), initiative_id=kept.pk)
    invited = Invitation.objects.filter(initiative=away, state=InvitationState.OPEN)
    _move(journal, invited, initiative_id=kept.pk)


# Ties.


def _move_exchanges(journal: Journal, kept: Initiative, away: Initiative) -> None:
    own = {(row.exchange_type, fold(row.title)) for row in kept.exchanges.all()}
    new = [row for row in away.exchanges.order_by("pk") if (row.exchange_type, fold(row.title)) not in own]
    _move(journal, new, initiative_id=kept.pk)


def _move_relationships(journal: Journal, kept: Initiative, away: Initiative) -> None:
    """Not those between the two."""
    others = Relationship.objects.exclude(from_initiative=kept).exclude(to_initiative=kept)
    _move(journal, others.filter(from_initiative=away), from_initiative_id=kept.pk)
    _move(journal, others.filter(to_initiative=away), to_initiative_id=kept.pk)


def _move_pairs(journal: Journal, kept: Initiative, away: Initiative) -> None:
    """What was said of the one and a third is said of the other and that third."""
    for noun in (Verdict, Feedback):
        for row in _with(noun, away, but=kept):
            _try(journal, row, **_ordered(kept.pk, _third(row, away)))
    judged = {tuple(_ordered(kept.pk, _third(row, kept)).values()) for row in _with(Verdict, kept)}
    for row in _with(DuplicatePair, away, but=kept):
        pair = _ordered(kept.pk, _third(row, away))
        if tuple(pair.values()) in judged or not _try(journal, row, **pair):
            journal.take(row)
    # Whether the two are one has been answered.
    for row in DuplicatePair.objects.filter(**_ordered(kept.pk, away.pk)):
        journal.take(row)


def _with(noun: type[models.Model], listing: Initiative, *, but: Initiative | None = None) -> models.QuerySet:
    rows = noun._base_manager.filter(models.Q(a=listing) | models.Q(b=listing)).order_by("pk")
    return rows.exclude(a=but).exclude(b=but) if but else rows


def _third(row: Any, listing: Initiative) -> int:
    return row.b_id if row.a_id == listing.pk else row.a_id


def _ordered(one: int, other: int) -> dict[str, int]:
    return {"a_id": min(one, other), "b_id": max(one, other)}


def _move(journal: Journal, rows: Iterable[models.Model], **columns: Any) -> None:
    for row in list(rows):
        _try(journal, row, **columns)


def _try(journal: Journal, row: models.Model, **columns: Any) -> bool:
    """What the kept listing has already stays its own: the constraints of the tables say what that is."""
    try:
        journal.alter(row, **columns)
    except IntegrityError:
        return False
    return True
