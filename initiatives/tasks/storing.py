"""What is read out of listings and where it puts them, kept between computations: each batch is committed, so a run
that was killed goes on where it was."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import batched

import numpy as np
from django.db import transaction

from initiatives.models import Domain, Initiative, OverlapSpace, OverlapTraits, OverlapVector
from initiatives.overlap import values
from initiatives.overlap.cells import found_cells
from initiatives.overlap.corpus import corpus
from initiatives.overlap.engine import Engine
from initiatives.overlap.one import Placed, Stored
from initiatives.overlap.traits import Traits, as_data, from_data
from initiatives.tasks.reading import listings

# Listings read and committed at once: a second or two of work.
BATCH = 200
# A space serves while the directory has not changed beyond recognition: from half to one and a half times as many.
GROWN, SHRUNK = 1.5, 0.5


def read_anew(engine: Engine, progress: values.Progress | None = None) -> None:
    """Reads every published listing that has changed since it was read, and forgets those that are published no
    more."""
    OverlapTraits.objects.exclude(initiative__in=Initiative.objects.published().real()).delete()
    known = dict(OverlapTraits.objects.filter(reading=engine.reader.version).values_list("initiative", "digest"))
    changed = [each for each in listings() if known.get(each.key) != digest(each)]
    for done, batch in _counted(changed, BATCH):
        store_traits(engine, batch)
        if progress:
            progress("read", done, len(changed))


def store_traits(engine: Engine, changed: Sequence[values.Listing]) -> list[Traits]:
    """Where they stood before they changed is forgotten too."""
    read = engine.read(changed)
    keys = [each.listing.key for each in read]
    digests = {each.key: digest(each) for each in changed}
    rows = [
        OverlapTraits(
            initiative_id=each.listing.key,
            reading=engine.reader.version,
            digest=digests[each.listing.key],
            told=as_data(each),
            meaning=None if each.meaning is None else each.meaning.tobytes(),
        )
        for each in read
    ]
    with transaction.atomic():
        OverlapTraits.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["initiative"],
            update_fields=["reading", "digest", "told", "meaning"],
        )
        OverlapVector.objects.of(keys).delete()
    return read


def stored_traits() -> list[Traits]:
    """Of everybody who is published, in the order of their keys."""
    rows = OverlapTraits.objects.filter(initiative__in=Initiative.objects.published().real()).order_by("initiative")
    return [from_data(told, meaning) for told, meaning in rows.values_list("told", "meaning").iterator()]


@dataclass(frozen=True)
class Standing:
    """Everybody's place in a space: row i of `vectors` belongs to the i-th of the traits."""

    row: OverlapSpace
    stored: Stored
    vectors: values.Vectors


def placed(engine: Engine, traits: Sequence[Traits], progress: values.Progress | None = None) -> Standing:
    """In the space that is current where it still serves, else in a new one beside it."""
    told = corpus(traits)
    row = _space(engine, told.traits)
    stored = Stored(engine, row.space, row.cells, told.frequencies, tuple(row.domains), tuple(row.activities))
    row.frequencies, row.revision = told.frequencies.as_data(), row.revision + 1
    known = {
        key: bytes(vector)
        for key, vector in OverlapVector.objects.filter(space=row).values_list("initiative", "vector").iterator()
    }
    missing = [each for each in told.traits if each.listing.key not in known]
    places = stored.placed(missing)
    known.update(zip((each.listing.key for each in missing), map(bytes, places.vectors), strict=True))
    # Rows of one cell side by side on the disk: a question reads some thousands of them.
    order = np.argsort(places.cells, kind="stable").tolist()
    for done, batch in _counted(order, BATCH * 10):
        store_places(row, [missing[n] for n in batch], places.of(list(batch)))
        if progress:
            progress("places", done, len(missing))
    vectors = np.frombuffer(b"".join(known[each.listing.key] for each in told.traits), dtype=np.int8)
    return Standing(row, stored, vectors.reshape(len(told), -1) if len(told) else stored.space.vectors([]))


def store_places(row: OverlapSpace, traits: Sequence[Traits], places: Placed) -> None:
    rows = (
        OverlapVector(
            initiative_id=each.listing.key,
            space=row,
            cell=int(cell),
            vector=vector.tobytes(),
            beside=beside.tobytes(),
            language=each.language,
        )
        for each, cell, vector, beside in zip(traits, places.cells, places.vectors, places.beside, strict=True)
    )
    with transaction.atomic():
        OverlapVector.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["initiative", "space"],
            update_fields=["cell", "vector", "beside", "language"],
        )


def make_current(row: OverlapSpace) -> None:
    """In the transaction that keeps what was found in it. The one before goes with all its vectors."""
    OverlapSpace.objects.exclude(pk=row.pk).filter(is_current=True).update(is_current=False)
    row.is_current = True
    row.save(update_fields=["is_current", "frequencies", "revision"])
    OverlapSpace.objects.outdated().exclude(pk=row.pk).delete()


def digest(listing: values.Listing) -> str:
    return sha256(repr(listing).encode()).hexdigest()


def _space(engine: Engine, traits: Sequence[Traits]) -> OverlapSpace:
    domains = sorted(Domain.objects.values_list("code", flat=True))
    for row in OverlapSpace.objects.order_by("-is_current", "-pk"):
        same = (row.reading, row.activities, row.domains) == (engine.reader.version, [*engine.activities], domains)
        if same and SHRUNK * row.population <= len(traits) <= GROWN * row.population:
            return row
    return _new_space(engine, traits, domains)


def _new_space(engine: Engine, traits: Sequence[Traits], domains: list[str]) -> OverlapSpace:
    space = engine.space(traits)
    told = corpus(traits)
    field = engine.field(told, space.vectors(traits), domains=domains)
    row = OverlapSpace(
        version=space.version,
        reading=engine.reader.version,
        population=len(traits),
        activities=[*engine.activities],
        domains=domains,
        archive=space.as_bytes(),
        frequencies=told.frequencies.as_data(),
    )
    row.cells = found_cells(field)
    row.save()
    return row


def _counted[Thing](things: Iterable[Thing], size: int) -> Iterator[tuple[int, tuple[Thing, ...]]]:
    """In batches, each with how many are done after it."""
    done = 0
    for batch in batched(things, size, strict=False):
        done += len(batch)
        yield done, batch
