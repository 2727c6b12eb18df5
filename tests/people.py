"""People and listings for tests: factories with keyword-only arguments, every value of them made up.

The vocabulary comes from the fixtures, row by row, so that a test pays only for what it names.
"""

import time
from collections.abc import Iterable
from functools import cache
from itertools import count
from typing import Any

from django.test import Client

from initiatives.importing.vocabulary import toml
from initiatives.models import (
    Appointment,
    City,
    Domain,
    Exchange,
    Group,
    Initiative,
    InitiativeLicence,
    Licence,
    Membership,
    Pair,
    ProtectionClass,
    Relationship,
    Stewardship,
    Tag,
    Translation,
    User,
    search,
)
from initiatives.models.choices import RelationshipState, ReviewState
from initiatives.text import fold

_numbers = count(1)

# name: (country, latitude, longitude, population, further names)
CITIES = {
    "Ghent": ("BE", 51.05, 3.72, 231_493, ("Gent", "Gand")),
    "Lille": ("FR", 50.63, 3.06, 228_328, ("Rijsel",)),
    "Bologna": ("IT", 44.49, 11.34, 366_133, ("Bologne",)),
    "Bristol": ("GB", 51.46, -2.60, 617_280, ()),
    "Antwerp": ("BE", 51.22, 4.40, 529_247, ("Antwerpen", "Anvers")),
}
REASON = {"kind": "shared_words", "strength": 0.5, "evidence": {"words": ["garden"]}}


# The vocabulary.


@cache
def _rows(file: str, table: str) -> list[dict[str, Any]]:
    return toml(file)[table]


def domain(slug: str) -> Domain:
    position, row = next(
        (place, row) for place, row in enumerate(_rows("domains.toml", "domain"), 1) if row["slug"] == slug
    )
    values = {name: row[name] for name in ("code", "family", "hatch", "names", "descriptions", "essglobal")}
    return Domain.objects.get_or_create(slug=slug, defaults={"position": position, **values})[0]


def licence(spdx_id: str) -> Licence:
    row = next(row for row in _rows("licences.toml", "licence") if row["spdx_id"] == spdx_id)
    protection = next(each for each in _rows("licences.toml", "protection") if each["code"] == row["protection"])
    ProtectionClass.objects.get_or_create(code=row["protection"], defaults={"position": 1} | protection)
    names = [field.name for field in Licence._meta.concrete_fields if field.name in row]
    return Licence.objects.get_or_create(spdx_id=spdx_id, defaults={name: row[name] for name in names})[0]


def city(name: str = "Ghent", **values: Any) -> City:
    country, latitude, longitude, population, others = CITIES.get(name, ("BE", 50.9, 4.0, 10_000, ()))
    defaults = {
        "name": name,
        "names": {"en": name, "nl": next(iter(others), name)},
        "country": country,
        "latitude": latitude,
        "longitude": longitude,
        "population": population,
        "aliases": [fold(each) for each in (name, *others)],
    }
    return City.objects.get_or_create(slug=fold(name).replace(" ", "-"), defaults=defaults | values)[0]


def tag(name: str, *, synonym_of: Tag | None = None) -> Tag:
    found, _ = Tag.objects.get_or_create(name=name)
    if synonym_of:
        found.become_synonym_of(synonym_of)
    return found


# People.


def person(name: str) -> User:
    """Alice stewards, Bruno stewards the neighbour's, Olga is officer of Ghent, Leo of Lille, Bea brokers, Stan is
    nobody."""
    found = User.objects.filter(name=name).first()
    return found or User.objects.create_user(f"{fold(name)}@example.org", name=name)


def officer(name: str = "Olga", *, of: str = "Ghent") -> User:
    """Olga is officer of Ghent, Leo of Lille."""
    return _appointed(person(name), "officer", city(of))


def broker(name: str = "Bea") -> User:
    return _appointed(person(name), "broker")


def administrator(name: str = "Ada") -> User:
    return _appointed(person(name), "administrator")


