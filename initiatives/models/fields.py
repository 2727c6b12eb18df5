"""Fields and small parts that several nouns share."""

import hashlib
import secrets
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language

from initiatives.text import fold

# Crockford's base 32 in lower case: no letter that is read as a digit, none that spells words easily.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 10  # 50 bits: at a million listings one collision is expected in 2,000 directories


def new_public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def derived_public_id(*parts: str) -> str:
    """The same id for the same parts in every installation, so that addresses of shared data agree."""
    number = int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest()[:8])
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(PUBLIC_ID_LENGTH))


class PublicIdField(models.CharField):
    """Never changes and is never used twice; what addresses are made of."""

    def __init__(self, **options: Any) -> None:
        options |= {"max_length": PUBLIC_ID_LENGTH, "unique": True, "editable": False, "default": new_public_id}
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for fixed in ("max_length", "unique", "editable", "default"):
            options.pop(fixed, None)
        return name, path, args, options


class SortKeyField(models.CharField):
    """The folded form of another field, kept when the row is saved, one by one or in bulk."""

    def __init__(self, *, of: str, **options: Any) -> None:
        self.of = of
        options |= {"max_length": 200, "editable": False}
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("max_length", None)
        options.pop("editable", None)
        return name, path, args, options | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = fold(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class TextsField(models.JSONField):
    """A text in several languages: `{"en": "Food", "nl": "Voedsel"}`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"default": dict, "blank": True} | options))


def in_reader_language(texts: dict[str, str], otherwise: str = "") -> str:
    """The text in the active language, else in English, else in any."""
    language = (get_language() or "en").split("-")[0]
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), otherwise)


def one_of(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """The database holds that `field` carries one of its codes."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": choices.values}), name=f"%(class)s_{field}_known"
    )


class Located(models.Model):
    """A point on earth, or none; nothing lies at 0° 0°, which is what broken coordinates say."""

    latitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                name="%(class)s_location_whole",
                # “Not null” is said, since a check that comes out as NULL lets the row pass.
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__isnull=False, longitude__isnull=False)
                & models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
                & ~models.Q(latitude=0, longitude=0),
            ),
        )

    @property
    def is_located(self) -> bool:
        return self.latitude is not None
