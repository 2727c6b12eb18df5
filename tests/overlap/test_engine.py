"""A whole run over listings whose overlaps a person can tell by eye."""

import json
import random
from dataclasses import replace

import pytest

from initiatives.overlap.engine import find_overlaps
from initiatives.overlap.values import Bar, Listing, Overlaps, Pin, PreviousGroup, Verdict
from tests.overlap.neighbourhood import (
    ACTIVITIES,
    BRISTOL,
    ENERGY,
    EVERYBODY,
    GHENT,
    OTHERS,
    REPAIR,
    TIME_BANKS,
    group_of,
    kinds,
    listing,
    offer,
    pair_of,
    want,
)


@pytest.fixture(scope="module")
def found() -> Overlaps:
    return find_overlaps(EVERYBODY, activities=ACTIVITIES)


@pytest.fixture(scope="module")
def without_activities() -> Overlaps:
    return find_overlaps(EVERYBODY)


def keys(listings: tuple[Listing, ...]) -> set[int]:
    return {each.key for each in listings}


def as_previous(overlaps: Overlaps) -> list[PreviousGroup]:
    return [
        PreviousGroup(key=f"group-{n}", members=frozenset(each.key for each in group.members if each.role == "main"))
        for n, group in enumerate(overlaps.groups)
    ]


def main_members(overlaps: Overlaps, key: int) -> set[int]:
    group = group_of(overlaps, key)
    return {member.key for member in group.members if member.role == "main"} if group else set()


class AcrossLanguagesTests:
    def test_a_dutch_an_italian_and_an_english_time_bank_are_in_one_group(self, found: Overlaps) -> None:
        assert main_members(found, 101) == keys(TIME_BANKS)

    def test_they_are_without_a_vocabulary_of_activities_too(self, without_activities: Overlaps) -> None:
        assert main_members(without_activities, 101) >= keys(TIME_BANKS)

    def test_repairers_of_three_languages_are_in_one_group(self, without_activities: Overlaps) -> None:
        assert main_members(without_activities, 201) == keys(REPAIR)

    def test_those_who_put_panels_on_schools_are_in_one_group(self, without_activities: Overlaps) -> None:
        assert main_members(without_activities, 301) == keys(ENERGY)

    def test_the_reason_names_the_words_of_both_languages(self, found: Overlaps) -> None:
        pair = pair_of(found, 101, 102)
        assert pair is not None
        same_work = next(reason for reason in pair.reasons if reason.kind == "same_work")
        assert same_work.evidence == {"activity": "time_bank", "words": ["tijdbank", "banca del tempo"]}

    def test_words_of_one_meaning_are_a_reason_without_a_vocabulary(self, without_activities: Overlaps) -> None:
        pair = pair_of(without_activities, 301, 302)
        across = [reason for reason in pair.reasons if reason.kind == "words_across"] if pair else []
        assert across
        assert ["geld", "money"] in across[0].evidence["pairs"]


class PairTests:
    def test_every_pair_has_reasons_and_parts(self, found: Overlaps) -> None:
        assert found.pairs
        assert [pair for pair in found.pairs if not pair.reasons or not pair.parts] == []

    def test_pairs_are_ordered_and_once(self, found: Overlaps) -> None:
        ends = [(pair.a, pair.b) for pair in found.pairs]
        assert all(a < b for a, b in ends)
        assert len(set(ends)) == len(ends)

    def test_scores_and_strengths_are_shares(self, found: Overlaps) -> None:
        assert all(0 < pair.score <= 1 for pair in found.pairs)
        assert all(0 <= reason.strength <= 1 for pair in found.pairs for reason in pair.reasons)

    def test_one_city_alone_makes_nobody_peers(self, found: Overlaps) -> None:
        assert pair_of(found, 401, 301) is None
        assert pair_of(found, 402, 302) is None

    def test_one_domain_alone_makes_nobody_peers(self, found: Overlaps) -> None:
        assert pair_of(found, 401, 403) is None

    def test_evidence_is_data_that_can_be_stored(self, found: Overlaps) -> None:
        told = [dict(reason.evidence) for pair in found.pairs for reason in pair.reasons]
        told += [dict(reason.evidence) for group in found.groups for reason in group.reasons]
        told += [
            dict(reason.evidence) for group in found.groups for member in group.members for reason in member.reasons
        ]
        assert json.loads(json.dumps(told)) == told

    def test_a_city_s_name_is_no_shared_word(self) -> None:
        a = listing("Gent Zingt", "Een koor in Gent.", language="nl", city=GHENT)
        b = listing("Gent Fietst", "Fietsers in Gent.", language="nl", city=GHENT)
        assert pair_of(find_overlaps([a, b, *EVERYBODY]), a.key, b.key) is None


