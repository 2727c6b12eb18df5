"""Checks a list that an officer brought, and takes it in."""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.importing.cleaning import without_contacts
from initiatives.importing.drafts import Draft
from initiatives.importing.exactly import SPOKEN
from initiatives.importing.lists import Import
from initiatives.importing.mapping import load
from initiatives.importing.officers import FromOfficer
from initiatives.importing.reading import Row, table
from initiatives.importing.verdicts import CHANGED, DUPLICATE, NEW, REFUSED, Twin, Unreadable, Verdict
from initiatives.importing.writing import Judged
from initiatives.models import Initiative, Source, Stewardship, Upload, UploadState
from initiatives.models.acting import ActingRole, acting
from initiatives.models.choices import ReviewState

# So many refusals and possible doubles are shown; the rest is counted.
MOST_TOLD = 200
FIRST_ROWS = 5


def work_on(upload: Upload) -> None:
    """Check it, or take it in, whichever it waits for; begun again after an interruption it goes on."""
    importing = upload.state == UploadState.IMPORTING
    upload.counts, upload.refused, upload.doubles, upload.progress = {}, [], [], 0
    try:
        for _verdict in OfUpload(upload, dry_run=not importing).verdicts():
            pass
    except Unreadable as error:
        upload.state, upload.trouble = UploadState.UNREADABLE, str(error)[:500]
        upload.save(update_fields=["state", "trouble"])
        return
    upload.state = UploadState.IMPORTED if importing else UploadState.CHECKED
    upload.imported_at = timezone.now() if importing else None
    upload.save(update_fields=["state", "imported_at", "counts", "refused", "doubles"])


@dataclass(frozen=True, slots=True)
class Glance:
    """How the first rows of a list are read: columns that are, columns that are not, and the cells of the former."""

    read: list[str]
    left: list[str]
    rows: list[list[str]]


def glance_at(upload: Upload) -> Glance | None:
    """Nothing of a list whose words are forgotten."""
    if not upload.content:
        return None
    mapping = load("generic")
    first = list(islice(TextList(upload.content).rows(mapping.required), FIRST_ROWS))
    names = list(first[0].cells) if first else []
    read = [name for name in names if name in mapping.used]
    rows = [[_as_kept(name, row.cells.get(name, "")) for name in read] for row in first]
    return Glance(read, [name for name in names if name and name not in mapping.used], rows)


def _as_kept(name: str, cell: str) -> str:
    """Where somebody may have written down how to reach a person, that is left out."""
    return without_contacts(cell) if name in SPOKEN else cell


class TextList:
    """The rows of a text, as `ListFile` has those of a file."""

    def __init__(self, text: str) -> None:
        self.text = text

    def rows(self, required: Sequence[str]) -> Iterator[Row]:
        yield from table(io.StringIO(self.text, newline=""), required)  # type: ignore[arg-type]


class OfUpload(Import):
    """A batch and what is told of it are one transaction: what was made is known whenever it breaks off."""

    def __init__(self, upload: Upload, *, dry_run: bool) -> None:
        super().__init__(
            load("generic"), Path(), review_state=ReviewState.PUBLISHED, source=upload.source, dry_run=dry_run
        )
        self.upload = upload
        self.file = TextList(upload.content)  # type: ignore[assignment]
        self._maker = FromOfficer(self.mapping, source=upload.source, city=upload.city)
        if not dry_run:
            _keep_source(upload)

    def reason_against(self, draft: Draft, judged: Judged) -> str:
        listing = judged.listing
        if listing is not None and listing.city_id != self.upload.city_id:
            return _("it is listed in another city")
        if listing is not None and judged.outcome == CHANGED and listing.pk in self._stewarded:
            return _("it has stewards, who keep it; ask them")
        return super().reason_against(draft, judged)

    def _judged(self, rows: Sequence[Row]) -> list[Verdict]:
        by = self.upload.by
        role = ActingRole.ADMINISTRATOR if by and by.is_administrator else ActingRole.OFFICER
        with acting(by, role=role, deed="import"):
            verdicts = super()._judged(rows)
            self._remember(verdicts, read=len(rows))
        return verdicts

    def _settle(self, made: list[Draft]) -> list[Verdict]:
        for draft in made:
            draft.record.data_licence = draft.record.data_licence or self.upload.data_licence
            draft.record.source_url = draft.record.source_url or self.upload.source_url
        return super()._settle(made)

    @property
    def _stewarded(self) -> set[int]:
        """Asked anew for each batch: somebody may have claimed one meanwhile."""
        if not hasattr(self, "_of_batch"):
            rows = Stewardship.objects.filter(initiative__city=self.upload.city)
            self._of_batch = set(rows.values_list("initiative", flat=True))
        return self._of_batch

    @transaction.atomic
    def _remember(self, verdicts: Sequence[Verdict], *, read: int) -> None:
        upload = self.upload
        upload.progress += read
        upload.counts = dict(Counter(upload.counts) + Counter(each.outcome for each in verdicts))
        refused = [[each.row, each.name[:80], each.reason] for each in verdicts if each.outcome == REFUSED]
        doubles = self._doubles([each for each in verdicts if each.twin])
        upload.refused = [*upload.refused, *refused][:MOST_TOLD]
        upload.doubles = [*upload.doubles, *doubles][:MOST_TOLD]
        if not self.dry_run:
            new = [each.public_id for each in verdicts if each.outcome in (NEW, DUPLICATE)]
            upload.made = [*upload.made, *Initiative.objects.with_public_ids(new).values_list("pk", flat=True)]
        upload.save(update_fields=["progress", "counts", "refused", "doubles", "made"])
        self.__dict__.pop("_of_batch", None)

    def _doubles(self, verdicts: Sequence[Verdict]) -> list[list[Any]]:
        """What of another city still waits is not named; a row of this same file has no page yet."""
        found = Initiative.objects.with_public_ids(each.twin.public_id for each in verdicts if each.twin)
        here = set(found.values_list("public_id", flat=True))
        seen = set(found.comparable_by(self.upload.by).values_list("public_id", flat=True)) if self.upload.by else set()
        return [
            [each.row, each.name[:80], *_shown(each.twin, is_here=each.twin.public_id in here, seen=seen)]
            for each in verdicts
            if each.twin
        ]


def _shown(twin: Twin, *, is_here: bool, seen: set[str]) -> tuple[str, str]:
    if not is_here:
        return twin.name, ""
    return (twin.name, twin.public_id) if twin.public_id in seen else ("", "")


def _keep_source(upload: Upload) -> None:
    told = {"name": f"{upload.name} ({upload.city.name})", "url": upload.source_url[:200]}
    Source.objects.update_or_create(code=upload.source, defaults={**told, "data_licence": upload.data_licence})
