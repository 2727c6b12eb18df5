"""Keeps records in the database, a batch in one transaction and a fixed number of queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from initiatives.importing.beside import Beside
from initiatives.importing.records import OWN, Record
from initiatives.importing.verdicts import CHANGED, NEW, SAME
from initiatives.models import Initiative, Outbox, OutboxKind, ReviewEvent, search
from initiatives.models.choices import ReviewState
from initiatives.models.fields import derived_public_id
from initiatives.text import fold

WITH_ITS_ROWS = (
    "domain_rows__domain",
    "tagged__tag",
    "licence_rows__licence",
    "exchanges__tagged__tag",
    "translations",
)


@dataclass(slots=True)
class Judged:
    """A record beside the listing that it is known as, if any, and the fields in which they differ."""

    record: Record
    listing: Initiative | None = None
    differing: tuple[str, ...] = ()
    # Of a new one: its key, where the caller has one for it, and its state, where it is another than that of all.
    key: int | None = None
    review_state: str = ""

    @property
    def outcome(self) -> str:
        if self.listing is None:
            return NEW
        return CHANGED if self.differing else SAME

    @property
    def public_id(self) -> str:
        if self.listing is not None:
            return self.listing.public_id
        return derived_public_id(self.record.source, self.record.source_id)


class Writer:
    """A record is known again by its source and its id there: writing twice changes nothing.

    `source` is that of records that name none. `review_state` is the state of new listings; listings that are here
    already keep theirs.
    """

    def __init__(self, source: str, *, review_state: str) -> None:
        self.source = source
        self.review_state = review_state
        self._beside = Beside()

    def write(self, records: Sequence[Record]) -> list[str]:
        """Answers new, changed or same for each record, in order."""
        with transaction.atomic():
            judged = self.judge(records)
            self.keep(judged)
        return [each.outcome for each in judged]

    def judge(self, records: Sequence[Record]) -> list[Judged]:
        for record in records:
            record.source = record.source or ("" if record.public_id else self.source)
        known = self._known(records)
        return [_judged(record, known.get(_identity(record))) for record in records]

    def keep(self, judged: Sequence[Judged]) -> None:
        """Inside a transaction of the caller's."""
        new = [each for each in judged if each.outcome == NEW]
        changed = [each for each in judged if each.outcome == CHANGED]
        written = {**self._create(new), **self._update(changed)}
        if written:
            self._beside.write(written)
            keys = [listing.pk for listing in written]
            search.refresh(keys)
            Outbox.objects.put(OutboxKind.OVERLAP, [{"initiatives": keys}])

    def _known(self, records: Collection[Record]) -> dict[tuple[str, str], Initiative]:
        """By source and id; those without a source by public id."""
        ids = [record.source_id for record in records if not record.public_id]
        from_lists = Q(source__in={record.source for record in records if record.source}, source_id__in=ids)
        registered = Q(source="", public_id__in=[record.public_id for record in records if record.public_id])
        # Locked: what somebody else writes between judging and keeping would be undone.
        found = Initiative.objects.filter(from_lists | registered).select_for_update(of=("self",))
        listings = found.select_related("merged_into").prefetch_related(*WITH_ITS_ROWS)
        return {(each.source, each.source_id or each.public_id): each for each in listings}

    def _create(self, new: Sequence[Judged]) -> dict[Initiative, Record]:
        listings = [
            Initiative(
                pk=each.key,
                public_id=each.public_id,
                source=each.record.source,
                source_id=each.record.source_id,
                review_state=each.review_state or self.review_state,
                **{name: getattr(each.record, name) for name in OWN},
            )
            for each in new
        ]
        created = Initiative.objects.bulk_create(listings)
        ReviewEvent.objects.bulk_create(
            ReviewEvent(initiative=listing, was=ReviewState.DRAFT, became=listing.review_state, reason=listing.source)
            for listing in created
        )
        return {listing: each.record for listing, each in zip(created, new, strict=True)}

    def _update(self, changed: Sequence[Judged]) -> dict[Initiative, Record]:
        listings = {each.listing: each.record for each in changed if each.listing is not None}
        for listing, record in listings.items():
            for name in record.told.intersection(OWN):
                setattr(listing, name, getattr(record, name))
            listing.sort_key = fold(listing.name)[:200]  # bulk_update asks no field for its value
            listing.changed_at = timezone.now()
            listing.version += 1  # the row is held: whoever edits an older version is told
        if listings:
            Initiative.objects.bulk_update(listings, [*OWN, "sort_key", "changed_at", "version"])
        return listings


def _identity(record: Record) -> tuple[str, str]:
    return record.source, record.source_id or record.public_id


def _judged(record: Record, listing: Initiative | None) -> Judged:
    return Judged(record, listing, record.differing(Record.of(listing)) if listing is not None else ())
