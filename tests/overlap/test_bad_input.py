"""What people and imports send: nothing of it may stop a run, or make a group of everything."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.overlap import groups
from initiatives.overlap.communities import FEWEST, MOST
from initiatives.overlap.corpus import corpus
from initiatives.overlap.decisions import Decisions
from initiatives.overlap.engine import Engine, find_overlaps, woven
from initiatives.overlap.neighbours import ACROSS, NEAREST
from initiatives.overlap.values import Activity, Exchange, Listing, Overlaps, Verdict, VerdictKind
from initiatives.overlap.verdicts import Verdicts
from tests.overlap.neighbourhood import ACTIVITIES, EVERYBODY, TIME_BANKS

TEXTS = [
    "",
    "x",
    "Tijdbank",
    "time bank for neighbours",
    "12345 !!!",
    "🌱🌱",
    "Ελλάδα",
    "ремонт велосипедов",
    "co-op " * 50,
    "Buren ruilen uren. Neighbours exchange hours. Vicini che si aiutano.",
    "bicycle " * 6_250,
]
LANGUAGES = ["", "nl", "en", "tlh", "zh-Hant"]
texts = st.sampled_from(TEXTS)
places = st.sampled_from([None, 0.0, float("nan"), float("inf"), 51.05, -181.0])
rough_listings = st.lists(
    st.builds(
        Listing,
        key=st.integers(-5, 10**12),
        name=texts,
        mission=texts,
        description=texts,
        language=st.sampled_from(LANGUAGES),
        city=st.sampled_from([None, 1]),
        city_name=st.sampled_from(["", "Gent"]),
        latitude=places,
        longitude=places,
        domains=st.sampled_from([(), ("food",)]),
        tags=st.sampled_from([(), ("", "time bank")]),
        networks=st.sampled_from([(), (3,)]),
        partners=st.sampled_from([(), (3,)]),
        exchanges=st.sampled_from([(), (Exchange(direction="want", title=""), Exchange(direction="offer", title="x"))]),
        website=st.sampled_from(["", "http://[", "facebook.com", "https://example.org/a"]),
    ),
    max_size=12,
    unique_by=lambda listing: listing.key,
)


verdicts = st.lists(
    st.builds(Verdict, a=st.integers(-5, 20), b=st.integers(-5, 20), verdict=st.sampled_from(["unrelated", "peers"])),
    max_size=4,
)


def the_rules_hold(found: Overlaps) -> None:
    assert all(pair.reasons and pair.a < pair.b and 0 <= pair.score <= 1 for pair in found.pairs)
    assert all(FEWEST <= len(group.members) <= MOST for group in found.groups)
    assert all(member.reasons for group in found.groups for member in group.members)


class FewTests:
    @pytest.mark.parametrize("count", [0, 1, 2])
    def test_a_directory_of_hardly_anybody_has_no_group(self, count: int) -> None:
        found = find_overlaps(TIME_BANKS[:count], activities=ACTIVITIES)
        assert found.groups == ()
        assert found.counts["listings"] == count

    def test_two_time_banks_are_peers(self) -> None:
        assert len(find_overlaps(TIME_BANKS[:2], activities=ACTIVITIES).pairs) == 1


class RoughTests:
    @settings(max_examples=25, deadline=None)
    @given(rough_listings, st.randoms(use_true_random=False))
    def test_whatever_is_sent_in_whatever_order_the_rules_hold(
        self, listings: list[Listing], order: random.Random
    ) -> None:
        found = find_overlaps(listings, activities=ACTIVITIES, encoder=None)
        the_rules_hold(found)
        shuffled = order.sample(listings, len(listings))
        assert find_overlaps(shuffled, activities=ACTIVITIES, encoder=None) == found

    def test_so_they_do_where_an_encoder_reads_it(self) -> None:
        listings = [
            Listing(key=n, name=text, mission=text, language=language, latitude=0.0, longitude=0.0)
            for n, (text, language) in enumerate((text, language) for text in TEXTS for language in LANGUAGES)
        ]
        the_rules_hold(find_overlaps(listings, activities=ACTIVITIES))

    @settings(max_examples=25, deadline=None)
    @given(verdicts)
    def test_verdicts_win(self, said: list[Verdict]) -> None:
        listings = [replace(each, key=n) for n, each in enumerate([*EVERYBODY, *EVERYBODY[:5]])]
        found = find_overlaps(listings, activities=ACTIVITIES, verdicts=said, encoder=None)
        last: dict[frozenset[int], VerdictKind] = {frozenset((each.a, each.b)): each.verdict for each in said}
        apart = {pair for pair, verdict in last.items() if verdict == "unrelated"}
        together = {pair for pair, verdict in last.items() if verdict == "peers" and is_pair_of(pair, listings)}
        pairs = {frozenset((pair.a, pair.b)) for pair in found.pairs}
        assert together <= pairs
        assert pairs & apart == set()
        for group in found.groups:
            home = {member.key for member in group.members if member.role == "main"}
            assert [pair for pair in apart if len(pair) == 2 and pair <= home] == []

    def test_two_listings_of_one_key_are_refused(self) -> None:
        with pytest.raises(ValueError, match="same key"):
            find_overlaps([TIME_BANKS[0], TIME_BANKS[0]])

    def test_an_activity_without_words_finds_nobody(self) -> None:
        empty = Activity(code="nothing", domain="food", terms={"en": ("", "!!")})
        found = find_overlaps(EVERYBODY, activities=[empty])
        assert [r for pair in found.pairs for r in pair.reasons if r.kind == "same_work"] == []

    def test_fifty_kilobytes_of_text_weigh_no_more_than_a_page(self) -> None:
        long = replace(TIME_BANKS[2], description="Neighbours help one another by the hour. " * 1_250)
        found = find_overlaps([*(each for each in EVERYBODY if each.key != long.key), long], activities=ACTIVITIES)
        assert {member.key for group in found.groups for member in group.members} >= {101, 102, 103}

    def test_three_hundred_of_the_same_ask_for_few_judgements(self) -> None:
        same = [replace(TIME_BANKS[0], key=5_000 + n) for n in range(300)]
        found = find_overlaps([*EVERYBODY, *same], activities=ACTIVITIES, encoder=None)
        assert max(len(group.members) for group in found.groups) <= MOST
        assert len(found.likenesses) <= 5 * 300

    def test_ten_thousand_of_the_same_meet_in_circles_of_forty(self) -> None:
        engine = Engine(ACTIVITIES, None)
        read = engine.read(EVERYBODY)
        same = [replace(read[0], listing=replace(read[0].listing, key=5_000 + n)) for n in range(10_000)]
        told = corpus([*read, *same])
        found = woven(engine.field(told, engine.space(told.traits).vectors(told.traits)))
        assert len(found.pairs) <= len(told) * (NEAREST + ACROSS)
        circles = groups.circles(
            found.graph, list(told.rows), decisions=Decisions(Verdicts(), [], told.rows), previous=[]
        )
        assert max(len(circle) for _, circle in circles) <= MOST
        assert sum(len(circle) for _, circle in circles) >= 10_000

    def test_at_nought_degrees_nobody_is_near(self) -> None:
        failed = [replace(each, latitude=0.0, longitude=0.0, city=None, city_name="") for each in EVERYBODY]
        found = find_overlaps(failed, activities=ACTIVITIES, encoder=None)
        assert found.pairs
        assert [r for pair in found.pairs for r in pair.reasons if r.kind in ("nearby", "same_city")] == []

    def test_all_in_one_city_and_one_domain_are_not_all_peers(self) -> None:
        here = [replace(each, city=1, city_name="Gent", country="BE", domains=("food",)) for each in EVERYBODY]
        found = find_overlaps(here)
        assert {(p.a, p.b) for p in found.pairs if {p.a, p.b} & {401, 402, 403}} == set()


def is_pair_of(pair: frozenset[int], listings: Sequence[Listing]) -> bool:
    return len(pair) == 2 and pair <= {each.key for each in listings}
