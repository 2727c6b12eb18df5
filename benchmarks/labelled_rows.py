"""Peers and groups against what curators filed the same listings under."""

from __future__ import annotations

import csv
import resource
import time
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from initiatives.overlap.corpus import corpus
from initiatives.overlap.engine import Engine, find_overlaps, woven
from initiatives.overlap.values import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from initiatives.overlap.encoder import Encoder
    from initiatives.overlap.values import Overlaps

TOP = 10
LIST = "; "
CHANCE_PAIRS = 200_000


def measured(path: Path, encoder: Encoder | None) -> dict[str, object]:
    listings, labels = read(path)
    started = time.perf_counter()
    found = find_overlaps(listings, encoder=encoder)
    seconds = time.perf_counter() - started
    return {
        "p_at_10": round(precision_at_ten(listings, labels, encoder), 4),
        "p_at_10_shown": round(_precision(_shown(found), labels), 4),
        "chance": round(chance(labels), 4),
        **_groups(found, labels, {listing.key: listing.language for listing in listings}),
        "pairs": len(found.pairs),
        "with_peers": round(len(_shown(found)) / max(len(listings), 1), 4),
        "seconds": round(seconds, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def read(path: Path) -> tuple[list[Listing], dict[int, frozenset[str]]]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    listings = [_listing(key, row) for key, row in enumerate(rows)]
    return listings, {key: frozenset(filter(None, row["label"].split(LIST))) for key, row in enumerate(rows)}


def _listing(key: int, row: Mapping[str, str]) -> Listing:
    return Listing(
        key=key,
        name=row["name"],
        mission=row["mission"],
        description=row["description"],
        language=row["language"],
        country=row["country"],
        city_name=row["city"],
        latitude=float(row["lat"]) if row["lat"] else None,
        longitude=float(row["lon"]) if row["lon"] else None,
        domains=tuple(filter(None, row["domains"].split(LIST))),
        tags=tuple(filter(None, row["tags"].split(LIST))),
    )


def precision_at_ten(listings: list[Listing], labels: Mapping[int, frozenset[str]], encoder: Encoder | None) -> float:
    """Of the ten that score highest with each listing, before reasons decide what is shown, the share with a label in
    common."""
    engine = Engine((), encoder)
    traits = engine.read(listings)
    found = woven(engine.field(corpus(traits), engine.space(traits).vectors(traits)))
    ranked: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (a, b), score in zip(found.field.keys[found.pairs].tolist(), found.scores.value.tolist(), strict=True):
        ranked[a].append((score, b))
        ranked[b].append((score, a))
    return _precision(ranked, labels)


def _shown(found: Overlaps) -> dict[int, list[tuple[float, int]]]:
    ranked: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for pair in found.pairs:
        ranked[pair.a].append((pair.score, pair.b))
        ranked[pair.b].append((pair.score, pair.a))
    return ranked


def _precision(ranked: Mapping[int, list[tuple[float, int]]], labels: Mapping[int, frozenset[str]]) -> float:
    """Mean over listings that have a label and a neighbour."""
    shares = [
        np.mean(
            [bool(labels[key] & labels[other]) for _, other in sorted(near, key=lambda each: (-each[0], each[1]))[:TOP]]
        )
        for key, near in ranked.items()
        if labels[key]
    ]
    return float(np.mean(shares)) if shares else 0.0


def chance(labels: Mapping[int, frozenset[str]]) -> float:
    """How often two drawn at random share a label."""
    drawn = np.random.default_rng(1).choice([key for key, each in labels.items() if each], size=(CHANCE_PAIRS, 2))
    return float(np.mean([bool(labels[int(a)] & labels[int(b)]) for a, b in drawn if a != b]))


def _groups(found: Overlaps, labels: Mapping[int, frozenset[str]], languages: Mapping[int, str]) -> dict[str, object]:
    home = {member.key: n for n, group in enumerate(found.groups) for member in group.members if member.role == "main"}
    grouped = sorted(home)
    first = [min(labels[key], default="") for key in grouped]
    circles = [home[key] for key in grouped]
    sound = [
        bool(labels[a] & labels[b])
        for group in found.groups
        for a, b in combinations((member.key for member in group.members if member.role == "main"), 2)
    ]
    return {
        "groups": len(found.groups),
        "ari": round(float(adjusted_rand_score(first, circles)), 4),
        "ami": round(float(adjusted_mutual_info_score(first, circles)), 4),
        "label_shared_inside": round(float(np.mean(sound)), 4) if sound else 0.0,
        "share_3_40": round(len(home) / max(len(labels), 1), 4),
        "share_alone": round(1 - len(home) / max(len(labels), 1), 4),
        "largest": max((len(group.members) for group in found.groups), default=0),
        "ami_language": round(float(adjusted_mutual_info_score([languages[key] for key in grouped], circles)), 4),
    }