ASKS = replace(OTHERS[0], exchanges=(want("A room to meet in on Tuesday evening"),), latitude=51.05, longitude=3.73)
GIVES = replace(ENERGY[0], exchanges=(offer("Meeting room, free on weekday evenings"),), latitude=51.04, longitude=3.73)
FAR = replace(ENERGY[1], exchanges=GIVES.exchanges, latitude=51.45, longitude=-2.6)


@pytest.fixture(scope="module")
def exchanged() -> Overlaps:
    others = [each for each in EVERYBODY if each.key not in (401, 301, 302)]
    return find_overlaps([*others, ASKS, GIVES, FAR])


class ComplementaryTests:
    def test_a_need_meets_an_offer_nearby(self, exchanged: Overlaps) -> None:
        pair = pair_of(exchanged, 401, 301)
        assert pair is not None
        assert pair.kind == "complementary"
        reason = next(reason for reason in pair.reasons if reason.kind == "need_meets_offer")
        assert reason.evidence == {
            "wants": 401,
            "offers": 301,
            "want": "A room to meet in on Tuesday evening",
            "offer": "Meeting room, free on weekday evenings",
            "item_type": "space",
            "metres": 1100,
        }

    def test_a_room_in_another_country_meets_no_need(self, exchanged: Overlaps) -> None:
        assert pair_of(exchanged, 401, 302) is None


class GroupTests:
    def test_each_listing_has_one_home_at_most(self, found: Overlaps) -> None:
        homes = [member.key for group in found.groups for member in group.members if member.role == "main"]
        assert len(set(homes)) == len(homes)

    def test_every_membership_has_its_reasons(self, found: Overlaps) -> None:
        assert found.groups
        assert [member for group in found.groups for member in group.members if not member.reasons] == []

    def test_a_member_s_reasons_say_with_whom(self, found: Overlaps) -> None:
        group = group_of(found, 101)
        assert group is not None
        member = next(member for member in group.members if member.key == 101)
        assert set(member.reasons[0].evidence["with"]) == {102, 103}

    def test_the_label_is_the_activity(self, found: Overlaps) -> None:
        group = group_of(found, 101)
        assert group is not None
        assert (group.label.kind, group.label.code, group.label.city_name) == ("activity", "time_bank", "")

    def test_the_label_is_the_tag_where_no_activity_is_known(self, without_activities: Overlaps) -> None:
        group = group_of(without_activities, 201)
        assert group is not None
        assert (group.label.kind, group.label.code) == ("tag", "repair café")

    def test_the_label_says_the_city_that_most_share(self) -> None:
        local = [replace(each, key=each.key + 1000, city=GHENT, city_name="Gent", country="BE") for each in REPAIR[:2]]
        found = find_overlaps([*EVERYBODY, *local, replace(REPAIR[1], key=1210)], activities=ACTIVITIES)
        group = group_of(found, 202)
        assert group is not None
        assert (group.label.city, group.label.city_name) in ((GHENT, "Gent"), (None, ""))

    def test_the_group_s_reasons_name_their_members(self, found: Overlaps) -> None:
        group = group_of(found, 201)
        assert group is not None
        told = {reason.kind: reason for reason in group.reasons}
        assert told["shared_tags"].evidence == {"tag": "repair café"}
        assert set(told["shared_tags"].members) == keys(REPAIR)


class RepeatingTests:
    def test_the_order_of_listings_changes_nothing(self, found: Overlaps) -> None:
        shuffled = list(EVERYBODY)
        random.Random(4).shuffle(shuffled)
        again = find_overlaps(shuffled, activities=ACTIVITIES)
        assert (again.pairs, again.groups, again.likenesses) == (found.pairs, found.groups, found.likenesses)

    def test_a_group_keeps_its_key_when_one_joins(self, found: Overlaps) -> None:
        previous = [
            PreviousGroup(key=f"group-{n}", members=frozenset(member.key for member in group.members))
            for n, group in enumerate(found.groups)
        ]
        joins = listing(
            "Southmead Time Bank", "People give an hour of help and get an hour back, without money.", city=BRISTOL
        )
        again = find_overlaps([*EVERYBODY, joins], activities=ACTIVITIES, previous=previous)
        kept = {group.key for group in again.groups}
        assert kept >= {each.key for each in previous}
        assert main_members(again, joins.key) == keys(TIME_BANKS) | {joins.key}

    def test_a_new_group_has_no_key(self, found: Overlaps) -> None:
        assert {group.key for group in found.groups} == {None}


