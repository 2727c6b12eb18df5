"""A flood of sign-ups, small enough for the tests: `./run bench signups` replays 2,249 of them."""

import pytest
from pytest_django import Settings

from benchmarks.signups import HONEST, replay


@pytest.mark.django_db(transaction=True)
class FloodTests:
    def test_strangers_get_no_more_than_the_budget_and_nobody_loses_a_draft(self, settings: Settings) -> None:
        settings.MAILS_TO_STRANGERS = 15
        told = replay(60, threads=4)
        assert told["answers"] == [302]  # the same for everybody
        assert (told["mails_to_strangers"], told["most_to_one"]) == (15, 1)
        assert told["mails_to_known"] == HONEST
        assert told["drafts_kept"] == told["sign_ups"] == 60 + 2 * HONEST
