"""What people and imports send: nothing of it may stop a run, or make a group of everything."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.overlap.communities import FEWEST, MOST
from initiatives.overlap.engine import find_overlaps
from initiatives.overlap.values import Activity, Exchange, Listing
from tests.overlap.neighbourhood import ACTIVITIES, EVERYBODY, TIME_BANKS

texts = st.sampled_from(
    [
        "",
        "x",
        "Tijdbank",
        "time bank for neighbours",
        "12345 !!!",
        "🌱🌱",
        "Ελλάδα",
        "ремонт велосипедов",
        "co-op " * 50,
    ]
)
places = st.sampled_from([None, 0.0, float("nan"), float("inf"), 51.05, -181.0])
rough_listings = st.lists(
    st.builds(
        Listing,
        key=st.integers(-5, 10**12),
        name=texts,
        mission=texts,
        description=texts,
        language=st.sampled_from(["", "nl", "en", "tlh", "zh-Hant"]),
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


class FewTests:
    @pytest.mark.parametrize("count", [0, 1, 2])
    def test_a_directory_of_hardly_anybody_has_no_group(self, count: int) -> None:
        found = find_overlaps(TIME_BANKS[:count], activities=ACTIVITIES)
        assert found.groups == ()
        assert found.counts["listings"] == count

    def test_two_time_banks_are_peers(self) -> None:
        assert len(find_overlaps(TIME_BANKS[:2], activities=ACTIVITIES).pairs) == 1


class RoughTests:
    @settings(max_examples=40, deadline=None)
    @given(rough_listings)
    def test_whatever_is_sent_the_rules_hold(self, listings: list[Listing]) -> None:
        found = find_overlaps(listings, activities=ACTIVITIES)
        assert all(pair.reasons and pair.a < pair.b and 0 <= pair.score <= 1 for pair in found.pairs)
        assert all(FEWEST <= len(group.members) <= MOST for group in found.groups)

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

    def test_a_thousand_of_the_same_are_no_group_of_everything(self) -> None:
        same = [replace(TIME_BANKS[0], key=5_000 + n) for n in range(1_000)]
        found = find_overlaps([*EVERYBODY, *same], activities=ACTIVITIES)
        assert max(len(group.members) for group in found.groups) <= MOST
        assert len(found.likenesses) <= 5 * 1_000

    def test_all_in_one_city_and_one_domain_are_not_all_peers(self) -> None:
        here = [replace(each, city=1, city_name="Gent", country="BE", domains=("food",)) for each in EVERYBODY]
        found = find_overlaps(here)
        assert {(p.a, p.b) for p in found.pairs if {p.a, p.b} & {401, 402, 403}} == set()
