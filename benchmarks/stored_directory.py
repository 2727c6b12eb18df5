"""A made directory in a PostgreSQL of its own: listings, what was read out of them, and where they stand."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.own_cluster import own_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.directory import Directory
    from commons_directory.embedded import Cluster
    from initiatives.models import Initiative
    from initiatives.overlap.engine import Engine
    from initiatives.overlap.values import Listing

SOURCE = "made"
# Key 0 is that of whoever asks: rows of the table begin at 1.
FIRST = 1


@contextmanager
def stored(directory: Directory) -> Iterator[None]:
    """Django's own database while this lasts, with the directory computed as far as peers of one listing need it."""
    with own_cluster() as cluster:
        set_up(cluster)
        from django.db import connection

        from initiatives.overlap.engine import Engine

        try:
            _fill(directory, Engine(directory.activities, directory.encoder))
            yield
        finally:
            connection.close()


def set_up(cluster: Cluster) -> None:
    """As the owner of the tables, in an environment that names no other server."""
    from commons_directory import database

    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_POOL"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "commons_directory.settings",
        "COMMONS_DATA": str(cluster.folder),
        "SECRET_KEY": secrets.token_urlsafe(64),
        database.SOCKET: cluster.socket_folder,
        database.ROLE: "owner",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_vocabulary", verbosity=0)


def _fill(directory: Directory, engine: Engine) -> None:
    """By the functions that compute a directory, but for reading the listings back from their tables."""
    from dataclasses import replace

    from django.db import connection

    from initiatives.models import City, Initiative
    from initiatives.tasks.storing import make_current, placed, store_traits

    cities: Mapping[int, int] = dict(City.objects.values_list("geonames_id", "pk"))
    traits = []
    for batch in directory.batches():
        moved = [replace(listing, key=listing.key + FIRST) for listing in batch]
        Initiative.objects.bulk_create([_row(listing, cities) for listing in moved])
        _give_domains(moved)
        traits += store_traits(engine, moved)
    make_current(placed(engine, traits).row)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _row(listing: Listing, cities: Mapping[int, int]) -> Initiative:
    from initiatives.models import Initiative

    return Initiative(
        pk=listing.key,
        source=SOURCE,
        source_id=str(listing.key),
        name=listing.name[:200],
        mission=listing.mission,
        description=listing.description,
        language=listing.language,
        primary_url=listing.website,
        city_id=cities.get(listing.city) if listing.city else None,
        country=listing.country,
        latitude=listing.latitude,
        longitude=listing.longitude,
        review_state="published",
    )


def _give_domains(listings: Sequence[Listing]) -> None:
    from initiatives.models import Domain, InitiativeDomain

    known: Mapping[str, int] = dict(Domain.objects.values_list("code", "pk"))
    InitiativeDomain.objects.bulk_create(
        InitiativeDomain(initiative_id=listing.key, domain_id=known[code], position=place)
        for listing in listings
        for place, code in enumerate((code for code in listing.domains if code in known), start=1)
    )
