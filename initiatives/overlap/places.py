"""How far apart two listings are, as far as it is known."""

from __future__ import annotations

from math import asin, cos, isfinite, nan, radians, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from initiatives.overlap.values import Listing

EARTH_METRES = 6_371_000
# The point, in radians, of whoever is nowhere.
NOWHERE = (nan, nan)
# Beyond this nobody says "nearby", and a shared space or tool is out of reach.
NEARBY = 25_000
# Under this two points are one building or the middle of one town: "0 m away" would say too much.
SAME_SPOT = 50
# People walk or cycle a kilometre or two: at this distance half of the strength is left.
HALF_STRENGTH = 3_000


def metres_between(a: Listing, b: Listing) -> float | None:
    """Great-circle distance (haversine); None when one of them is nowhere."""
    here, there = point(a), point(b)
    if here is None or there is None:
        return None
    (lat_a, lon_a), (lat_b, lon_b) = here, there
    across = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(across)))


def point(listing: Listing) -> tuple[float, float] | None:
    """Latitude and longitude in radians. Numbers that are none, outside the globe, or at 0, 0 (the sea off Ghana, where
    failed geocoding puts everybody) are no place."""
    latitude, longitude = listing.latitude, listing.longitude
    if latitude is None or longitude is None or not (isfinite(latitude) and isfinite(longitude)):
        return None
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude == 0 and longitude == 0):
        return None
    return radians(latitude), radians(longitude)


def city_of(listing: Listing) -> Hashable:
    """What two in one city have in common: its key; its name and country where it has none; None for no city."""
    if listing.city is not None:
        return listing.city
    return (listing.city_name.casefold(), listing.country) if listing.city_name else None


def same_city(a: Listing, b: Listing) -> bool:
    city = city_of(a)
    return city is not None and city == city_of(b)


def closeness(a: Listing, b: Listing) -> float:
    """1 for the same spot, at least .5 within one city, falling to 0 at NEARBY."""
    metres = metres_between(a, b)
    near = 0.0 if metres is None or metres > NEARBY else HALF_STRENGTH / (HALF_STRENGTH + metres)
    return max(near, 0.5 if same_city(a, b) else 0.0)


def closenesses(a: NDArray[np.float32], b: NDArray[np.float32], same_city: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The same of many pairs: rows of latitude and longitude in radians, NaN for nowhere."""
    metres = distances(a, b)
    near = np.where(metres <= NEARBY, HALF_STRENGTH / (HALF_STRENGTH + metres), 0.0)
    return np.maximum(near, np.where(same_city, 0.5, 0.0)).astype(np.float32)


def distances(a: NDArray[np.floating], b: NDArray[np.floating]) -> NDArray[np.float64]:
    """`metres_between` of many pairs; NaN where one of the two is nowhere."""
    a, b = a.astype(np.float64), b.astype(np.float64)
    half = np.sin((b - a) / 2) ** 2
    across = half[:, 0] + np.cos(a[:, 0]) * np.cos(b[:, 0]) * half[:, 1]
    return np.asarray(2 * EARTH_METRES * np.arcsin(np.sqrt(np.clip(across, 0, 1))))


def rounded(metres: float) -> int:
    """As people say it: to 50 m under a kilometre, to 100 m under ten, to the kilometre beyond."""
    step = 50 if metres < 1_000 else 100 if metres < 10_000 else 1_000
    return round(metres / step) * step
