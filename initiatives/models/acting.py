"""Who does what is written: the history that the database keeps asks the transaction, not the caller."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from initiatives.models.initiative import Initiative
    from initiatives.models.people import User

# Ends with the transaction, so that a pooled connection never carries it to whoever comes next.
SETTING = "commons.acting"


class ActingRole(models.TextChoices):
    """What somebody acts as. One person may act as several: an officer stewards a listing of their own."""

    STEWARD = "steward", _("a steward")
    OFFICER = "officer", _("an officer")
    ADMINISTRATOR = "administrator", _("an administrator")
    BROKER = "broker", _("a broker")
    CLAIMANT = "claimant", _("somebody who claims the listing")
    VISITOR = "visitor", _("a visitor")
    SYSTEM = "system", _("the directory itself")


class Acting(NamedTuple):
    key: str
    actor: int | None
    role: str
    deed: str


_now: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(by: "User | None", *, role: str, deed: str) -> Iterator[None]:
    """All that is written inside is one deed: one transaction, and one entry of the history.

    `deed` is the word that the house has for it (publish, edit, claim). Of the person the history gets the primary key,
    which erasure takes out again. Inside of a deed a further one of the same person, or of nobody, is a part of the
    first; whatever is written outside of any was done by the system.
    """
    outer = _now.get()
    actor = by.pk if by is not None else None
    if outer and actor in (outer.actor, None):
        with transaction.atomic():
            yield
        return
    token = _now.set(Acting(uuid4().hex, actor, str(role), deed))
    try:
        # An exception takes the setting back with all else that was written.
        with transaction.atomic():
            _tell_the_database(_now.get())
            yield
            _tell_the_database(outer)
    finally:
        _now.reset(token)


def role_of(by: "User | None", listing: "Initiative") -> ActingRole:
    """What somebody acts as towards a listing, where the deed itself does not say."""
    if by is None:
        return ActingRole.VISITOR
    if listing.stewardships.filter(person=by).exists():
        return ActingRole.STEWARD
    if listing.city_id in by.cities_curated:
        return ActingRole.OFFICER
    if by.is_administrator:
        return ActingRole.ADMINISTRATOR
    return ActingRole.BROKER if by.is_broker else ActingRole.VISITOR


def role_of_curator(by: "User") -> ActingRole:
    """Where a deed is for those who curate, whoever else they are to the listings in it."""
    if by.is_administrator:
        return ActingRole.ADMINISTRATOR
    return ActingRole.BROKER if by.is_broker and not by.is_curator else ActingRole.OFFICER


def _tell_the_database(now: Acting | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, json.dumps(now._asdict()) if now else ""])
