"""Finds the city that a row means, by any of its names. Where two could be meant, none is taken."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, hypot, radians

from initiatives.models import City
from initiatives.text import fold, words

Point = tuple[float, float]  # latitude, longitude

# A suburb or a village is told by its town: of 1,443 rows of the SUSY map with a town that the list of cities has, all
# but 1 % of the points lie within this distance of it.
NEAR_KM = 40
# Farther from the town that is named than any part of it: the point is wrong, often latitude and longitude exchanged.
WRONG_KM = 300
KM_PER_DEGREE = 111.2
KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    key: int
    name: str
    country: str
    region: str
    point: Point
    own_names: frozenset[str]  # folded: the name itself and the curated ones, not those for matching only


@dataclass(frozen=True, slots=True)
class Found:
    """`wrong_point`: the place is sure, so the point is not."""

    place: Place | None = None
    note: str = ""
    wrong_point: bool = False


class Cities:
    """One query answers for a whole batch of names."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Place, ...]] = {}
        self._by_number: dict[str, Place] = {}
        self._by_slug: dict[str, Place] = {}

    def learn(self, names: Iterable[str], *, numbers: Iterable[int] = (), slugs: Iterable[str] = ()) -> None:
        if len(self._known) > KEPT:
            self._known.clear()
        cities = list(City.objects.numbered_or_at(numbers, slugs))
        self._by_number = {str(city.geonames_id): _place(city) for city in cities}
        self._by_slug = {city.slug: _place(city) for city in cities}
        wanted = {key for name in names for key in spellings(name)} - self._known.keys()
        found: dict[str, list[Place]] = {key: [] for key in wanted}
        for city in City.objects.called_any(wanted):
            place = _place(city)
            for key in wanted.intersection(city.aliases):
                found[key].append(place)
        self._known |= {key: tuple(places) for key, places in found.items()}

    def known_as(self, *, number: str, slug: str) -> Place | None:
        """By its number in GeoNames, else by its address in this directory."""
        return self._by_number.get(number) or self._by_slug.get(slug)

    def find(self, name: str, *, country: str = "", region: str = "", point: Point | None = None) -> Found:
        """Of names that `learn` was told. The whole of what is written first, then its parts: “Redland, Bristol”."""
        best = Found()
        for key in spellings(name):
            bearers = [place for place in self._known[key] if _fits(place, country, region)]
            found = _chosen(bearers, key, point, sure_country=bool(country))
            if found.place and not found.wrong_point:
                return found
            if not best.place and (found.place or not best.note):
                best = found
        return best


def spellings(name: str) -> list[str]:
    """“Fano (PU)”, “4020 Linz”, “Almada, Lisboa”, “FORLI'”: as keys of the list of cities, likeliest first."""
    whole = name.strip(" ,.;:-–")
    parts = [part for part in re.split(r"[,/|()]| [-–] ", whole) if len(part.strip()) > 1]
    told = [whole, *parts] if len(parts) > 1 or parts != [whole] else [whole]
    keys = [re.sub(r"(?<=\w)['’`´](?=\s|$)", "", fold(re.sub(r"^\s*[\d-]+\s+", "", each))).strip() for each in told]
    return [key for key in dict.fromkeys(keys) if any(c.isalpha() for c in key)]


def kilometres(one: Point, other: Point) -> float:
    """Flat, which is enough to tell a suburb from another country."""
    east = (one[1] - other[1]) * cos(radians((one[0] + other[0]) / 2))
    return KM_PER_DEGREE * hypot(one[0] - other[0], east)


def regions_agree(one: str, other: str) -> bool:
    """“Emilia-Romagna” and “EMILIA ROMAGNA”, “Trentino-Alto Adige” and “TRENTINO ALTO ADIGE (BOLZANO)”."""
    mine, theirs = words(one), words(other)
    shorter = min(len(mine), len(theirs))
    return mine[:shorter] == theirs[:shorter]


def _fits(place: Place, country: str, region: str) -> bool:
    return (not country or place.country == country) and (
        not region or not place.region or regions_agree(region, place.region)
    )


def _chosen(bearers: list[Place], key: str, point: Point | None, *, sure_country: bool) -> Found:
    if not bearers:
        return Found()
    if point is None:
        own = bearers if len(bearers) == 1 else [place for place in bearers if key in place.own_names]
        return Found(own[0]) if len(own) == 1 else Found(note=f"{len(bearers)} cities are called “{key}”: left out")
    nearest = min(bearers, key=lambda place: kilometres(place.point, point))
    apart = kilometres(nearest.point, point)
    if apart <= NEAR_KM:
        return Found(nearest)
    own = [place for place in bearers if key in place.own_names]
    if sure_country and apart > WRONG_KM and len(own) == 1:
        return Found(own[0], f"the point is {apart:,.0f} km from {own[0].name}: left out", wrong_point=True)
    return Found(note=f"the point is {apart:,.0f} km from {nearest.name}, so it is not taken for the city")


def _place(city: City) -> Place:
    names: Mapping[str, str] = city.names
    return Place(
        key=city.pk,
        name=city.name,
        country=city.country,
        region=city.region,
        point=(city.latitude or 0.0, city.longitude or 0.0),
        own_names=frozenset(fold(name) for name in (city.name, *names.values())),
    )
