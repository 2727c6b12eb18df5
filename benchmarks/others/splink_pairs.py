"""Listings that stand there twice, by Splink: its customary comparisons of names, places and sites, learnt from the
listings themselves."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.directory import Directory

NEEDS = ("splink", "splink")
QUESTION = "same"
LIKELY = 0.5
SEED = 1


def measured(directory: Directory) -> dict[str, Any]:
    logging.getLogger("splink").setLevel(logging.ERROR)
    rows = [
        {
            "unique_id": listing.key,
            "name": listing.name.casefold(),
            "city": listing.city_name or None,
            "website": listing.website or None,
            "beginning": listing.name.casefold()[:6],
        }
        for listing in directory.listings
    ]
    started = perf_counter()
    pairs = _pairs(rows)
    seconds = perf_counter() - started
    return {"seconds": seconds, "pairs": len(pairs), "twins_found": directory.share_of_twins(pairs)}


def _pairs(rows: list[dict[str, Any]]) -> set[tuple[int, int]]:
    import pyarrow
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    alike: list[Any] = [block_on("website"), block_on("city", "beginning"), block_on("name")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.95, 0.85]),
            compare.ExactMatch("city").configure(term_frequency_adjustments=True),
            compare.ExactMatch("website"),
        ],
        blocking_rules_to_generate_predictions=alike,
    )
    linker = Linker(DuckDBAPI().register(pyarrow.Table.from_pylist(rows)), settings)
    linker.training.estimate_probability_two_random_records_match([block_on("name", "city")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("website"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
    told = linker.inference.predict(threshold_match_probability=LIKELY).as_record_list()
    return {(row["unique_id_l"], row["unique_id_r"]) for row in told}
