"""How long something has waited, as people say it."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WEEK, MONTH = 7, 30.4
# Below these they are counted in the smaller unit: “nine days” says more than “one week”.
DAYS_UNTIL, WEEKS_UNTIL = 14, 61


def days_since(moment: datetime | date) -> int:
    """Nights that have passed, where the reader is: what came late last evening has waited since yesterday."""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return max((timezone.localdate() - day).days, 0)


def age(moment: datetime | date) -> str:
    """“since today”, “since yesterday”, “for 5 days”, “for 3 weeks”, “for 7 months”."""
    days = days_since(moment)
    if days == 0:
        return _("since today")
    if days == 1:
        return _("since yesterday")
    return _("for %(time)s") % {"time": length(days)}


def length(days: float) -> str:
    """“less than a day”, “5 days”, “3 weeks”, “7 months”."""
    if round(days) < 1:
        return _("less than a day")
    if days < DAYS_UNTIL:
        number = round(days)
        return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}
    if days < WEEKS_UNTIL:
        number = round(days / WEEK)
        return ngettext("%(n)d week", "%(n)d weeks", number) % {"n": number}
    number = round(days / MONTH)
    return ngettext("%(n)d month", "%(n)d months", number) % {"n": number}
