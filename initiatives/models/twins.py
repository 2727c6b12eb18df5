"""Which listings may be the one described: asked of PostgreSQL, for one new row among up to a million.

Candidates come from indexes: the same site, rare words of the name, all words of the name (nicknames too), and names
alike within the city. They are judged by the model that judges the whole directory (`overlap.likeness`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from django.contrib.postgres.search import SearchQuery, TrigramSimilarity
from django.db import models

from initiatives.models.city import City
from initiatives.models.identifying import NAME_WORDS, SITE
from initiatives.models.initiative import Initiative
from initiatives.models.name_words import name_rarity
from initiatives.models.queries import InitiativeQuerySet
from initiatives.models.search import LONGEST_WORD, SIMPLE, SearchText
from initiatives.overlap.duplicates import LEAST_SHARED, MANY, MOST, POSSIBLE, SHARED_SITE, WHOLE_WEIGHT, blocks
from initiatives.overlap.identity import Row, row_of
from initiatives.overlap.resemblance import likeness
from initiatives.overlap.values import Identity, Likeness
from initiatives.overlap.websites import NOT_A_PAGE
from initiatives.text import fold

COLUMNS = (
    "pk",
    "name",
    "nickname",
    "primary_url",
    "urls",
    "city__name",
    "street_address",
    "country",
    "latitude",
    "longitude",
)
# Rows taken over one road; of a thousand of one name the rest would be no other.
MOST_OF_ONE_ROAD = 100
MOST_OF_ONE_CITY = 16
MOST_COMPARED = 24
# Rare words asked for at once: the rarest find what the others would.
MOST_WORDS = 6
LONGEST_NAME = 200  # characters
MOST_NAMESAKES = 3


def likely_twins(
    identity: Identity,
    *,
    besides: int | None = None,
    rarity: Callable[[str], float] | None = None,
    least: float = POSSIBLE,
) -> list[Likeness]:
    """Public and waiting listings that may be this one, likeliest first; never the one whose key is `besides`.

    `rarity` is that of words in names, as `DuplicateIndex.rarity` has it; without one it is read from the directory.
    """
    identity = _storable(identity)
    cities = _cities(identity)
    asked = row_of(replace(identity, city=cities[0].name) if cities else identity)
    known = name_rarity()
    known.learn(blocks(asked))
    found = Initiative.objects.filter(pk__in=_candidates(asked, cities, name=identity.name, count=known.count))
    rows = {key: row_of(each) for key, each in identities(found) if key != besides}
    nearest = _nearest(asked, rows, known.rarity)
    known.learn(word for key in nearest for name in rows[key].names for word in name)
    shared = sum(row.site == asked.site for row in rows.values()) > SHARED_SITE
    told = (likeness(asked, rows[key], key=key, rarity=rarity or known.rarity, shared_site=shared) for key in nearest)
    likely = (each for each in told if each.probability >= least and each.is_of_more_than_the_place)
    return sorted(likely, key=_likeliest)[:MOST]


def _likeliest(each: Likeness) -> tuple[float, int]:
    return -each.probability, each.b


def identities(listings: InitiativeQuerySet) -> Iterator[tuple[int, Identity]]:
    """By key, in its order. The town of a listing whose city is not in our list stands at the end of its address."""
    for row in listings.order_by("pk").values_list(*COLUMNS).iterator(chunk_size=2000):
        key, name, nicknames, website, urls, city, address, country, latitude, longitude = row
        yield (
            key,
            Identity(
                name=name,
                nicknames=tuple(nicknames),
                website=website or next(iter(urls), ""),
                city=city or address.rpartition(", ")[2],
                country=country,
                latitude=latitude,
                longitude=longitude,
            ),
        )


def _storable(identity: Identity) -> Identity:
    """PostgreSQL knows no NUL."""
    texts = {name: getattr(identity, name).replace("\0", "") for name in ("name", "website", "city", "country")}
    return replace(identity, **texts)


def _cities(identity: Identity) -> list[City]:
    """That of this name, in whatever language it is told, and its namesakes."""
    if not identity.city:
        return []
    called = City.objects.called(identity.city[:LONGEST_NAME])
    return list((called.in_country(identity.country) if identity.country else called)[:MOST_NAMESAKES])


def _candidates(asked: Row, cities: list[City], *, name: str, count: Callable[[str], int]) -> set[int]:
    listings = Initiative.objects.to_compare()
    roads = [_of_words(listings, asked, count)]
    if cities:
        roads.append(_in_cities(listings, cities, name))
    if asked.site:
        roads.append(_on_site(listings, asked))
    roads.extend(_with_all_words(listings, name) for name in asked.names if name)
    return {key for road in roads for key in road}


def _on_site(listings: InitiativeQuerySet, asked: Row) -> Iterable[int]:
    host, _, page = asked.site.partition("/")
    doorways = [f"{host}/{each}/{page}" for each in sorted(NOT_A_PAGE) if each and page]
    addresses = models.Q(site=host) if not page else models.Q()
    for start in (f"{host}/{page}", *doorways):
        addresses |= models.Q(site__startswith=start)
    return _keys(listings.annotate(site=SITE).filter(addresses), MOST_OF_ONE_ROAD)


def _of_words(listings: InitiativeQuerySet, asked: Row, count: Callable[[str], int]) -> Iterable[int]:
    """Those that share a word which few names have; each two neighbours may be one word there."""
    rare = sorted((seen, word) for word in blocks(asked) if 0 < (seen := count(word)) <= MANY)
    words = [word for _, word in rare[:MOST_WORDS]]
    return _keys(listings.annotate(words=NAME_WORDS).filter(words__overlap=words), MANY) if words else ()


def _with_all_words(listings: InitiativeQuerySet, name: tuple[str, ...]) -> Iterable[int]:
    """Those whose name and nicknames together have every word of this name."""
    query = " & ".join(f"{word[:LONGEST_WORD]}:A" for word in dict.fromkeys(name[:MOST_WORDS]))
    found = SearchText.objects.filter(vector=SearchQuery(query, config=SIMPLE, search_type="raw"))
    return _keys(listings.filter(pk__in=found.values("initiative")), MOST_OF_ONE_ROAD)


def _in_cities(listings: InitiativeQuerySet, cities: list[City], name: str) -> Iterable[int]:
    """Names alike, of the same city: there also those that share no word."""
    alike = TrigramSimilarity("sort_key", fold(name[:LONGEST_NAME]))
    here = listings.filter(city__in=cities).annotate(alike=alike).order_by("-alike", "pk")
    return here.values_list("pk", flat=True)[:MOST_OF_ONE_CITY]


def _keys(listings: InitiativeQuerySet, most: int) -> Iterable[int]:
    return listings.order_by("pk").values_list("pk", flat=True)[:most]


def _nearest(asked: Row, rows: dict[int, Row], rarity: Callable[[str], float]) -> list[int]:
    """Those that share the site, or the rarest words: as many as are worth comparing."""
    own = blocks(asked)
    weight: Counter[int] = Counter()
    for key, row in rows.items():
        shared = sum(rarity(word) for word in own & blocks(row))
        weight[key] = shared + WHOLE_WEIGHT * (bool(asked.site) and row.site == asked.site)
        weight[key] += LEAST_SHARED * bool(asked.city and asked.city == row.city)
    return sorted(rows, key=lambda key: (-weight[key], key))[:MOST_COMPARED]
