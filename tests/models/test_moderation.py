"""How a listing enters the directory and leaves it: only by the moves that domain.md names."""

from itertools import product
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from initiatives.models import IllegalMove, Initiative, Outbox, ReviewEvent
from initiatives.models.choices import ReviewState
from initiatives.models.moderation import TRANSITIONS
from tests import people

MOVES = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"needs_information", "published", "declined", "withdrawn"},
    "needs_information": {"submitted", "withdrawn"},
    "published": {"withdrawn", "merged"},
    "withdrawn": {"submitted"},
    "declined": {"submitted"},
    "merged": {"published"},
}
DEEDS = {
    "submitted": lambda listing: listing.submit(),
    "published": lambda listing: listing.publish(),
    "declined": lambda listing: listing.decline(reason="It is a shop."),
    "withdrawn": lambda listing: listing.withdraw(),
}
LEGAL = [(state, target) for state, target in product(MOVES, DEEDS) if target in MOVES[state]]
ILLEGAL = [(state, target) for state, target in product(MOVES, DEEDS) if target not in MOVES[state]]


def in_state(state: str) -> Initiative:
    listing = people.initiative(name="Tuin van Heden")
    other = people.initiative() if state == "merged" else None
    Initiative.objects.filter(pk=listing.pk).update(review_state=state, merged_into=other)
    return Initiative.objects.get(pk=listing.pk)


@pytest.mark.django_db
class MoveTests:
    def test_the_table_is_that_of_the_domain(self) -> None:
        assert {state: set(targets) for state, targets in TRANSITIONS.items()} == MOVES
        assert set(MOVES) == set(ReviewState.values)

    @pytest.mark.parametrize(("state", "target"), LEGAL)
    def test_a_legal_one_is_written_with_its_event(self, state: str, target: str) -> None:
        listing = in_state(state)
        DEEDS[target](listing)
        listing.refresh_from_db()
        (event,) = ReviewEvent.objects.filter(initiative=listing)
        assert (listing.review_state, event.was, event.became) == (target, state, target)
        assert listing.merged_into is None

    @pytest.mark.parametrize(("state", "target"), ILLEGAL)
    def test_an_illegal_one_is_refused_in_a_sentence(self, state: str, target: str) -> None:
        listing = in_state(state)
        Outbox.objects.all().delete()
        with pytest.raises(IllegalMove) as refused:
            DEEDS[target](listing)
        words = [ReviewState(each).label.lower() for each in (state, target)]
        assert str(refused.value) == f"“Tuin van Heden” is {words[0]} and cannot become {words[1]}."
        listing.refresh_from_db()
        assert (listing.review_state, ReviewEvent.objects.count(), Outbox.objects.count()) == (state, 0, 0)

    def test_it_decides_by_the_state_in_the_database_not_in_memory(self) -> None:
        listing = in_state("submitted")
        Initiative.objects.filter(pk=listing.pk).update(review_state="declined")
        with pytest.raises(IllegalMove):
            listing.publish()

    def test_somebody_and_a_reason_are_remembered(self) -> None:
        listing, olga = in_state("submitted"), people.person("Olga")
        listing.decline(by=olga, reason="It is a shop.")
        assert ReviewEvent.objects.values_list("by", "reason").get() == (olga.pk, "It is a shop.")

    def test_a_move_leaves_the_rest_of_the_listing_alone(self) -> None:
        listing = in_state("submitted")
        Initiative.objects.filter(pk=listing.pk).update(mission="Changed by somebody else meanwhile.")
        listing.publish()
        listing.refresh_from_db()
        assert listing.mission == "Changed by somebody else meanwhile."


@pytest.mark.django_db
class PublishTests:
    def test_the_overlaps_are_asked_for_in_the_same_transaction(self) -> None:
        listing = in_state("submitted")
        Outbox.objects.all().delete()
        listing.publish()
        assert list(Outbox.objects.waiting().values_list("kind", "payload")) == [
            ("overlap", {"initiatives": [listing.pk]})
        ]

    def test_nothing_happens_when_the_transaction_fails(self) -> None:
        listing = in_state("submitted")
        Outbox.objects.all().delete()
        with transaction.atomic():
            listing.publish()
            transaction.set_rollback(True)
        listing.refresh_from_db()
        assert (listing.review_state, ReviewEvent.objects.count(), Outbox.objects.count()) == ("submitted", 0, 0)

    def test_it_is_not_published_when_the_outbox_refuses(self) -> None:
        """The deed and what it has to tell stand or fall together."""
        listing = in_state("submitted")
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE initiatives_outbox ADD CONSTRAINT is_full CHECK (false) NOT VALID")
        with pytest.raises(DatabaseError):
            listing.publish()
        listing.refresh_from_db()
        assert (listing.review_state, ReviewEvent.objects.count()) == ("submitted", 0)


class AtOnceTests:
    @pytest.mark.django_db(transaction=True)
    def test_of_two_officers_one_decides_and_the_other_is_told(self) -> None:
        listing = in_state("submitted")
        start, refused = Barrier(2), []

        def decide(target: str) -> None:
            mine = Initiative.objects.get(pk=listing.pk)
            start.wait()
            try:
                DEEDS[target](mine)
            except IllegalMove:
                refused.append(target)
            finally:
                connection.close()

        threads = [Thread(target=decide, args=[target]) for target in ("published", "declined")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        listing.refresh_from_db()
        assert len(refused) == 1
        assert {listing.review_state, *refused} == {"published", "declined"}
        assert ReviewEvent.objects.count() == 1
