"""“Likely the same” is for the desk: no visitor can read it anywhere."""

import pytest
from django.test import Client

from initiatives.models import DuplicatePair, Initiative, Pair
from tests import people
from tests.addresses import addresses
from tests.views.reading import body

pytestmark = pytest.mark.django_db

QUESTIONS = ["/initiatives/?q=garden", "/initiatives.csv?q=garden", "/initiatives/?sort=confirmed"]
TELLING = {"kind": "same_website", "strength": 1.0, "evidence": {"website": "quetzalcoatlus.example"}}


def read() -> dict[str, str]:
    asked = [*addresses("en"), *addresses("nl"), *QUESTIONS]
    return {address: body(Client().get(address, follow=True)) for address in asked}


def neighbours() -> list[Initiative]:
    names = ("Garden", "Garden of Ghent", "Yard", "Shed")
    listings = [people.initiative(name=name, mission="garden", domains=["food"], tags=["wood"]) for name in names]
    people.group(*listings[:2])
    return listings


class LikelyTheSameTests:
    def test_it_changes_nothing_that_anybody_can_read(self) -> None:
        listings = neighbours()
        before = read()
        assert any("Shed" in text for text in before.values())
        for place, one in enumerate(listings):
            for other in listings[place + 1 :]:
                DuplicatePair.objects.create(a=one, b=other, probability=0.97, reasons=[TELLING])
        assert read() == before

    def test_a_pair_that_overlaps_would_be_seen(self) -> None:
        """Else the test above could not fail."""
        *_, yard, shed = neighbours()
        before = read()
        people.pair(yard, shed)
        changed = {address for address, text in read().items() if text != before[address]}
        own = {f"{way}/initiatives/{one.public_id}/" for way in ("", "/nl") for one in (yard, shed)}
        assert own <= changed
        assert Pair.objects.count() == 2
