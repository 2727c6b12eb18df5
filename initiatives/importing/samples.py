"""Loads `fixtures/samples.toml`: the people of the demonstration and what they keep. Only where DEMO is set.

All goes through the deeds of the models, so that a desk holds what it would hold had people done it.
"""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import transaction

from initiatives.importing.vocabulary import toml
from initiatives.models import (
    Appointment,
    City,
    Claim,
    Domain,
    DuplicatePair,
    Initiative,
    Report,
    Stewardship,
    User,
)
from initiatives.models.choices import GeographicScope, Status
from initiatives.models.stewardship import StewardshipOrigin
from initiatives.models.twins import identities, likely_twins


class NotADemonstrationError(Exception):
    """People whom everybody can become must not be where real ones are."""


@transaction.atomic
def load_samples() -> int:
    """Once: what people did with the samples since stays. Answers how many listings there are."""
    if not settings.DEMO:
        raise NotADemonstrationError
    rows = toml("samples.toml")
    people = {row["name"]: _person(row) for row in rows["person"]}
    if not Initiative.objects.filter(is_sample=True).exists():
        listings = {row["name"]: _listing(row, people) for row in rows["listing"]}
        for row in rows["claim"]:
            values = {"initiative": listings[row["listing"]], "by": people[row["by"]], "evidence": row["evidence"]}
            Claim.objects.create(**values)
        for row in rows["report"]:
            Report.objects.create(initiative=listings[row["listing"]], kind=row["kind"], words=row["words"])
    return Initiative.objects.filter(is_sample=True).count()


def _person(row: dict[str, Any]) -> User:
    who = User.objects.at(row["email"], language="en")
    if not who.name:
        who.name = row["name"]
        who.save(update_fields=["name"])
    if "role" in row:
        city = City.objects.get(slug=row["city"]) if "city" in row else None
        Appointment.objects.get_or_create(person=who, role=row["role"], city=city, ended_at=None)
    return who


def _listing(row: dict[str, Any], people: dict[str, User]) -> Initiative:
    steward = people.get(row.get("steward", ""))
    city = City.objects.get(slug=row["city"])
    listing = Initiative.objects.create(
        name=row["name"],
        mission=row["mission"],
        description=row.get("description", ""),
        primary_url=row.get("website", ""),
        language="en",
        city=city,
        country=city.country,
        status=Status.ACTIVE,
        geographic_scope=GeographicScope.LOCAL,
        contact=steward.email if steward else "",
        is_sample=True,
    )
    domains = {domain.code: domain for domain in Domain.objects.all()}
    listing.set_domains([domains[code] for code in row["domains"]])
    listing.tags.add(*row["tags"])
    if steward:
        Stewardship.objects.create(initiative=listing, person=steward, origin=StewardshipOrigin.REGISTERED)
    listing.submit(by=steward)
    if row["state"] == "published":
        listing.publish(by=people["Ada"])
    if "twin_of" in row:
        _tell_of_twin(listing)
    return listing


def _tell_of_twin(listing: Initiative) -> None:
    """What registering finds by itself: samples take no part in the search for overlap."""
    ((_key, identity),) = identities(Initiative.objects.with_keys([listing.pk]))
    for found in likely_twins(identity, besides=listing.pk)[:1]:
        a, b = sorted((found.b, listing.pk))
        values = {"probability": found.probability, "reasons": [asdict(reason) for reason in found.reasons]}
        DuplicatePair.objects.get_or_create(a_id=a, b_id=b, defaults=values)
