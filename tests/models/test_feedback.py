"""Whether people found a group or a pair useful."""

import pytest

from initiatives.models import Feedback, Group, Pair
from tests import people
from tests.curation import asked_for, circle, refusal, the
from tests.views.reading import get


@pytest.fixture
def gardens(db: None) -> Group:
    return circle("Garden 1", "Garden 2")


@pytest.mark.django_db
@pytest.mark.parametrize("noun", [Group, Pair])
class FeedbackTests:
    def test_each_says_it_once_and_may_say_it_otherwise(self, noun: type, gardens: Group) -> None:
        found, alice, bea = noun.objects.get(), people.person("Alice"), people.person("Bea")
        found.give_feedback(useful=True, by=alice)
        found.give_feedback(useful=False, by=bea)
        assert found.feedback.counts() == {"useful": 1, "not_useful": 1}
        found.give_feedback(useful=True, by=bea)
        assert found.feedback.counts() == {"useful": 2, "not_useful": 0}
        assert Feedback.objects.count() == 2

    def test_taken_back_it_was_never_said(self, noun: type, gardens: Group) -> None:
        found, alice = noun.objects.get(), people.person("Alice")
        found.give_feedback(useful=True, by=alice)
        found.take_back_feedback(by=alice)
        assert found.feedback.counts() == {"useful": 0, "not_useful": 0}
        assert refusal(found.take_back_feedback, by=alice) == "You have not said whether this is useful."

    def test_nothing_is_computed_from_it_and_no_page_tells_it(self, noun: type, gardens: Group) -> None:
        found = noun.objects.get()
        addresses = [gardens.get_absolute_url(), the("Garden 1").get_absolute_url(), "/groups/", "/groups.csv"]
        before = [get(address) for address in addresses]
        found.give_feedback(useful=True, by=people.person("Alice"))
        assert ([get(address) for address in addresses], asked_for()) == (before, set())


@pytest.mark.django_db
class PairFeedbackTests:
    def test_it_stays_when_a_run_takes_the_pair_away_and_finds_it_again(self, gardens: Group) -> None:
        Pair.objects.get().give_feedback(useful=True, by=people.person("Alice"))
        Pair.objects.all().delete()
        assert people.pair(the("Garden 1"), the("Garden 2")).feedback.counts() == {"useful": 1, "not_useful": 0}
