"""A place that somebody writes."""

from collections.abc import Iterable, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.importing.places import regions_agree, spellings
from initiatives.models import City
from initiatives.places import country_name
from initiatives.text import fold

LONGEST_PLACE = 120


class CityField(forms.CharField):
    """Becomes a city, by any of its names: “Gand”, “9000 Gent”, “Cambridge, Massachusetts”. Of several bearers of a
    name the largest is meant, unless country or region stand behind it."""

    default_error_messages = {
        "unknown": _(
            "No town is known here as “%(name)s”. Check how it is spelled, write the nearest larger town, or leave "
            "this empty."
        )
    }

    def __init__(self, **options: object) -> None:
        super().__init__(max_length=LONGEST_PLACE, **options)

    def to_python(self, value: str | None) -> str:
        return " ".join((value or "").replace("\0", " ").split())

    def clean(self, value: str | None) -> City | None:
        name = super().clean(value)
        if not name:
            return None
        city = _meant(spellings(name))
        if city is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"name": name})
        return city


def _meant(keys: Sequence[str]) -> City | None:
    """The whole of what was written if a city is called so, else the likeliest of its parts; one query for all."""
    cities = list(City.objects.called_any(keys).order_by("-population", "geonames_id"))
    for key in keys:
        bearers = [city for city in cities if key in city.aliases]
        if bearers:
            return next((city for city in bearers if _lies_in(city, keys)), bearers[0])
    return None


def _lies_in(city: City, told: Iterable[str]) -> bool:
    """Whether one of these names its country or region."""
    country = {fold(country_name(city.country)), city.country.lower()}
    return any(key in country or (city.region and regions_agree(key, city.region)) for key in told)


def as_written(city: City) -> str:
    """Its name as somebody would write it so that no larger one of that name is meant."""
    ways = (str(city), f"{city}, {country_name(city.country)}", f"{city}, {city.region}")
    return next((said for said in ways if _meant(spellings(said)) == city), ways[0])
