"""The history of a listing, as its stewards and officers read it."""

import pytest

from initiatives.models import Initiative, Source, Translation, give_verdict, merge
from initiatives.models.acting import acting
from initiatives.models.choices import VerdictKind
from initiatives.models.remembering import deeds
from initiatives.models.remembering.deeds import history_of
from tests import people
from tests.curation import circle

pytestmark = pytest.mark.django_db


def sentences(listing: Initiative, reader: str = "Ada") -> list[str]:
    """The newest deed first."""
    page = history_of(listing, reader=people.person(reader))
    return [told.sentence for deed in page.deeds for told in deed.told]


def changed(listing: Initiative, *, by: str = "Olga", role: str = "officer", **values: object) -> None:
    with acting(people.person(by), role=role, deed="edit"):
        Initiative.objects.with_keys([listing.pk]).update(**values)


class FieldTests:
    def test_a_fact_that_changed(self) -> None:
        listing = people.initiative()
        changed(listing, city=people.city("Antwerp"))
        assert sentences(listing) == ["An officer changed the city from “Ghent” to “Antwerp”."]

    def test_a_fact_that_came_and_one_that_went(self) -> None:
        listing = people.initiative(primary_url="https://example.org/loom")
        changed(listing, by="Alice", role="steward", primary_url="", number_of_members=1200)
        assert sentences(listing) == [
            "A steward took out the website: “https://example.org/loom”.",
            "A steward filled in the number of members: “1,200”.",
        ]

    def test_codes_are_told_in_words(self) -> None:
        listing = people.initiative()
        changed(listing, status="completed")
        assert sentences(listing) == ["An officer changed the status from “Active” to “Completed”."]

    def test_words_of_a_text_are_marked(self) -> None:
        listing = people.initiative(mission="We mend bicycles in Ghent.")
        changed(listing, mission="We mend <b>old</b> bicycles.")
        (deed,) = history_of(listing, reader=people.person("Ada")).deeds
        assert deed.told[0].sentence == "An officer rewrote the sentence on what it does."
        assert deed.told[0].difference == (
            'We mend <del><span class="visually-hidden">Removed: </span>bicycles in Ghent.</del> '
            '<ins><span class="visually-hidden">Added: </span>&lt;b&gt;old&lt;/b&gt; bicycles.</ins> '
        )

    def test_ones_own_deeds_are_told_as_ones_own(self) -> None:
        listing = people.initiative(name="The Loom")
        changed(listing, by="Olga", founded_year=2001, founded_precision="exact")
        assert sentences(listing, reader="Olga")[0] == "You filled in the year of founding: “2001”."

    def test_what_nobody_is_known_to_have_done_was_the_directory(self) -> None:
        listing = people.initiative()
        Initiative.objects.with_keys([listing.pk]).update(postal_code="9000")
        assert sentences(listing) == ["The directory filled in the postal code: “9000”."]

    def test_a_day_of_confirmation_is_told_where_nothing_else_changed(self) -> None:
        listing = people.initiative()
        changed(listing, by="Alice", role="steward", confirmed_on="2026-03-01")
        changed(listing, by="Alice", role="steward", confirmed_on="2026-03-02", postal_code="9000")
        assert sentences(listing) == [
            "A steward filled in the postal code: “9000”.",
            "A steward confirmed that it is still right.",
        ]

    def test_the_contact_is_never_told(self) -> None:
        listing = people.initiative(contact="alice@example.org")
        changed(listing, contact="bruno@example.org")
        assert sentences(listing) == []


class RowsTests:
    """What is written anew as a whole is told by what came and what went."""

    def test_domains_tags_and_licences(self) -> None:
        listing = people.initiative(domains=["food", "energy"], tags=["garden"])
        with acting(people.steward("Alice", of=listing), role="steward", deed="edit"):
            listing.set_domains([people.domain("food"), people.domain("housing")])
            listing.tags.set(["wood"])
        assert sentences(listing)[:4] == [
            "A steward added to its domains: Housing.",
            "A steward took from its domains: Energy.",
            "A steward added to its tags: wood.",
            "A steward took from its tags: garden.",
        ]

    def test_translations_and_needs(self) -> None:
        listing = people.initiative(wants=["A van"])
        alice = people.steward("Alice", of=listing)
        with acting(alice, role="steward", deed="edit"):
            Translation.objects.create(initiative=listing, language="nl", mission="Wij weven.")
            listing.exchanges.all().delete()
        assert sentences(listing, reader="Alice")[:2] == [
            "You added a translation: Dutch.",
            "You removed a need: “A van”.",
        ]


