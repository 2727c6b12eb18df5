from collections.abc import Iterable
from math import cos, radians
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse

from initiatives.models.choices import ReviewState, is_public
from initiatives.models.fields import Located, SortKeyField, TextsField, in_reader_language
from initiatives.places import country_name
from initiatives.text import fold

if TYPE_CHECKING:
    from initiatives.models.people import User


class CityQuerySet(models.QuerySet["City"]):
    def first_curated_by(self, user: "User") -> "City | None":
        """Of an officer: most have one city."""
        return self.filter(pk__in=user.cities_curated).order_by("name").first()

    def called(self, name: str) -> "CityQuerySet":
        """Every city that goes by this name in any language, the largest first."""
        return self.filter(aliases__contains=[fold(name)]).order_by("-population", "geonames_id")

    def called_any(self, keys: Iterable[str]) -> "CityQuerySet":
        """Every city that goes by one of these folded names."""
        return self.filter(aliases__overlap=list(keys))

    def numbered_or_at(self, numbers: Iterable[int], slugs: Iterable[str]) -> "CityQuerySet":
        """By number in GeoNames, or by slug."""
        return self.filter(models.Q(geonames_id__in=list(numbers)) | models.Q(slug__in=list(slugs)))

    def slug_called(self, name: str) -> str:
        """The slug of the largest city of that name, empty where there is none. A hyphen may be a space."""
        found = self.called(name) or self.called(name.replace("-", " "))
        return found[0].slug if found else ""

    def in_country(self, code: str) -> "CityQuerySet":
        return self.filter(country=code)

    def either(self, keys: Iterable[int], slugs: Iterable[str]) -> "CityQuerySet":
        return self.filter(models.Q(pk__in=list(keys)) | models.Q(slug__in=list(slugs)))

    def with_initiatives(self) -> "CityQuerySet":
        """Cities that have published listings, each with its `initiative_count`."""
        return self.filter(is_public("initiatives")).annotate(initiative_count=models.Count("initiatives"))

    def nearest_with(self, initiatives: models.QuerySet, *, to: "City") -> "City | None":
        """The city nearest to another that has some of these initiatives, with its `initiative_count`."""
        near = self.exclude(pk=to.pk).counting(initiatives).annotate(apart=_squared_degrees(to))
        return near.order_by("apart", "pk").first()

    def counting(self, initiatives: models.QuerySet) -> "CityQuerySet":
        """Cities that have some of these initiatives, those with most first, each with its `initiative_count`."""
        here = self.filter(initiatives__in=initiatives.order_by().values("pk"))
        return here.annotate(initiative_count=models.Count("initiatives")).by_size()

    def at(self, slug: str) -> "City | None":
        return self.filter(slug=slug).first()

    def around(self, city: "City", *, most: int = 6) -> "CityQuerySet":
        """The nearest cities that have initiatives."""
        near = self.exclude(pk=city.pk).with_initiatives().annotate(apart=_squared_degrees(city))
        return near.order_by("apart", "pk")[:most]

    def curated_by(self, user: "User") -> "CityQuerySet":
        """Those whose desk is theirs."""
        if not user.is_authenticated or not user.is_curator:
            return self.none()
        return self if user.is_administrator else self.filter(pk__in=user.cities_curated)

    def with_officer(self) -> "CityQuerySet":
        from initiatives.models.roles import Appointment, Role

        appointed = Appointment.objects.in_force().to(Role.OFFICER)
        return self.filter(pk__in=appointed.filter(person__is_active=True).values("city"))

    def with_officers_or_waiting(self) -> "CityQuerySet":
        """Cities with `officers` in force or listings that wait, each with its `waiting_count`; those without an
        officer and with most that waits first."""
        from initiatives.models.initiative import Initiative
        from initiatives.models.roles import Appointment

        in_force, waiting = Appointment.objects.in_force(), models.Q(review_state=ReviewState.SUBMITTED)
        has_officer = models.Q(pk__in=in_force.filter(city__isnull=False).values("city"))
        has_waiting = models.Q(pk__in=Initiative.objects.filter(waiting, city__isnull=False).order_by().values("city"))
        count = models.Count("initiatives", models.Q(initiatives__review_state=ReviewState.SUBMITTED))
        named = models.Prefetch("appointments", in_force.select_related("person"), to_attr="officers")
        found = self.filter(has_officer | has_waiting).annotate(waiting_count=count).prefetch_related(named)
        looked_after = models.ExpressionWrapper(has_officer, models.BooleanField())
        return found.order_by(looked_after.asc(), "-waiting_count", "sort_key", "pk")

    def by_size(self) -> "CityQuerySet":
        return self.order_by("-initiative_count", "sort_key", "pk")


def _squared_degrees(city: "City") -> models.expressions.Combinable:
    """A measure of distance: degrees of longitude shrink with the latitude. Enough to tell which is nearest."""
    east = (models.F("longitude") - (city.longitude or 0)) * cos(radians(city.latitude or 0))
    north = models.F("latitude") - (city.latitude or 0)
    return east * east + north * north


class City(Located):
    """A place where people live, from GeoNames. Alternate names serve matching only."""

    geonames_id = models.PositiveIntegerField(unique=True, null=True)
    wikidata_id = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    names = TextsField()
    slug = models.SlugField(max_length=120, unique=True)
    sort_key = SortKeyField(of="name")
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=200, blank=True)
    population = models.PositiveIntegerField(default=0)
    timezone = models.CharField(max_length=64, blank=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    objects = CityQuerySet.as_manager()

    class Meta(Located.Meta):
        verbose_name_plural = "cities"
        ordering = ("sort_key", "pk")
        indexes = (GinIndex(fields=["aliases"], name="city_aliases"),)
        constraints = (
            *Located.Meta.constraints,
            models.CheckConstraint(name="city_country_code", condition=models.Q(country__regex="^[A-Z]{2}$")),
            # What a listing's (city, country) refers to: a listing's country is always its city's.
            models.UniqueConstraint(fields=["id", "country"], name="city_with_country"),
        )

    def __str__(self) -> str:
        return in_reader_language(self.names, otherwise=self.name)

    def get_absolute_url(self) -> str:
        return reverse("city", args=[self.slug])

    @property
    def country_name(self) -> str:
        return country_name(self.country)
