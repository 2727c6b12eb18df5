"""Imports a list: reads it in batches, judges every row, keeps what is new or changed.

A batch is whole or not at all; a run that was interrupted goes on where it was when it is started again, since what was
written is then the same.
"""

import hashlib
from collections.abc import Generator, Sequence
from contextlib import nullcontext
from itertools import batched
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from initiatives.importing.drafts import Draft, Maker, drafts
from initiatives.importing.exactly import FromOurselves
from initiatives.importing.making import FromOthers
from initiatives.importing.mapping import Mapping
from initiatives.importing.reading import ListFile, Row
from initiatives.importing.twins import Twins, is_certain, keep_pairs
from initiatives.importing.verdicts import CHANGED, DUPLICATE, NEW, REFUSED, Twin, Verdict
from initiatives.importing.writing import Judged, Writer
from initiatives.models import Initiative, Source
from initiatives.models.choices import ReviewState

BATCH = 500


class Import:
    """`verdicts()` does the work, one verdict for each row, in order. Raises Unreadable from there.

    `review_state` is that of new listings. One that is almost certainly listed already waits at the desk in any case.
    """

    def __init__(
        self,
        mapping: Mapping,
        path: Path,
        *,
        review_state: str,
        source: str = "",
        dry_run: bool = False,
        whole: bool = False,
    ) -> None:
        self.mapping = mapping
        self.file = ListFile(path, mapping.encoding)
        self.dry_run = dry_run
        self.whole = whole
        code = mapping.source.get("code", "") or source
        self._maker: Maker = FromOurselves(mapping, source=code) if mapping.exact else FromOthers(mapping, source=code)
        self._writer = Writer(code, review_state=review_state)
        self._seen: set[bytes] = set()

    def verdicts(self) -> Generator[Verdict]:
        with transaction.atomic() if self.whole else nullcontext():
            rows = self.file.rows(self.mapping.required)
            for batch in batched(rows, BATCH, strict=False):
                self._begin()
                yield from self._judged(batch)

    def _begin(self) -> None:
        """Before the first batch, when the file has turned out to be readable."""
        if not hasattr(self, "_twins"):
            self._twins = Twins()
            if self.mapping.source.get("code") and not self.dry_run:
                _keep_source(self.mapping)

    def _judged(self, rows: Sequence[Row]) -> list[Verdict]:
        made = list(drafts(self._maker, rows))
        refused = [each for each in made if isinstance(each, Verdict)]
        once = [self._once(each) for each in made if isinstance(each, Draft)]
        refused += [each for each in once if isinstance(each, Verdict)]
        settled = self._settled([each for each in once if isinstance(each, Draft)])
        return sorted([*refused, *settled], key=lambda verdict: verdict.row)

    def _once(self, draft: Draft) -> Draft | Verdict:
        """A list that names an identity twice would change the listing to and fro at every import."""
        told = "\x1f".join((draft.record.source, draft.record.source_id, draft.record.public_id))
        key = hashlib.blake2b(told.encode(), digest_size=8).digest()
        if key in self._seen:
            return _refused(draft, _("a row before it has the same identity, %(id)s") % {"id": draft.record.source_id})
        self._seen.add(key)
        return draft

    def _settled(self, made: list[Draft]) -> list[Verdict]:
        """A row that the database does not take must not take the others with it."""
        try:
            with transaction.atomic():
                return self._settle(made)
        except (DataError, IntegrityError) as error:
            if len(made) == 1:
                return [
                    _refused(made[0], _("the database does not take it: %(why)s") % {"why": str(error).splitlines()[0]})
                ]
        return [verdict for draft in made for verdict in self._settled([draft])]

    def _settle(self, made: list[Draft]) -> list[Verdict]:
        judged = self._writer.judge([draft.record for draft in made])
        pairs = list(zip(made, judged, strict=True))
        new = [(draft, each) for draft, each in pairs if each.outcome == NEW and not draft.doubt]
        self._give_keys([draft for draft, _ in new])
        for draft, each in new:
            self._twins.ask(draft, public_id=each.public_id, written=not self.dry_run)
            each.key = draft.key
            each.review_state = ReviewState.SUBMITTED if is_certain(draft) else ""
        if not self.dry_run:
            self._writer.keep([each for draft, each in pairs if not self.reason_against(draft, each)])
            keep_pairs(draft for draft, _ in new)
            # The database says now, not at the end of the transaction, which row it was that it does not take.
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        twins = self._twins.named(draft for draft, _ in new)
        return [self._verdict(draft, each, twins) for draft, each in pairs]

    def reason_against(self, draft: Draft, judged: Judged) -> str:
        """Why it is refused, now that it is known what it is; empty where nothing is against it."""
        if judged.outcome == NEW:
            return draft.doubt
        if judged.outcome == CHANGED and judged.record.public_id:
            return _("it is registered here and differs; its stewards change it, not an import")
        return ""

    def _verdict(self, draft: Draft, judged: Judged, twins: dict[int, Twin]) -> Verdict:
        if reason := self.reason_against(draft, judged):
            return _refused(draft, reason)
        twin = twins.get(draft.row)
        return Verdict(
            row=draft.row,
            outcome=DUPLICATE if twin else judged.outcome,
            name=draft.record.name,
            public_id=judged.public_id,
            fields=judged.differing,
            notes=(*draft.notes, *_where_it_went(judged)),
            twin=twin,
        )

    def _give_keys(self, new: list[Draft]) -> None:
        """Keys of rows to come, so that they can be asked about before they are written; negative in a dry run."""
        without = [draft for draft in new if draft.key is None]
        keys = [-draft.row for draft in without] if self.dry_run else Initiative.objects.keys_to_come(len(without))
        for draft, key in zip(without, keys, strict=True):
            draft.key = key


def _where_it_went(judged: Judged) -> tuple[str, ...]:
    """A row of a listing that was merged away is kept with that one, in case the merge is undone; the one that stands
    for it is an officer's choice, field by field, and no import undoes that."""
    stays = judged.listing.merged_into if judged.listing else None
    return (f"it was merged into another listing ({stays.public_id}), which stays as it is",) if stays else ()


def _refused(draft: Draft, reason: str) -> Verdict:
    return Verdict(row=draft.row, outcome=REFUSED, name=draft.record.name, reason=reason, notes=tuple(draft.notes))


def _keep_source(mapping: Mapping) -> None:
    told = {name: value for name, value in mapping.source.items() if name != "code"}
    Source.objects.update_or_create(code=mapping.source["code"], defaults=told)
