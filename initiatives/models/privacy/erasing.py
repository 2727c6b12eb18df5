"""A person goes, in one step. What is public about listings stays, and what was decided, by nobody any more."""

import json
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.acting import ActingRole, acting
from initiatives.models.addresses import digest
from initiatives.models.budgets import MailAddress
from initiatives.models.initiative import Initiative
from initiatives.models.invitations import Invitation
from initiatives.models.mail import Mail, MailState
from initiatives.models.privacy.whose import addresses_of
from initiatives.models.refusals import IllegalDeed
from initiatives.models.registering import Registration
from initiatives.models.reports import Report
from initiatives.models.roles import Appointment, Role
from initiatives.models.stewardship import Stewardship

if TYPE_CHECKING:
    from initiatives.models.people import User


@transaction.atomic
def erase(person: "User") -> None:
    """Raises IllegalDeed for the only administrator: nobody could appoint another."""
    refuse_for_the_only_administrator(person)
    addresses = addresses_of(person)
    with acting(person, role=ActingRole.STEWARD, deed="erase"):
        for email in addresses:
            _erase_address(email)
        _empty_mails(Mail.objects.filter(person=person))
        _forget_in_admin(person)
        _empty_mails(_naming(person, addresses))
        _end_sessions(person)
        # Rows of theirs go with the row; where they did something to others' rows it is emptied there. The database
        # takes them out of the history (remember.sql).
        person.delete()


def refuse_for_the_only_administrator(person: "User") -> None:
    in_force = Appointment.objects.in_force().to(Role.ADMINISTRATOR).select_for_update()
    administrators = {appointment.person_id for appointment in in_force}
    if administrators == {person.pk}:
        raise IllegalDeed(_("You are the only administrator. Appoint another one first."))


def left_alone_by(person: "User") -> models.QuerySet[Initiative]:
    """Listings that nobody would keep any more."""
    others = Stewardship.objects.exclude(person=person)
    return Initiative.objects.stewarded_by(person).exclude(stewardships__in=others).order_by("sort_key", "pk")


def _erase_address(email: str) -> None:
    """Rows that a visitor with this address left behind: drafts go, what others go on with stays without it."""
    Registration.objects.filter(email__iexact=email, sent_at=None).delete()
    Registration.objects.filter(email__iexact=email).update(email="", answers={})
    Report.objects.filter(email__iexact=email).update(email="", words="")
    Invitation.objects.filter(email__iexact=email).delete()
    Initiative.objects.filter(contact__iexact=email).update(contact="")
    _empty_mails(Mail.objects.filter(to__iexact=email))
    # “Never write to me” is kept: whoever has the address would be written to again otherwise.
    MailAddress.objects.filter(digest=digest(email), refused_at=None).delete()


def _empty_mails(mails: models.QuerySet[Mail]) -> None:
    """What has not left never will; that there was a mail of this key remains, so that no deed writes it again."""
    mails.filter(state__in=(MailState.WAITING, MailState.SENDING)).update(state=MailState.DROPPED)
    mails.update(to="", context={}, person=None, trouble="")


def _naming(person: "User", addresses: Iterable[str]) -> models.QuerySet[Mail]:
    """Mails to others that tell who they are: the address anywhere, the name as a value of its own."""
    words = [*addresses, *([json.dumps(person.name, ensure_ascii=False)] if person.name else [])]
    told = Mail.objects.annotate(told=Cast("context", models.TextField()))
    naming = reduce(or_, (models.Q(told__icontains=word) for word in words))
    return Mail.objects.filter(pk__in=told.filter(naming).values("pk"))


def _forget_in_admin(person: "User") -> None:
    """What others did with their row there names them."""
    about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(person), object_id=str(person.pk))
    about.update(object_repr="", change_message="")


def _end_sessions(person: "User") -> None:
    """Also those in which they are halfway through signing in: these hold the address."""
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        held = session.get_decoded()
        if held.get(SESSION_KEY) == str(person.pk) or person.email.lower() in str(held).lower():
            session.delete()
