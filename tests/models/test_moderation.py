"""How a listing enters the directory and leaves it: only by the moves that domain.md names."""

from datetime import timedelta
from itertools import product
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from initiatives.models import IllegalMove, Initiative, Mail, Outbox, Pair, ReviewEvent, User
from initiatives.models.choices import ReviewState
from initiatives.models.moderation import TRANSITIONS
from initiatives.models.undoing import UNDO_WITHIN
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
    "needs_information": lambda listing: listing.ask(question="Where do you meet?"),
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


def decided(deed: str = "published", *, ago: timedelta = timedelta(0)) -> tuple[Initiative, ReviewEvent]:
    """A listing that waited for two days until Olga decided, some time ago; Alice keeps it."""
    listing = in_state("submitted")
    Initiative.objects.filter(pk=listing.pk).update(review_since=timezone.now() - timedelta(days=2))
    people.steward(of=listing)
    event = {
        "published": lambda: listing.publish(by=people.officer()),
        "needs_information": lambda: listing.ask(by=people.officer(), question="Where do you meet?"),
        "declined": lambda: listing.decline(by=people.officer(), reason="It is a shop."),
    }[deed]()
    ReviewEvent.objects.filter(pk=event.pk).update(at=timezone.now() - ago)
    return listing, ReviewEvent.objects.get(pk=event.pk)


@pytest.mark.django_db
class AskTests:
    def test_its_steward_reads_the_question_in_their_language(self) -> None:
        User.objects.filter(pk=people.person("Alice").pk).update(language="nl")
        listing, event = decided("needs_information")
        mail = Mail.objects.get()
        assert (mail.kind, mail.to, mail.language) == ("listing-needs_information", "alice@example.org", "nl")
        assert (mail.context["name"], mail.context["reason"]) == (listing.name, "Where do you meet?")
        assert mail.context["path"].startswith("/nl/register/status/")
        assert mail.not_before > event.at + UNDO_WITHIN

    def test_a_question_has_words(self) -> None:
        listing = in_state("submitted")
        with pytest.raises(IllegalMove, match="Write what you would like to know"):
            listing.ask(by=people.officer(), question=" \n ")
        assert ReviewEvent.objects.count() == 0

    def test_the_answer_comes_back_with_its_words(self) -> None:
        listing, _ = decided("needs_information")
        listing.submit(by=people.person("Alice"), words="In the old school.")
        assert listing.review_events.values_list("became", "reason").last() == ("submitted", "In the old school.")


@pytest.mark.django_db
class DeclineTests:
    def test_it_needs_a_reason(self) -> None:
        listing = in_state("submitted")
        with pytest.raises(IllegalMove, match="Write why"):
            listing.decline(by=people.officer(), reason="")
        assert ReviewEvent.objects.count() == 0

    def test_nobody_is_told_of_their_own_deed(self) -> None:
        listing = in_state("published")
        alice = people.steward(of=listing)
        people.steward("Bruno", of=listing)
        listing.withdraw(by=alice)
        assert list(Mail.objects.values_list("kind", "to")) == [("listing-withdrawn", "bruno@example.org")]


@pytest.mark.django_db
class UndoTests:
    @pytest.mark.parametrize("deed", ["published", "needs_information", "declined"])
    def test_it_waits_again_since_it_waited_and_nobody_is_told(self, deed: str) -> None:
        listing, event = decided(deed)
        undoing = listing.undo_decision(event, by=people.officer())
        listing.refresh_from_db()
        assert (listing.review_state, listing.review_since) == ("submitted", event.was_since)
        assert (undoing.undoes, undoing.was, undoing.became) == (event, deed, "submitted")
        assert list(Mail.objects.values_list("state", flat=True)) == ["dropped"]
        assert ReviewEvent.objects.decisions().count() == 0

    def test_publishing_undone_leaves_the_overlaps(self) -> None:
        listing, event = decided()
        people.pair(listing, people.initiative())
        listing.undo_decision(event, by=people.officer())
        assert Pair.objects.count() == 0

    def test_what_was_taken_out_is_back_and_asked_to_its_group(self) -> None:
        listing, olga = people.initiative(), people.officer()
        event = listing.withdraw(by=olga, reason="Gone.")
        Outbox.objects.all().delete()
        listing.undo_decision(event, by=olga)
        assert Initiative.objects.published().contains(listing)
        assert Outbox.objects.waiting().count() == 1

    def test_after_thirty_seconds_it_stands(self) -> None:
        listing, event = decided(ago=timedelta(seconds=31))
        with pytest.raises(IllegalMove, match="more than 30 seconds ago"):
            listing.undo_decision(event, by=people.officer())
        listing.refresh_from_db()
        assert (listing.review_state, Mail.objects.get().state) == ("published", "waiting")

    def test_it_is_for_whoever_decided(self) -> None:
        listing, event = decided()
        with pytest.raises(IllegalMove, match="Only your own last decision"):
            listing.undo_decision(event, by=people.officer("Otto"))
        assert not ReviewEvent.objects.undoable_by(people.officer("Otto"))

    def test_it_is_for_the_last_decision_and_once(self) -> None:
        listing, event = decided("declined")
        listing.undo_decision(event, by=people.officer())
        with pytest.raises(IllegalMove, match="Only your own last decision"):
            listing.undo_decision(event, by=people.officer())

    def test_it_is_offered_as_long_as_it_can_be_done(self) -> None:
        listing, event = decided()
        offered = ReviewEvent.objects.undoable_by(people.officer())
        assert list(offered) == [event]
        listing.withdraw(by=people.person("Alice"))
        assert list(offered.all()) == []

    def test_no_move_of_the_table_undoes_what_was_published(self) -> None:
        listing, _ = decided()
        with pytest.raises(IllegalMove):
            listing.submit()
