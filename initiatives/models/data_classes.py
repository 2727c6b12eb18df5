"""What every column is, for people: fixtures/data_classes.toml. The history, a person's own data, erasure and the tests
ask here."""

import tomllib
from functools import cache

from django.conf import settings
from django.db import models

FILE = settings.BASE_DIR / "fixtures" / "data_classes.toml"


class DataClass(models.TextChoices):
    PUBLIC_FACT = "public_fact"
    PUBLIC_TEXT = "public_text"
    RECORD = "record"
    INTERNAL_TEXT = "internal_text"
    OWNER = "owner"
    PERSON = "person"
    ADDRESS = "address"
    PERSONAL = "personal"
    SECRET = "secret"  # noqa: S105
    TECHNICAL = "technical"


# What the history may hold: nothing in these is about a person.
REMEMBERED = (DataClass.PUBLIC_FACT, DataClass.PUBLIC_TEXT, DataClass.RECORD)


@cache
def data_classes() -> dict[str, dict[str, DataClass]]:
    """By the label of the model and the name of the field."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        label: {name: DataClass(each) for each, names in classes.items() for name in names.split()}
        for label, classes in tables.items()
    }


def fields_of(model: type[models.Model], *classes: DataClass) -> list[models.Field]:
    """Its fields of these classes, in the order of the model."""
    known = data_classes().get(model._meta.label, {})
    return [field for field in model._meta.local_concrete_fields if known.get(field.name) in classes]
