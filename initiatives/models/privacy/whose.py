"""Which rows are somebody's, found by what fixtures/data_classes.toml says of the columns."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models

from initiatives.models.data_classes import DataClass, fields_of

if TYPE_CHECKING:
    from initiatives.models.people import User


def addresses_of(person: "User") -> list[str]:
    """Under which mails reach them."""
    return [person.email]


def rows_of(person: "User") -> Iterator[models.QuerySet]:
    """The rows that are theirs, of each table that has any."""
    for model in nouns():
        own = [models.Q(**{field.name: person.pk}) for field in fields_of(model, DataClass.OWNER)]
        by_address = fields_of(model, DataClass.ADDRESS)
        own += [models.Q(**{f"{field.name}__iexact": each}) for field in by_address for each in addresses_of(person)]
        if own:
            yield model._base_manager.filter(reduce(or_, own)).order_by("pk")


def deeds_of(person: "User") -> Iterator[models.QuerySet]:
    """The rows that are not theirs, but say that they did something."""
    for model in nouns():
        did = [models.Q(**{field.name: person.pk}) for field in fields_of(model, DataClass.PERSON)]
        if did:
            yield model._base_manager.filter(reduce(or_, did)).order_by("pk")


def nouns() -> list[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]