def _appointed(who: User, role: str, where: City | None = None) -> User:
    Appointment.objects.get_or_create(person=who, role=role, city=where)
    return User.objects.get(pk=who.pk)


def steward(name: str = "Alice", *, of: Initiative) -> User:
    who = person(name)
    Stewardship.objects.get_or_create(initiative=of, person=who, defaults={"origin": "registered"})
    return who


def signed_in(who: User, *, second_factor: bool = True, at: float | None = None) -> Client:
    """A browser in which they have just signed in, with a second factor if they have a role that asks for it."""
    client = Client()
    client.force_login(who)
    by = "mfa" if second_factor and who.roles else "code"
    session = client.session
    session["account_authentication_methods"] = [{"method": by, "at": time.time() if at is None else at}]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
    return client


# Listings and what is tied to them.


def initiative(
    *,
    domains: Iterable[str] = (),
    tags: Iterable[str] = (),
    licences: Iterable[tuple[str, str]] = (),
    wants: Iterable[str] = (),
    offers: Iterable[str] = (),
    translations: dict[str, str] | None = None,
    **values: Any,
) -> Initiative:
    """A published listing of Ghent, unless told otherwise; searchable at once."""
    if "city" not in values:
        values["city"] = city()
    if values["city"]:
        values["country"] = values["city"].country
    number = next(_numbers)
    defaults = {"name": f"Initiative {number}", "language": "en", "review_state": ReviewState.PUBLISHED}
    listing = Initiative.objects.create(**defaults | values)
    listing.set_domains([domain(slug) for slug in domains])
    listing.tags.add(*[tag(name) for name in tags])
    for spdx_id, output in licences:
        InitiativeLicence.objects.create(initiative=listing, licence=licence(spdx_id), output_kind=output)
    for kind, titles in (("want", wants), ("offer", offers)):
        for title in titles:
            exchange(of=listing, title=title, exchange_type=kind)
    for language, mission in (translations or {}).items():
        Translation.objects.create(initiative=listing, language=language, mission=mission)
    search.refresh([listing.pk])
    return listing


def platform(**values: Any) -> Initiative:
    return initiative(listing_kind="platform", city=None, geographic_scope="international", **values)


def exchange(*, of: Initiative, **values: Any) -> Exchange:
    defaults = {"exchange_type": "offer", "item_type": "space", "transaction_type": "borrow-lend", "title": "A room"}
    return Exchange.objects.create(initiative=of, **defaults | values)


def link(*, source: Initiative, target: Initiative, kind: str = "member_of", **values: Any) -> Relationship:
    defaults = {"state": RelationshipState.CONFIRMED}
    return Relationship.objects.create(from_initiative=source, to_initiative=target, kind=kind, **defaults | values)


def pair(one: Initiative, other: Initiative, **values: Any) -> Pair:
    a, b = sorted((one, other), key=lambda listing: listing.pk)
    defaults = {"kind": "peers", "score": 0.7, "parts": {"text": 0.7}, "reasons": [REASON]}
    return Pair.objects.create(a=a, b=b, **defaults | values)


def group(*members: Initiative, words: Iterable[str] = ("garden",), **values: Any) -> Group:
    """With each member as a main one, and all pairs between them."""
    keys = [member.pk for member in members]
    shared = REASON | {"evidence": {"words": {"en": list(words)}}, "members": keys}
    label = {"kind": "words", "code": "", "words": {"en": list(words)}, "city": None, "city_name": ""}
    made = Group.objects.create(**{"label": label, "reasons": [shared]} | values)
    Membership.objects.bulk_create(
        Membership(group=made, initiative=member, strength=0.8, reasons=[shared_with(keys, but=member.pk)])
        for member in members
    )
    for place, member in enumerate(members):
        for other in members[place + 1 :]:
            pair(member, other)
    return made


def shared_with(keys: Iterable[int], *, but: int) -> dict[str, Any]:
    """The reason of a member: what it shares with the others."""
    return REASON | {"evidence": {"words": ["garden"], "with": [key for key in keys if key != but]}}
