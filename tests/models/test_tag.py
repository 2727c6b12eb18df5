"""Free words, and the words that stand for the same."""

import pytest
from django.utils.translation import override

from initiatives.models import Initiative, Tag
from tests import people

pytestmark = pytest.mark.django_db


def synonyms() -> dict[str, str]:
    return {tag.name: tag.effective.name for tag in Tag.objects.select_related("synonym_of")}


def depth() -> int:
    """Synonyms of synonyms: there must be none."""
    return Tag.objects.exclude(synonym_of=None).exclude(synonym_of__synonym_of=None).count()


class BecomeSynonymTests:
    def test_a_word_stands_for_another(self) -> None:
        people.tag("fietskeuken", synonym_of=people.tag("bike kitchen"))
        assert synonyms() == {"fietskeuken": "bike kitchen", "bike kitchen": "bike kitchen"}

    def test_its_own_synonyms_come_along(self) -> None:
        middle = people.tag("bicycle kitchen")
        people.tag("fietskeuken", synonym_of=middle)
        middle.become_synonym_of(people.tag("bike kitchen"))
        assert set(synonyms().values()) == {"bike kitchen"}
        assert depth() == 0

    def test_a_synonym_as_target_leads_to_the_effective_one(self) -> None:
        middle = people.tag("bicycle kitchen", synonym_of=people.tag("bike kitchen"))
        people.tag("fietskeuken", synonym_of=middle)
        assert synonyms()["fietskeuken"] == "bike kitchen"
        assert depth() == 0

    def test_turning_round_makes_the_synonym_the_effective_one(self) -> None:
        effective = people.tag("bicycle kitchen")
        synonym = people.tag("bike kitchen", synonym_of=effective)
        people.tag("fietskeuken", synonym_of=effective)
        effective.refresh_from_db()
        effective.become_synonym_of(Tag.objects.get(pk=synonym.pk))
        assert synonyms() == dict.fromkeys(("bicycle kitchen", "bike kitchen", "fietskeuken"), "bike kitchen")
        assert depth() == 0

    def test_a_word_does_not_stand_for_itself(self) -> None:
        word = people.tag("wood")
        word.become_synonym_of(word)
        assert synonyms() == {"wood": "wood"}


class TaggedTests:
    def test_a_word_finds_what_is_tagged_with_its_synonyms(self) -> None:
        people.tag("fietskeuken", synonym_of=people.tag("bike kitchen"))
        for name, word in (("One", "bike kitchen"), ("Two", "fietskeuken"), ("Three", "wood")):
            people.initiative(name=name, tags=[word])
        found = Initiative.objects.published().tagged(["bike-kitchen"])
        assert [each.name for each in found] == ["One", "Two"]

    def test_both_words_on_one_listing_count_once(self) -> None:
        target = people.tag("bike kitchen")
        people.tag("fietskeuken", synonym_of=target)
        people.initiative(tags=["bike kitchen", "fietskeuken"])
        assert Initiative.objects.published().count_by_tag() == [(target.pk, 1)]

    def test_most_used_counts_what_everybody_may_see(self) -> None:
        people.tag("fietskeuken", synonym_of=people.tag("bike kitchen"))
        people.initiative(tags=["fietskeuken", "wood"])
        people.initiative(tags=["bike kitchen"])
        people.initiative(tags=["wood", "secret"], review_state="submitted")
        people.platform(tags=["wood"])
        assert [(tag.name, tag.initiative_count) for tag in Tag.most_used()] == [("bike kitchen", 2), ("wood", 1)]

    def test_case_makes_no_other_word(self) -> None:
        listing = people.initiative()
        listing.tags.add("Wood", "wood")
        assert list(listing.tags.names()) == ["Wood"]


class NameTests:
    def test_is_called_in_the_readers_language(self) -> None:
        tag = Tag(name="car sharing", names={"en": "car sharing", "nl": "autodelen"})
        with override("nl"):
            assert str(tag) == "autodelen"
        with override("en"):
            assert str(tag) == "car sharing"

    def test_is_called_as_it_was_said_where_no_language_has_a_word(self) -> None:
        with override("nl"):
            assert str(Tag(name="hochbeet")) == "hochbeet"

    def test_its_other_words_leave_out_the_one_that_is_shown(self) -> None:
        tag = people.tag("car sharing")
        people.tag("autodelen", synonym_of=tag)
        people.tag("autopartage", synonym_of=tag)
        tag.names = {"en": "car sharing", "nl": "autodelen"}
        with override("nl"):
            assert sorted(tag.other_words) == ["autopartage", "car sharing"]
