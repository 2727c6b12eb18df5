"""Asks stewards once a year whether their listings are still right: twice, and then an officer looks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from initiatives.models import Confirmation, Initiative, User
from initiatives.models.posting import write_to

# New questions a day: a great import is asked about over weeks, and never in one night.
MOST_ASKED = 500


@dataclass
class Asked:
    """What one run has done."""

    first: list[Confirmation] = field(default_factory=list)
    again: list[Confirmation] = field(default_factory=list)
    on_desk: int = 0
    mails: int = 0

    @property
    def counts(self) -> dict[str, int]:
        return {"first": len(self.first), "again": len(self.again), "on_desk": self.on_desk, "mails": self.mails}


@transaction.atomic
def ask_for_confirmation(*, now: datetime | None = None, is_dry_run: bool = False) -> Asked:
    """Once a day or more often: who was asked in this round is not asked again. `now` lets time pass in a test."""
    now, asked = now or timezone.now(), Asked()
    asked.on_desk = Confirmation.objects.to_put_on_desk(now).update(on_desk_at=now)
    asked.again = list(Confirmation.objects.to_ask_again(now).select_for_update(skip_locked=True, of=("self",)))
    for confirmation in asked.again:
        confirmation.ask_again(now)
    listings = Initiative.objects.to_confirm(now).order_by("silent", "pk")[:MOST_ASKED]
    asked.first = Confirmation.objects.bulk_create(
        Confirmation(initiative=listing, asked_at=now) for listing in listings
    )
    asked.mails = sum(write(person, theirs) for person, theirs in by_steward([*asked.first, *asked.again]).items())
    if is_dry_run:
        transaction.set_rollback(True)
    return asked


def ask_stewards(_today: date) -> None:
    """The daily task: whoever was asked today is not asked again."""
    ask_for_confirmation()


def by_steward(confirmations: Iterable[Confirmation]) -> Mapping[User, list[Confirmation]]:
    """Whoever keeps several gets one mail about all of them."""
    by_listing = {each.initiative_id: each for each in confirmations}
    found = defaultdict(list)
    for person in User.objects.keeping(by_listing).prefetch_related("stewardships"):
        found[person] = [
            by_listing[row.initiative_id] for row in person.stewardships.all() if row.initiative_id in by_listing
        ]
    return found


def write(person: User, confirmations: list[Confirmation]) -> bool:
    listings = Initiative.objects.in_bulk([each.initiative_id for each in confirmations])
    first = min(confirmations, key=lambda each: (each.round, each.pk))
    write_to(
        person,
        "confirmation-asked",
        # Nobody is asked about one listing twice in one round.
        key=f"confirmation-asked:{person.pk}:{first.pk}:{first.round}",
        listings=[
            {"name": listings[each.initiative_id].name, "since": listings[each.initiative_id].silent_since}
            for each in confirmations
        ],
        is_again=all(each.round == 2 for each in confirmations),
        confirmation_path=("confirmation", Confirmation.objects.token(person, confirmations)),
    )
    return True