class VerdictTests:
    def test_unrelated_is_never_shown_and_never_in_one_group(self) -> None:
        found = find_overlaps(EVERYBODY, activities=ACTIVITIES, verdicts=[Verdict(a=203, b=201, verdict="unrelated")])
        assert pair_of(found, 201, 203) is None
        assert 203 not in main_members(found, 201)

    def test_peers_are_peers_whatever_the_texts_say(self) -> None:
        found = find_overlaps(EVERYBODY, verdicts=[Verdict(a=401, b=402, verdict="peers")])
        pair = pair_of(found, 401, 402)
        assert pair is not None
        assert (pair.kind, pair.reasons[0].kind) == ("peers", "verdict")

    def test_complementary_is_what_a_person_said(self) -> None:
        found = find_overlaps(EVERYBODY, verdicts=[Verdict(a=101, b=102, verdict="complementary")])
        pair = pair_of(found, 101, 102)
        assert pair is not None
        assert pair.kind == "complementary"

    @pytest.mark.parametrize("verdict", ["same", "unrelated", "peers"])
    def test_a_duplicate_that_was_judged_is_not_asked_again(self, verdict: str) -> None:
        twin = replace(TIME_BANKS[0], key=104)
        asked = find_overlaps([*EVERYBODY, twin])
        assert [(each.a, each.b) for each in asked.likenesses] == [(101, 104)]
        answered = find_overlaps([*EVERYBODY, twin], verdicts=[Verdict(a=101, b=104, verdict=verdict)])
        assert answered.likenesses == ()

    def test_a_verdict_on_somebody_who_left_is_passed_over(self) -> None:
        found = find_overlaps(EVERYBODY, verdicts=[Verdict(a=101, b=9999, verdict="peers")])
        assert {pair.b for pair in found.pairs} <= keys(EVERYBODY)


class PlacementTests:
    """What people did to groups, as plain values."""

    def test_the_pinned_stay_where_they_were_put(self, found: Overlaps) -> None:
        previous = as_previous(found)
        time_banks = next(each.key for each in previous if 101 in each.members)
        pinned = [Pin(listing=401, group=time_banks)]
        again = find_overlaps(EVERYBODY, activities=ACTIVITIES, previous=previous, placements=pinned)
        assert main_members(again, 101) == keys(TIME_BANKS) | {401}
        group = group_of(again, 101)
        assert group is not None
        assert [each.reasons[0].kind for each in group.members if each.key == 401] == ["pinned"]

    def test_the_barred_stay_away_and_in_no_second_place(self, found: Overlaps) -> None:
        previous = as_previous(found)
        repairers = next(each.key for each in previous if 201 in each.members)
        barred = [Bar(listing=203, group=repairers)]
        again = find_overlaps(EVERYBODY, activities=ACTIVITIES, previous=previous, placements=barred)
        group = next(each for each in again.groups if each.key == repairers)
        assert 203 not in {member.key for member in group.members}

    def test_a_group_that_was_split_by_hand_stays_split(self, found: Overlaps) -> None:
        previous = as_previous(found)
        repairers = next(each for each in previous if 201 in each.members)
        more = [replace(each, key=each.key + 50) for each in REPAIR]
        apart = [Pin(listing=each.key, group="by-hand") for each in more]
        kept = [Pin(listing=key, group=repairers.key) for key in sorted(repairers.members)]
        again = find_overlaps([*EVERYBODY, *more], activities=ACTIVITIES, previous=previous, placements=[*apart, *kept])
        assert main_members(again, 201) == set(repairers.members)
        assert {group.key for group in again.groups} >= {"by-hand", repairers.key}

    def test_what_concerns_somebody_who_left_is_passed_over(self) -> None:
        placements = [Pin(listing=9999, group="gone"), Bar(listing=9998, group="gone")]
        assert find_overlaps(EVERYBODY, placements=placements).groups


class LinkTests:
    def test_a_shared_network_and_a_link_are_reasons(self) -> None:
        ours = [replace(each, networks=(999,)) for each in TIME_BANKS]
        linked = [replace(ours[0], partners=(103,)), *ours[1:]]
        found = find_overlaps([*linked, *REPAIR, *ENERGY, *OTHERS], activities=ACTIVITIES)
        assert {"same_work", "same_network", "linked"} <= kinds(pair_of(found, 101, 103))
        assert {"same_work", "same_network"} <= kinds(pair_of(found, 101, 102))


class WithoutEncoderTests:
    def test_the_directory_s_own_words_serve(self) -> None:
        found = find_overlaps(EVERYBODY, activities=ACTIVITIES, encoder=None)
        assert main_members(found, 101) == keys(TIME_BANKS)
        assert {"shared_words", "shared_tags"} <= kinds(pair_of(found, 201, 202))
