"""Words about somebody are taken out of what a listing said before."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from initiatives.models import Change, HistoryEvent, Initiative
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing() -> Initiative:
    listing = people.initiative(mission="Ask Jan Jansen for the key.", nickname=["Jan Jansen’s garden"])
    Initiative.objects.with_keys([listing.pk]).update(mission="Ask at the door.", nickname=[])
    Change.objects.create(initiative=listing, was={"mission": "Ask Jan Jansen for the key."}, became={"mission": "…"})
    return listing


def forget(*arguments: str) -> str:
    out = StringIO()
    call_command("forget_words", *arguments, stdout=out)
    return out.getvalue().strip()


class ForgetWordsTests:
    def test_wherever_they_stood(self, listing: Initiative) -> None:
        assert forget(listing.public_id, "Jan Jansen") == "2 changed"
        event = HistoryEvent.objects.get(listing=listing.pk, move="changed")
        assert event.was == {"mission": "Ask […] for the key.", "nickname": ["[…]’s garden"]}
        assert event.became == {"mission": "Ask at the door.", "nickname": []}
        assert Change.objects.get().was == {"mission": "Ask […] for the key."}

    def test_of_this_listing_alone(self, listing: Initiative) -> None:
        other = people.initiative(mission="Ask Jan Jansen.")
        Initiative.objects.with_keys([other.pk]).update(mission="")
        forget(listing.public_id, "Jan Jansen")
        assert HistoryEvent.objects.get(listing=other.pk, move="changed").was == {"mission": "Ask Jan Jansen."}

    def test_a_dry_run_changes_none(self, listing: Initiative) -> None:
        assert forget(listing.public_id, "Jan Jansen", "--dry-run") == "2 would be changed"
        assert "Jan Jansen" in str(HistoryEvent.objects.get(listing=listing.pk, move="changed").was)

    def test_of_no_listing_is_refused(self) -> None:
        with pytest.raises(CommandError, match="no listing"):
            forget("zzzzzzzzzz", "Jan")
