"""From answers to a listing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from initiatives.models import search
from initiatives.models.domain import Domain
from initiatives.models.exchange import Exchange
from initiatives.models.initiative import Initiative

# Facts and texts, as the consent text says it.
DATA_LICENCE = "CC0-1.0 AND CC-BY-SA-4.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the answers say, as a listing has it."""

    columns: dict[str, Any]
    domains: Sequence[Domain]
    tags: Sequence[str] = ()
    exchanges: Sequence[dict[str, str]] = field(default_factory=list)


def draft(told: Told, *, contact: str) -> Initiative:
    """A listing that nobody sees yet."""
    listing = Initiative.objects.create(contact=contact, data_licence=DATA_LICENCE, **told.columns)
    listing.set_domains(told.domains)
    listing.tags.add(*told.tags)
    Exchange.objects.bulk_create(Exchange(initiative=listing, **each) for each in told.exchanges)
    search.refresh([listing.pk])
    return listing
