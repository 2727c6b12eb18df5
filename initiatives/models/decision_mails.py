"""What the stewards of a listing are told when somebody decides about it."""

from typing import TYPE_CHECKING

from django.utils import translation

from initiatives.models.mail import Mail
from initiatives.models.people import User
from initiatives.models.posting import write_to
from initiatives.models.undoing import MAIL_AFTER

if TYPE_CHECKING:
    from initiatives.models.initiative import Initiative
    from initiatives.models.moderation import ReviewEvent


def tell_stewards(listing: "Initiative", event: "ReviewEvent") -> None:
    """Each in their language; nobody is told of their own deed."""
    kept = listing.stewardships.exclude(person=event.by_id)
    for person in User.objects.filter(stewardships__in=kept, is_active=True):
        with translation.override(person.language):
            page = listing.get_absolute_url() if listing.is_published else listing.status_path(person)
        write_to(
            person,
            f"listing-{event.became}",
            key=f"{_mails_of(event)}{person.pk}",
            not_before=event.at + MAIL_AFTER,
            name=listing.name,
            reason=event.reason,
            path=page,
            mine_path=("my-listings",),
        )


def drop_mails(event: "ReviewEvent") -> None:
    Mail.objects.drop(_mails_of(event))


def _mails_of(event: "ReviewEvent") -> str:
    return f"review:{event.pk}:"
