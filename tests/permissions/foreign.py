"""Fields that nobody asked for: of every model, and words that sound as if they gave somebody something."""

from collections.abc import Collection
from functools import cache

from django.apps import apps
from django.db import models
from hypothesis import strategies as st

ROLES = ("administrator", "officer", "broker", "steward")
WORDS = {"is_staff": ["true"], "is_superuser": ["true"], "role": ROLES, "roles": ROLES, "by": ["1"], "pk": ["1"]}


@cache
def worth() -> dict[str, list[str]]:
    """Names, and for each what would matter most if it were heard."""
    found = {name: list(values) for name, values in WORDS.items()}
    for model in apps.get_app_config("initiatives").get_models():
        for field in model._meta.concrete_fields:
            for name in (field.name, field.attname):
                found.setdefault(name, []).extend(_values(field))
    return found


def foreign(own: Collection[str]) -> st.SearchStrategy[dict[str, str]]:
    """All of them, which Hypothesis tries first, or some."""
    values = {name: st.sampled_from(values) for name, values in worth().items() if name not in own}
    return st.fixed_dictionaries(values) | st.fixed_dictionaries({}, optional=values)


def _values(field: models.Field) -> list[str]:
    if field.is_relation:
        other = field.related_model._base_manager.order_by("pk").first()
        return [str(other.pk) if other else "1"]
    if isinstance(field, models.BooleanField):
        return ["true"]
    return [str(value) for value, _label in field.flatchoices if value] or ["2"]
