"""Where made listings are: real cities, the larger the more often, each listing somewhere in its city."""

from __future__ import annotations

import csv
import gzip
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from benchmarks.base_texts import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from random import Random

    from benchmarks.base_texts import BaseText
    from initiatives.overlap.values import Listing

# Degrees: some two kilometres around the middle of a city, some hundred metres around a house.
AROUND_CITY = 0.02
AROUND_HOUSE = 0.001
# A text that names no country is of nowhere in particular (a national or international initiative) this often.
NOWHERE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    city: int
    city_name: str
    country: str
    latitude: float
    longitude: float

    def given_to(self, listing: Listing) -> Listing:
        return replace(
            listing,
            city=self.city,
            city_name=self.city_name,
            country=self.country,
            latitude=self.latitude,
            longitude=self.longitude,
        )


class Places:
    """Cities by country, each with the running sum of populations; and the countries that texts of a language name."""

    def __init__(self, bases: Iterable[BaseText]) -> None:
        self._cities: dict[str, list[Place]] = defaultdict(list)
        sizes: dict[str, list[int]] = defaultdict(list)
        with gzip.open(FIXTURES / "cities.csv.gz", "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self._cities[row["country"]].append(_place(row))
                sizes[row["country"]].append(int(row["population"] or 0) + 1)
        self._sums = {country: list(accumulate(each)) for country, each in sizes.items()}
        self._countries: dict[str, list[str]] = defaultdict(list)
        for base in bases:
            if base.country in self._cities:
                self._countries[base.language].append(base.country)

    def drawn(self, base: BaseText, random: Random) -> Place | None:
        country = base.country if base.country in self._cities else self._country(base.language, random)
        if not country:
            return None
        sums = self._sums[country]
        return _moved(self._cities[country][bisect(sums, random.random() * sums[-1])], AROUND_CITY, random)

    def _country(self, language: str, random: Random) -> str:
        """As often as others who write that language are from there."""
        named = self._countries.get(language)
        return random.choice(named) if named and random.random() >= NOWHERE else ""

    @staticmethod
    def a_street_away(listing: Listing, random: Random) -> Listing:
        if listing.latitude is None or listing.longitude is None:
            return listing
        return replace(
            listing,
            latitude=round(listing.latitude + random.gauss(0, AROUND_HOUSE), 5),
            longitude=round(listing.longitude + random.gauss(0, AROUND_HOUSE), 5),
        )


def _place(row: Mapping[str, str]) -> Place:
    return Place(
        city=int(row["geonames_id"]),
        city_name=row["name"],
        country=row["country"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
    )


def _moved(place: Place, degrees: float, random: Random) -> Place:
    return replace(
        place,
        latitude=round(place.latitude + random.gauss(0, degrees), 5),
        longitude=round(place.longitude + random.gauss(0, degrees), 5),
    )
