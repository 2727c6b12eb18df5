"""What is told of a directory that grew, on cases that can be counted by eye."""

from benchmarks.growing import State, compared, followed


def state(listings: int, **groups: set[int]) -> State:
    return State(frozenset(range(listings)), {key: frozenset(members) for key, members in groups.items()})


class ComparedTests:
    def test_nothing_changed_for_those_who_stay_when_a_group_grows(self) -> None:
        told = compared(state(6, a={0, 1, 2}, b={3, 4, 5}), state(8, a={0, 1, 2, 6}, b={3, 4, 5, 7}))
        assert (told["ids_kept"], told["changes_per_added"], told["added"], told["share_3_40"]) == (1.0, 0.0, 2, 1.0)

    def test_moving_leaving_and_joining_each_count_once(self) -> None:
        before = state(8, a={0, 1, 2}, b={3, 4, 5})
        told = compared(before, state(10, a={0, 1, 3}, b={4, 5, 6}))
        assert (told["moved"], told["left"], told["joined"], told["changes_per_added"]) == (1, 1, 1, 1.5)

    def test_an_address_that_most_of_its_listings_left_is_not_kept(self) -> None:
        told = compared(state(8, a={0, 1, 2, 3}, b={4, 5, 6}), state(8, a={0, 4, 5, 6}, c={1, 2, 3}))
        assert told["ids_kept"] == 0.0


class FollowedTests:
    def test_a_circle_goes_on_as_the_group_that_has_more_than_half_of_its_listings_there(self) -> None:
        before = state(7, a={0, 1, 2, 3}, b={4, 5, 6})
        circles = [frozenset({0, 1, 2, 4}), frozenset({3, 7, 8}), frozenset({5, 6, 9})]
        assert followed(circles, before) == [("a", circles[0]), (None, circles[1]), ("b", circles[2])]
