"""An identity made ready to be compared: names as words, codes and addresses as keys."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from initiatives.overlap.names import name_words
from initiatives.overlap.websites import page, site
from initiatives.text import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from initiatives.overlap.values import Identity

Words = tuple[str, ...]

# Names that count; an initiative with more is a list.
MOST_NAMES = 8
SHORT_NICKNAME = 3
LONGEST_TOWN = 200  # characters
COUNTRY_CODE = 2  # letters
OTHER_CODES: Mapping[str, str] = {"UK": "GB", "EL": "GR"}


@dataclass(frozen=True, slots=True)
class Row:
    """What an initiative is known by: every name as words, its place, its site (`websites.site`)."""

    names: tuple[Words, ...]
    city: Words = ()  # the words of its name
    country: str = ""
    place: tuple[float, float] | None = None  # latitude, longitude in degrees
    site: str = ""
    page: str = ""


def row_of(identity: Identity) -> Row:
    own = site(identity.website)
    return Row(
        names=_names(identity),
        city=tuple(words(identity.city[:LONGEST_TOWN])),
        country=_country(identity.country),
        place=_place(identity),
        site=own,
        page=page(identity.website) if own else "",
    )


def _names(identity: Identity) -> tuple[Words, ...]:
    """Nicknames of three letters (“BEC”) are those of too many to be a name of one."""
    told = [name_words(each) for each in identity.nicknames[: MOST_NAMES - 1]]
    long = [each for each in told if sum(map(len, each)) > SHORT_NICKNAME]
    return tuple(dict.fromkeys([name_words(identity.name), *long]))


def _country(told: str) -> str:
    """Only codes can be told apart: “Germany” and “DE” are one."""
    code = told.strip().upper()
    return OTHER_CODES.get(code, code) if len(code) == COUNTRY_CODE else ""


def _place(identity: Identity) -> tuple[float, float] | None:
    """In degrees; nothing for numbers that are none, and for 0, 0, where failed geocoding puts everybody."""
    latitude, longitude = identity.latitude, identity.longitude
    if latitude is None or longitude is None or not (isfinite(latitude) and isfinite(longitude)):
        return None
    return (latitude, longitude) if latitude or longitude else None
