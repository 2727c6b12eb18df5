"""Whether a mail may leave: asked once for each, when a deed writes it, so that no form can forget it (S-9).

What a deed writes to somebody with an account always may, unless a visitor asked for it.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from initiatives.models.addresses import digest
from initiatives.models.asking import asking
from initiatives.models.budgets import HOUR, MailAddress, MailBudget

if TYPE_CHECKING:
    from initiatives.models.mail import Mail

STRANGERS = "strangers"
# A library or a town hall is one network: a workshop in which everybody registers stays below.
MOST_STRANGERS_OF_NETWORK = 20
# What a visitor can make us write to somebody who took part: a lost code is asked for again a few times.
MOST_BY_VISITORS_TO_ADDRESS = 6
MOST_BY_VISITORS_OF_NETWORK = 60


class Refusal(models.TextChoices):
    """Why a mail is not written; asked again later it may be."""

    HOUR = "budget-hour", _("too many mails to new addresses this hour")
    NETWORK = "budget-network", _("too many mails asked for from one network")
    ADDRESS = "budget-address", _("this address may get no more mails now")


class Refused(Exception):
    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


def refusal(mail: "Mail") -> Refusal | None:
    """Spends what the mail costs; of what is refused nothing is spent."""
    try:
        with transaction.atomic():
            _spend(mail)
    except Refused as refused:
        return refused.why
    return None


def _spend(mail: "Mail") -> None:
    """Always in this order, the hour first: no two mails then wait for each other."""
    if mail.is_unverified:
        _take(Refusal.HOUR, STRANGERS, most=settings.MAILS_TO_STRANGERS)
        _take_network("strangers-of", most=MOST_STRANGERS_OF_NETWORK)
        if not MailAddress.objects.write_to_stranger(mail.to):
            raise Refused(Refusal.ADDRESS)
    elif asking().is_visitor:
        _take_network("visitors-of", most=MOST_BY_VISITORS_OF_NETWORK)
        _take(Refusal.ADDRESS, f"visitors-to:{digest(mail.to)}", most=MOST_BY_VISITORS_TO_ADDRESS)


def _take_network(what: str, *, most: int) -> None:
    if network := asking().network:
        _take(Refusal.NETWORK, f"{what}:{network}", most=most)


def _take(why: Refusal, name: str, *, most: int) -> None:
    if not MailBudget.objects.spend(name, most=most, each=HOUR):
        raise Refused(why)
