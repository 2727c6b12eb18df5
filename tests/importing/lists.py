"""Small lists of made-up initiatives, and what the importer says of them."""

import csv
import gzip
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command

from initiatives.importing.lists import Import
from initiatives.importing.mapping import Mapping, load
from initiatives.importing.verdicts import Verdict
from initiatives.models import Initiative
from initiatives.models.choices import ReviewState

# A list of others as people keep them, and what its columns mean.
MAPPING = """
required = ["id", "title"]
separators = ";,"
leave_out = ["[removed]"]

[source]
code = "neighbours"
name = "List of the neighbours"
data_licence = "CC0-1.0"

[columns]
source_id = "id"
name = "title"
description = "text"
primary_url = ["site", "other site"]
city = "town"
country = "land"
region = "province"
latitude = "lat"
longitude = "lon"
street_address = ["street", "number"]
tags = "keywords"
founded_year = "since"

[translations]
"text:nl" = "nl"

[countries]
Belgum = "BE"

[words.kind]
garden = { domains = ["agriculture_land"], tags = ["community garden"] }
repairs = { domains = ["repair_reuse"], tags = ["repair café"] }
coop = { organisational_structure = ["workers_cooperative"] }

[[refuse]]
when = { kind = '(?i)^book$' }
unless = { site = '.' }
reason = "it is a book"
"""


def mapping(folder: Path, text: str = MAPPING) -> Mapping:
    file = folder / "neighbours.toml"
    file.write_text(text, encoding="utf-8")
    return load(str(file))


def table(folder: Path, rows: Sequence[dict[str, Any]], *, name: str = "list.csv", columns: Iterable[str] = ()) -> Path:
    """A CSV of these rows; ids and titles are given where a row has none."""
    rows = [{"id": str(number), "title": f"Garden number {number}"} | row for number, row in enumerate(rows, 1)]
    header = list(dict.fromkeys([*columns, *(column for row in rows for column in row)]))
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return write(folder / name, text.getvalue().encode())


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def geojson(folder: Path, features: Sequence[tuple[dict[str, Any], list[float] | None]]) -> Path:
    told = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": point and {"type": "Point", "coordinates": point},
        }
        for properties, point in features
    ]
    content = json.dumps({"type": "FeatureCollection", "features": told}, ensure_ascii=False)
    return write(folder / "list.geojson", content.encode())


def taken(mapping: Mapping, file: Path, *, state: str = ReviewState.PUBLISHED, **options: Any) -> list[Verdict]:
    return list(Import(mapping, file, review_state=state, **options).verdicts())


def only(folder: Path, row: dict[str, Any]) -> Initiative:
    """The listing that a list of this one row makes."""
    (verdict,) = taken(mapping(folder), table(folder, [row]))
    assert verdict.outcome == "new", verdict
    return Initiative.objects.get(public_id=verdict.public_id)


def outcomes(verdicts: Iterable[Verdict]) -> list[str]:
    return [verdict.outcome for verdict in verdicts]


def command(*arguments: object, **options: Any) -> tuple[str, str]:
    """What the command writes to stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    call_command("import_listings", *map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()
