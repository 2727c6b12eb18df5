"""How much may be asked of this site, and how often it may write to people who never took part.

Each count is one upsert that counts and decides, so that of any number at the same moment no more than the budget get
through. Addresses and networks are counted by keyed hashes alone.
"""

from datetime import datetime, timedelta

from django.db import connection, models
from django.utils import timezone

from initiatives.models.addresses import digest

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# To an address that never took part: one mail a day, and so many in all. Three are the first, one for whoever lost it,
# and one for whoever comes back a year later.
MOST_TO_STRANGER = 3

SPEND = """
    INSERT INTO initiatives_mailbudget AS held (name, used, ends_at) VALUES (%(name)s, 1, %(ends_at)s)
    ON CONFLICT (name) DO UPDATE SET
        used = CASE WHEN held.ends_at <= %(now)s THEN 1 ELSE held.used + 1 END,
        ends_at = CASE WHEN held.ends_at <= %(now)s THEN excluded.ends_at ELSE held.ends_at END
    WHERE held.ends_at <= %(now)s OR held.used < %(most)s
    RETURNING used
"""
# Somebody who took part is no stranger, and who wants no mail gets none.
WRITE_TO_STRANGER = """
    INSERT INTO initiatives_mailaddress AS held (digest, unverified_mails, last_mail_at) VALUES (%(digest)s, 1, %(now)s)
    ON CONFLICT (digest) DO UPDATE SET unverified_mails = held.unverified_mails + 1, last_mail_at = %(now)s
    WHERE held.refused_at IS NULL AND held.unverified_mails < %(most)s
        AND (held.last_mail_at IS NULL OR held.last_mail_at <= %(day_ago)s)
    RETURNING unverified_mails
"""


class MailBudgetQuerySet(models.QuerySet["MailBudget"]):
    def spend(self, name: str, *, most: int, each: timedelta = HOUR) -> bool:
        """Take one of `most` in each stretch of time, which begins with the first that is taken; False when none is
        left."""
        now = timezone.now()
        values = {"name": name, "most": most, "now": now, "ends_at": now + each}
        return most > 0 and _row(SPEND, values) is not None

    def is_spent(self, name: str, *, most: int) -> bool:
        return most <= 0 or self.filter(name=name, used__gte=most, ends_at__gt=timezone.now()).exists()

    def seconds_left(self, name: str) -> int:
        """Until it begins anew."""
        ends_at = self.filter(name=name).values_list("ends_at", flat=True).first()
        return max(1, round((ends_at - timezone.now()).total_seconds())) if ends_at else 1

    def forget_ended(self) -> int:
        return self.filter(ends_at__lt=timezone.now()).delete()[0]


class MailBudget(models.Model):
    """How much of a budget is used in one stretch of time. `name` says of what: an address by its keyed hash, a
    network, an hour."""

    name = models.CharField(max_length=120, unique=True)
    used = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField()

    objects = MailBudgetQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["ends_at"], name="mailbudget_ends"),)

    def __str__(self) -> str:
        return f"{self.name}: {self.used}"


class MailAddressQuerySet(models.QuerySet["MailAddress"]):
    def took_part(self, email: str) -> None:
        """They pressed a button on a page that a mail of ours led to, or typed in a code from it: the address is
        theirs, and from now on it is written to as others are."""
        values = {"took_part_at": timezone.now(), "refused_at": None}
        self.update_or_create(digest=digest(email), defaults=values)

    def has_taken_part(self, email: str) -> bool:
        return self.filter(digest=digest(email), took_part_at__isnull=False).exists()

    def write_to_stranger(self, email: str) -> bool:
        """Take one of the mails that the address may get; False when it may get none now."""
        now: datetime = timezone.now()
        values = {"digest": digest(email), "now": now, "day_ago": now - DAY, "most": MOST_TO_STRANGER}
        return _row(WRITE_TO_STRANGER, values) is not None

    def refuse(self, known_as: str) -> None:
        """Whoever reads that address, known here by its hash, wants no mail for which they did not ask."""
        self.update_or_create(digest=known_as, defaults={"refused_at": timezone.now(), "took_part_at": None})

    def allow_again(self, known_as: str) -> None:
        self.filter(digest=known_as).update(refused_at=None)

    def refuses(self, known_as: str) -> bool:
        return self.filter(digest=known_as, refused_at__isnull=False).exists()


class MailAddress(models.Model):
    """What is known of an address that mails went to, by its keyed hash alone."""

    digest = models.CharField(max_length=64, unique=True)
    took_part_at = models.DateTimeField(null=True)
    unverified_mails = models.PositiveSmallIntegerField(default=0)
    last_mail_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)  # “never write to me again”

    objects = MailAddressQuerySet.as_manager()

    def __str__(self) -> str:
        return self.digest[:8]


def _row(statement: str, values: dict[str, object]) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()
