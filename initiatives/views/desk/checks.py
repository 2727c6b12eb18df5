"""What a glance should not have to find out by itself: short remarks beside a listing on the desk."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from initiatives.forms.contacts import contacts_in
from initiatives.models import Initiative


@dataclass(frozen=True, slots=True)
class Check:
    is_fine: bool
    said: str


def checks(listing: Initiative) -> list[Check]:
    return [*_texts(listing), *_place(listing), *_people(listing)]


def _texts(listing: Initiative) -> Iterator[Check]:
    if listing.websites:
        yield Check(True, _("It has a website."))
    else:
        yield Check(False, _("It names no website."))
    if contacts := contacts_in(f"{listing.mission}\n{listing.description}"):
        said = {"found": ", ".join(contacts)}
        if listing.shows_contact:
            yield Check(True, _("Its texts name %(found)s; it says that everybody may read that.") % said)
        else:
            yield Check(False, _("Its texts name %(found)s, and nobody said that everybody may read that.") % said)
    if not listing.mission:
        yield Check(False, _("It does not say in a sentence what it does."))


def _place(listing: Initiative) -> Iterator[Check]:
    if listing.city:
        yield Check(True, _("It is in %(city)s.") % {"city": listing.city})
    else:
        yield Check(False, _("It names no city."))


def _people(listing: Initiative) -> Iterator[Check]:
    if listing.stewardships.exists():
        yield Check(True, _("Somebody keeps it and reads what you write."))
    else:
        yield Check(False, _("Nobody keeps it: whatever you write here is read in its history alone."))
