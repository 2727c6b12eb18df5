"""The columns of initiatives. Names are those of docs and of the standards that they come from."""

from django.conf import settings
from django.db.models import CharField, F, Subquery, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from initiatives.models import (
    Exchange,
    InitiativeDomain,
    InitiativeLicence,
    Membership,
    Relationship,
    TaggedInitiative,
)
from initiatives.models.choices import ExchangeType
from initiatives.opendata.columns import Column, Type
from initiatives.opendata.expressions import FromPairs, Joined, Moment, text, together

MURMURATIONS = "Murmurations organizations_schema-v1.0.0"
HSDS = "Open Referral HSDS 3"
ADDRESS = Value(f"{settings.BASE_URL}/initiatives/")


def _exchanges(kind: ExchangeType) -> Subquery:
    return together(Exchange.objects.current().of_type(kind), of="initiative", value="title", order="pk")


INITIATIVES: tuple[Column, ...] = (
    Column(
        name="public_id",
        type=Type.STRING,
        meaning=_("The identity of the listing. It never changes and is never used twice."),
        value=F("public_id"),
    ),
    Column(
        name="url",
        type=Type.STRING,
        meaning=_("Its page in this directory."),
        value=Concat(ADDRESS, F("public_id"), Value("/"), output_field=CharField()),
    ),
    Column(name="name", type=Type.STRING, meaning=_("What it is called."), standard=MURMURATIONS, value=F("name")),
    Column(
        name="nickname",
        type=Type.LIST,
        meaning=_("Other names it goes by."),
        standard=MURMURATIONS,
        value=Joined(F("nickname")),
    ),
    Column(
        name="primary_url",
        type=Type.STRING,
        meaning=_("Its own website."),
        standard=MURMURATIONS,
        value=F("primary_url"),
    ),
    Column(
        name="urls",
        type=Type.LIST,
        meaning=_("Further addresses on the web."),
        standard=MURMURATIONS,
        value=Joined(F("urls")),
    ),
    Column(
        name="mission",
        type=Type.STRING,
        meaning=_("In a sentence or two: what it does, and for whom."),
        standard=MURMURATIONS,
        value=F("mission"),
    ),
    Column(
        name="description",
        type=Type.STRING,
        meaning=_("More about it, in Markdown."),
        standard=MURMURATIONS,
        value=F("description"),
    ),
    Column(
        name="language",
        type=Type.STRING,
        meaning=_("The language of the text; “und” where it is not known."),
        standard="BCP 47",
        value=F("language"),
    ),
    Column(
        name="status",
        type=Type.STRING,
        meaning=_("One of: in_planning, active, on_hold, completed, cancelled, unknown."),
        standard=MURMURATIONS,
        value=F("status"),
    ),
    Column(
        name="founded_year",
        type=Type.INTEGER,
        meaning=_("The year in which it began."),
        unit=_("year"),
        value=F("founded_year"),
    ),
    Column(
        name="founded_precision",
        type=Type.STRING,
        meaning=_("How sure that year is: exact or approximate."),
        value=F("founded_precision"),
    ),
    Column(
        name="closed_year",
        type=Type.INTEGER,
        meaning=_("The year in which it ended."),
        unit=_("year"),
        value=F("closed_year"),
    ),
    Column(
        name="city",
        type=Type.STRING,
        meaning=_("Its city, as in the address of the city’s page."),
        value=F("city__slug"),
    ),
    Column(
        name="city_name",
        type=Type.STRING,
        meaning=_("The city’s name in GeoNames."),
        standard="GeoNames",
        value=F("city__name"),
    ),
    Column(
        name="geonames_id",
        type=Type.INTEGER,
        meaning=_("The city’s number in GeoNames."),
        standard="GeoNames",
        value=F("city__geonames_id"),
    ),
    Column(
        name="country", type=Type.STRING, meaning=_("Its country."), standard="ISO 3166-1 alpha-2", value=F("country")
    ),
    Column(
        name="geographic_scope",
        type=Type.STRING,
        meaning=_("How far it reaches: local, regional, national, international, unknown."),
        standard=MURMURATIONS,
        value=F("geographic_scope"),
    ),
    Column(
        name="latitude",
        type=Type.NUMBER,
        meaning=_("Where it is; empty where only the city is known."),
        unit=_("degrees"),
        standard="WGS 84",
        value=F("latitude"),
    ),
    Column(
        name="longitude",
        type=Type.NUMBER,
        meaning=_("Where it is; empty where only the city is known."),
        unit=_("degrees"),
        standard="WGS 84",
        value=F("longitude"),
    ),
    Column(
        name="domains",
        type=Type.LIST,
        meaning=_("One to four of the sixteen domains, the main one first."),
        value=together(InitiativeDomain.objects.all(), of="initiative", value="domain__code", order="position"),
    ),
    Column(
        name="tags",
        type=Type.LIST,
        meaning=_("Free words, as they were said."),
        standard=MURMURATIONS,
        value=together(TaggedInitiative.objects.all(), of="content_object", value="tag__name", order="tag__name"),
    ),
    Column(
        name="organisational_structure",
        type=Type.STRING,
        meaning=_("Its legal or social form."),
        standard="ESSGlobal",
        value=F("organisational_structure"),
    ),
    Column(
        name="licences",
        type=Type.LIST,
        meaning=_("What it publishes under, each with the kind of output: “software: AGPL-3.0-or-later”."),
        standard="SPDX",
        value=together(
            InitiativeLicence.objects.all(),
            of="initiative",
            value=Concat("output_kind", Value(": "), "licence__spdx_id", output_field=CharField()),
            order="pk",
        ),
    ),
    Column(
        name="self_description",
        type=Type.LIST,
        meaning=_("What it calls itself, such as commons or solidarity_economy."),
        value=Joined(F("self_description")),
    ),
    Column(
        name="number_of_members",
        type=Type.INTEGER,
        meaning=_("How many members it says it has."),
        unit=_("people"),
        value=F("number_of_members"),
    ),
    Column(
        name="wants",
        type=Type.LIST,
        meaning=_("What it looks for now."),
        standard="Murmurations offers_wants_schema-v0.1.0",
        value=_exchanges(ExchangeType.WANT),
    ),
    Column(
        name="offers",
        type=Type.LIST,
        meaning=_("What it offers now."),
        standard="Murmurations offers_wants_schema-v0.1.0",
        value=_exchanges(ExchangeType.OFFER),
    ),
    Column(
        name="relationships",
        type=Type.LIST,
        meaning=_("Confirmed links to other listings, each with its kind: “member_of: 7hk2m9x4qz”."),
        standard=MURMURATIONS,
        value=together(
            Relationship.objects.public(),
            of="from_initiative",
            value=Concat("kind", Value(": "), "to_initiative__public_id", output_field=CharField()),
            order="pk",
        ),
    ),
    Column(
        name="group",
        type=Type.STRING,
        meaning=_("The overlap group it belongs to."),
        value=together(Membership.objects.public().main(), of="initiative", value="group__public_id", order="pk"),
    ),
    Column(name="source", type=Type.STRING, meaning=_("The list it was taken from."), value=F("source")),
    Column(name="source_id", type=Type.STRING, meaning=_("Its identity in that list."), value=F("source_id")),
    Column(name="source_url", type=Type.STRING, meaning=_("Its page in that list."), value=F("source_url")),
    Column(
        name="data_licence",
        type=Type.STRING,
        meaning=_("The licence of these data about it."),
        standard="SPDX",
        value=F("data_licence"),
    ),
    Column(
        name="evidence",
        type=Type.LIST,
        meaning=_("Addresses where its facts can be seen."),
        value=FromPairs(F("evidence"), member="url"),
    ),
    Column(
        name="confirmed_on",
        type=Type.DATE,
        meaning=_("When somebody last said that it is still right."),
        standard=f"{HSDS} assured_date",
        value=text("confirmed_on"),
    ),
    Column(
        name="changed_at",
        type=Type.DATETIME,
        meaning=_("When the listing last changed."),
        standard="ISO 8601, UTC",
        value=Moment(F("changed_at")),
    ),
)