class DecisionTests:
    def test_are_told_with_their_reason(self) -> None:
        listing = people.initiative(review_state="submitted")
        listing.decline(by=people.officer(), reason="It is a shop.")
        (deed,) = history_of(listing, reader=people.person("Ada")).deeds[:1]
        assert [(told.sentence, told.reason) for told in deed.told] == [("An officer declined it.", "It is a shop.")]

    def test_of_two_listings_are_told_on_both(self) -> None:
        one, other = people.initiative(name="The Loom"), people.initiative(name="The Lathe")
        give_verdict(one, other, "unrelated", by=people.officer())
        assert sentences(one) == ["An officer said that “The Lathe” has nothing to do with it."]
        assert sentences(other) == ["An officer said that “The Loom” has nothing to do with it."]

    def test_a_merge_of_two_cities_is_proposed_first(self) -> None:
        kept, away = people.initiative(name="The Loom"), people.initiative(name="The Lathe", city=people.city("Lille"))
        deed = merge(kept, away, by=people.officer(), reason="One workshop")
        assert sentences(kept)[0] == "An officer proposed to merge “The Lathe” into it."
        deed.refuse(by=people.officer("Leo", of="Lille"))
        assert sentences(kept)[0] == "An officer refused to merge “The Lathe” into it."

    def test_and_carried_out_by_who_confirms_it(self) -> None:
        kept, away = people.initiative(name="The Loom"), people.initiative(name="The Lathe", city=people.city("Lille"))
        deed = merge(kept, away, by=people.officer(), reason="One workshop")
        deed.confirm(by=people.officer("Leo", of="Lille"))
        assert "An officer merged “The Lathe” into it." in sentences(kept)
        deed.undo(by=people.officer())
        assert "An officer took “The Lathe” apart from it again." in sentences(kept)

    @pytest.mark.parametrize("verdict", VerdictKind.values)
    def test_whatever_is_said_of_two_listings_has_a_sentence(self, verdict: str) -> None:
        one, other = people.initiative(name="The Loom"), people.initiative(name="The Lathe")
        give_verdict(one, other, verdict, by=people.officer())
        (sentence,) = sentences(one)
        assert sentence.startswith("An officer said that ")
        assert "“The Lathe”" in sentence

    def test_an_objection_is_the_stewards(self) -> None:
        kept, away = people.initiative(), people.initiative(name="The Lathe")
        alice = people.steward("Alice", of=kept)
        merge(kept, away, by=people.officer()).object(by=alice, words="We are two.")
        assert sentences(kept)[0] == "A steward objected to the merge with “The Lathe”."

    def test_a_place_given_by_hand_is_the_officers(self) -> None:
        listing = people.initiative()
        circle("A", "B").pin(listing, by=people.officer())
        assert sentences(listing)[0] == "An officer put it in a group by hand."

    def test_a_listing_of_a_list_came_from_it(self) -> None:
        Source.objects.get_or_create(code="loom-list", defaults={"name": "Loom list"})
        listing = people.initiative(source="loom-list", source_id="1")
        listing.review_events.create(was="draft", became="published", reason="loom-list")
        assert sentences(listing) == ["It came from the list “Loom list”."]


class PeopleTests:
    def test_claims_and_stewards_are_told_without_a_name(self) -> None:
        listing = people.initiative()
        stan = people.person("Stan")
        with acting(stan, role="claimant", deed="claim"):
            claim = listing.claims.create(by=stan, evidence="I am Stan of the board.")
        with acting(people.officer(), role="officer", deed="approve"):
            listing.claims.filter(pk=claim.pk).update(state="approved")
            listing.stewardships.create(person=stan, origin="claimed")
        assert sentences(listing) == [
            "Somebody became a steward of it.",
            "An officer approved a claim on it.",
            "Somebody who claims it claimed it.",
        ]


class PageTests:
    def test_goes_on_where_the_one_before_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(deeds, "DEEDS_A_PAGE", 2)
        listing, ada = people.initiative(), people.person("Ada")
        for code in ("1", "2", "3"):
            changed(listing, postal_code=code)
        first = history_of(listing, reader=ada)
        second = history_of(listing, reader=ada, before=first.before)
        assert [len(first.deeds), len(second.deeds)] == [2, 1]
        assert second.deeds[0].told[0].sentence.endswith("“1”.")

    def test_one_deed_is_one_entry(self) -> None:
        listing = people.initiative()
        with acting(people.officer(), role="officer", deed="edit"):
            for year in (2001, 2002):
                Initiative.objects.with_keys([listing.pk]).update(closed_year=year)
        assert len(history_of(listing, reader=people.person("Ada")).deeds) == 1
