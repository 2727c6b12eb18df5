"""Loads `fixtures/`: domains, licences, activities, cities, tag synonyms. Loading again brings rows up to date."""

import csv
import gzip
import json
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from initiatives.models import Activity, Domain, Initiative, Licence, ProtectionClass, Source, Tag, search
from initiatives.text import fold

FIXTURES: Path = settings.BASE_DIR / "fixtures"
CITY_COLUMNS = (
    "geonames_id name slug sort_key country region latitude longitude population timezone aliases names wikidata_id"
).split()


def load_vocabulary() -> dict[str, int]:
    """Every table in turn, each whole or not at all; answers how many rows each holds now."""
    loaders: dict[str, Callable[[], int]] = {
        "domains": load_domains,
        "protection classes": load_protection_classes,
        "licences": load_licences,
        "activities": load_activities,
        "cities": load_cities,
        "sources": load_sources,
        "tag synonyms": load_tag_synonyms,
    }
    before = _searched_names()
    counts = {name: load() for name, load in loaders.items()}
    if _searched_names() != before:
        search.rebuild(Initiative.objects.order_by("pk").values_list("pk", flat=True))
    return counts


def _searched_names() -> list[tuple]:
    """Names by which listings are found that do not say them themselves."""
    tags = Tag.objects.order_by("pk").values_list("pk", "name", "names", "synonym_of")
    licences = Licence.objects.order_by("pk").values_list("pk", "spdx_id", "short_name")
    return [*tags, *licences]


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FIXTURES / name).read_text(encoding="utf-8"))


@transaction.atomic
def load_domains() -> int:
    rows = toml("domains.toml")["domain"]
    for position, row in enumerate(rows, start=1):
        Domain.objects.update_or_create(
            code=row["code"],
            defaults={
                "position": position,
                **{key: row[key] for key in ("slug", "family", "hatch", "names", "descriptions", "essglobal")},
            },
        )
    return len(rows)


@transaction.atomic
def load_protection_classes() -> int:
    rows = toml("licences.toml")["protection"]
    for position, row in enumerate(rows, start=1):
        ProtectionClass.objects.update_or_create(
            code=row["code"],
            defaults={"position": position, "names": row["names"], "explanations": row["explanations"]},
        )
    return len(rows)


@transaction.atomic
def load_licences() -> int:
    rows = toml("licences.toml")["licence"]
    kept = (
        "short_name url applies_to protection companies_may_use changes_shared_back profit_shared_back "
        "names explanations"
    ).split()
    for position, row in enumerate(rows, start=1):
        Licence.objects.update_or_create(
            spdx_id=row["spdx_id"], defaults={"position": position, **{key: row.get(key, "") for key in kept}}
        )
    return len(rows)


@transaction.atomic
def load_activities() -> int:
    rows = toml("activities.toml")["activity"]
    domains = {domain.code: domain for domain in Domain.objects.all()}
    for row in rows:
        Activity.objects.update_or_create(
            code=row["code"],
            defaults={
                "domain": domains[row["domain"]],
                "terms": row["terms"],
                "labels": row["label"],
                "said_of_both": row["both"],
                "said_of_all": row["all"],
            },
        )
    Activity.objects.exclude(code__in=[row["code"] for row in rows]).delete()
    return len(rows)


@transaction.atomic
def load_sources() -> int:
    rows = toml("sources.toml")["source"]
    for row in rows:
        Source.objects.update_or_create(code=row["code"], defaults={k: v for k, v in row.items() if k != "code"})
    return len(rows)


@transaction.atomic
def load_tag_synonyms() -> int:
    """`[synonyms]` of every file in fixtures/tags: an effective tag and the words that stand for it.

    `[names]`, where a file has them: what the tag is called in pages of that language.
    """
    names: dict[str, dict[str, str]] = defaultdict(dict)
    known, count = _known_tags(), 0
    for file in sorted((FIXTURES / "tags").glob("*.toml")):
        words = tomllib.loads(file.read_text(encoding="utf-8"))
        for name, said in words.get("names", {}).items():
            names[name] |= {"en": name, file.stem: said}
        for name, synonyms in words["synonyms"].items():
            if name.upper() not in known:
                known[name.upper()] = Tag.objects.create(name=name)
            for synonym in synonyms:
                _stand_for(known, synonym=synonym, of=name)
                count += 1
    for tag in Tag.objects.filter(name__in=names):
        if tag.names != names[tag.name]:
            tag.names = names[tag.name]
            tag.save(update_fields=["names"])
    return count


def _known_tags() -> dict[str, Tag]:
    """By names without case. All at once: there are a thousand words to look for."""
    return {tag.name.upper(): tag for tag in Tag.objects.select_related("synonym_of")}


def _stand_for(known: dict[str, Tag], *, synonym: str, of: str) -> None:
    effective, tag = known[of.upper()].effective, known.get(synonym.upper())
    if tag is None:
        known[synonym.upper()] = Tag.objects.create(name=synonym, synonym_of=effective)
    elif tag.effective != effective:
        tag.become_synonym_of(effective)
        known.update(_known_tags())  # others may stand for another word now


@transaction.atomic
def load_cities() -> int:
    """Some tens of thousands of rows, so by COPY into a table beside, then in one statement into place."""
    curated = _curated_names()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE new_city (LIKE initiatives_city) ON COMMIT DROP")
        cursor.execute("ALTER TABLE new_city ALTER COLUMN id DROP NOT NULL")
        with cursor.copy(f"COPY new_city ({', '.join(CITY_COLUMNS)}) FROM STDIN") as copy:
            for row in _city_rows(curated):
                copy.write_row(row)
        kept = ", ".join(f"{column} = excluded.{column}" for column in CITY_COLUMNS if column != "geonames_id")
        cursor.execute(
            # Names of our own columns, no value of a file.
            f"""INSERT INTO initiatives_city ({", ".join(CITY_COLUMNS)})
                SELECT {", ".join(CITY_COLUMNS)} FROM new_city
                ON CONFLICT (geonames_id) DO UPDATE SET {kept}"""  # noqa: S608
        )
        count = cursor.rowcount
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE initiatives_city")
    return count


def _city_rows(curated: dict[str, dict[str, Any]]) -> Iterator[list[Any]]:
    with gzip.open(FIXTURES / "cities.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            own = curated.get(row["geonames_id"], {})
            names = {language: own[language] for language in ("en", "nl") if language in own}
            known = [
                row["name"],
                *row["aliases"].split("|"),
                *names.values(),
                own.get("local", ""),
                *own.get("also", ()),
            ]
            aliases = {fold(name) for name in known if name}
            values = row | {
                "sort_key": fold(row["name"])[:200],
                "aliases": sorted(aliases),
                "names": json.dumps(names, ensure_ascii=False),
                "wikidata_id": own.get("wikidata_id", ""),
            }
            yield [values[column] for column in CITY_COLUMNS]


def _curated_names() -> dict[str, dict[str, Any]]:
    """Names that people of each interface language use, by GeoNames id."""
    return {str(row["geonames_id"]): row for row in toml("city_names.toml")["city"]}
