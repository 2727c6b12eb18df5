"""What a desk holds after some weeks, for the pictures of the guides: all made up, and calling itself a sample."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from initiatives.models import Claim, Confirmation, DuplicatePair, Initiative, Report, ReviewEvent, User
from tests import people

# name: (mission, domains, tags, days since it was confirmed)
LISTINGS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], int | None]] = {
    "Sample bicycle kitchen": ("One repairs one’s own bicycle, and is shown how.", ("mobility",), ("bicycles",), 40),
    "Sample community garden": ("Neighbours grow vegetables between two railways.", ("agriculture-land",), (), 12),
    "Sample language café": ("People teach each other their languages over soup.", ("education",), ("soup",), None),
    "Sample library of things": ("What one needs once a year is borrowed here.", ("community-spaces",), (), 210),
    "Sample solar street": ("One street puts panels on its roofs together.", ("energy", "housing"), ("sun",), 320),
    "Sample swap shop": ("Clothes and toys find somebody else.", ("repair-reuse",), ("clothes",), None),
}
# Days that some of the last year’s submissions waited.
WAITED = (0.4, 1, 3, 2, 2, 5)
LONG = 2


def fill_desk() -> None:
    for number, (name, (mission, domains, tags, confirmed)) in enumerate(LISTINGS.items(), 2):
        on = confirmed and timezone.localdate() - timedelta(days=confirmed)
        listing = people.initiative(
            name=name, mission=mission, domains=domains, tags=tags, confirmed_on=on, is_sample=True, status="active"
        )
        people.steward("Alice", of=listing)
        _decided(listing, days=30 * number, waited=WAITED[number - 2])
    _edit("Sample solar street", primary_url="https://solar.commons.example/", mission="Two streets share their roofs.")
    silent = Initiative.objects.get(name="Sample swap shop")
    Confirmation.objects.create(initiative=silent, round=2, on_desk_at=timezone.now() - timedelta(days=8))
    _wait(Initiative.objects.filter(name="Sample seed library"), review_since=4)
    _wait(Initiative.objects.filter(name="Tool library (sample)"), review_since=2)
    _wait(DuplicatePair.objects.all(), found_at=2)
    _wait(Claim.objects.all(), at=6)
    _wait(Report.objects.all(), at=1)


def listing(name: str) -> Initiative:
    return Initiative.objects.get(name=name)


def _decided(listing: Initiative, *, days: float, waited: float) -> None:
    """Published in the end; whoever waited longest was asked something first."""
    at, olga = timezone.now() - timedelta(days=days), User.objects.get(name="Olga")
    for became in ("needs_information", "published") if waited > LONG else ("published",):
        since = at - timedelta(days=waited)
        ReviewEvent.objects.create(initiative=listing, was="submitted", became=became, at=at, was_since=since, by=olga)


def _edit(name: str, **values: Any) -> None:
    changed = listing(name)
    changed.edit(by=User.objects.get(name="Alice"), version=changed.version, values=values)


def _wait(rows: Any, **days: int) -> None:
    rows.update(**{name: F(name) - timedelta(days=number) for name, number in days.items()})
