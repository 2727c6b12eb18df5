"""What people decide about two listings."""

import pytest

from initiatives.models import (
    DuplicatePair,
    Initiative,
    Pair,
    User,
    Verdict,
    VerdictEvent,
    give_verdict,
    take_back_verdict,
)
from initiatives.models.choices import VerdictKind
from tests import people
from tests.curation import asked_for, circle, refusal, the


@pytest.fixture
def olga(db: None) -> User:
    return people.person("Olga")


@pytest.fixture
def two(db: None) -> tuple[Initiative, Initiative]:
    """The later first: who is named first says nothing."""
    circle("Garden", "Yard")
    one, other = sorted([the("Garden"), the("Yard")], key=lambda listing: listing.pk)
    DuplicatePair.objects.create(a=one, b=other, probability=0.6, reasons=[people.REASON])
    return other, one


def found() -> list[list[tuple]]:
    pairs = Pair.objects.values_list("a", "b", "kind", "score", "parts", "reasons")
    return [list(pairs), list(DuplicatePair.objects.values_list("a", "b", "probability", "reasons"))]


def decided() -> list[tuple]:
    return list(Verdict.objects.values_list("verdict", "by__name", "reason"))


def pair_kinds() -> list[str]:
    return list(Pair.objects.values_list("kind", flat=True))


@pytest.mark.django_db
class VerdictTests:
    @pytest.mark.parametrize("verdict", ["same", "unrelated"])
    def test_two_that_do_not_overlap_are_no_pair_any_more(self, verdict: str, two: tuple, olga: User) -> None:
        give_verdict(*two, verdict, by=olga, reason="I know both.")
        assert found() == [[], []]
        assert decided() == [(verdict, "Olga", "I know both.")]
        assert asked_for() == {one.pk for one in two}

    @pytest.mark.parametrize("verdict", ["peers", "complementary"])
    def test_two_that_do_are_of_that_kind_and_no_question_any_more(self, verdict: str, two: tuple, olga: User) -> None:
        give_verdict(*two, verdict, by=olga)
        assert (pair_kinds(), DuplicatePair.objects.count()) == ([verdict], 0)

    @pytest.mark.parametrize("verdict", VerdictKind.values)
    def test_taken_back_all_is_as_it_was(self, verdict: str, two: tuple, olga: User) -> None:
        before = found()
        give_verdict(*two, verdict, by=olga)
        take_back_verdict(*reversed(two), by=olga)
        assert (found(), decided()) == (before, [])
        given, taken_back = VerdictEvent.objects.all()
        assert (given.was, given.became, given.by) == ("", verdict, olga)
        assert (taken_back.was, taken_back.became, taken_back.undoes) == (verdict, "", given)

    def test_taken_back_what_was_said_before_holds_again(self, two: tuple, olga: User) -> None:
        before, bea = found(), people.person("Bea")
        give_verdict(*two, "unrelated", by=bea, reason="One is a shop.")
        give_verdict(*two, "complementary", by=olga)
        assert pair_kinds() == ["complementary"]
        take_back_verdict(*two, by=olga)
        assert (found(), decided()) == ([[], []], [("unrelated", "Bea", "One is a shop.")])
        take_back_verdict(*two, by=olga)
        assert (found(), decided()) == (before, [])

    def test_taken_back_after_a_run_the_next_run_settles_it(self, two: tuple, olga: User) -> None:
        give_verdict(*two, "unrelated", by=olga)
        Verdict.objects.all().forget_what_was()
        take_back_verdict(*two, by=olga)
        assert (found(), decided()) == ([[], []], [])

    def test_taken_back_nobody_is_shown_who_left_meanwhile(self, two: tuple, olga: User) -> None:
        give_verdict(*two, "unrelated", by=olga)
        two[0].withdraw()
        take_back_verdict(*two, by=olga)
        assert found() == [[], []]

    def test_where_it_makes_no_sense_it_is_refused_in_a_sentence(self, two: tuple, olga: User) -> None:
        one, _ = two
        undecided = "Nobody has decided anything about these two."
        assert refusal(take_back_verdict, *two, by=olga) == undecided
        assert refusal(give_verdict, one, one, "peers", by=olga) == "A listing can only be compared with another."
        give_verdict(*two, "peers", by=olga)
        again = "That has been decided about these two already."
        assert refusal(give_verdict, *reversed(two), "peers", by=olga) == again
        take_back_verdict(*two, by=olga)
        assert refusal(take_back_verdict, *two, by=olga) == undecided
