"""One deed on many listings at once: prepared, looked at, done in one transaction, and undone as a whole."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models.acting import acting, role_of_curator
from initiatives.models.bulk.works import Confirming, Domaining, Standing, Tagging, Untagging, Work
from initiatives.models.choices import Status
from initiatives.models.domain import Domain
from initiatives.models.fields import PublicIdField, one_of
from initiatives.models.initiative import Initiative
from initiatives.models.outbox import Outbox, OutboxKind
from initiatives.models.overlaps.locks import hold_listings, share_overlaps
from initiatives.models.refusals import IllegalDeed

if TYPE_CHECKING:
    from initiatives.models.people import User

# What was prepared and never done is forgotten then.
KEPT_PREPARED = timedelta(hours=1)
# 3,000 at once take 1 s for a status and 3.5 s for a tag or a domain, most of it for the words that they are found by;
# 18 s on two cores under a load of 13. More would keep a browser waiting too long.
MOST_LISTINGS = 3_000


class BulkKind(models.TextChoices):
    TAG = "tag", gettext_lazy("Add a tag")
    UNTAG = "untag", gettext_lazy("Take a tag away")
    DOMAIN = "domain", gettext_lazy("Set the main domain")
    STATUS = "status", gettext_lazy("Set the status")
    CONFIRM = "confirm", gettext_lazy("Confirm: I have checked that these are right")


class BulkState(models.TextChoices):
    PREPARED = "prepared", gettext_lazy("Not done yet")
    DONE = "done", gettext_lazy("Done")
    UNDONE = "undone", gettext_lazy("Undone")


WORKS: dict[str, Work] = {
    BulkKind.TAG: Tagging(),
    BulkKind.UNTAG: Untagging(),
    BulkKind.DOMAIN: Domaining(),
    BulkKind.STATUS: Standing(),
    BulkKind.CONFIRM: Confirming(),
}


class BulkDeedQuerySet(models.QuerySet["BulkDeed"]):
    def of(self, user: "User") -> "BulkDeedQuerySet":
        """Their own; an administrator's are all."""
        return self if user.is_administrator else self.filter(by=user)

    def done(self) -> "BulkDeedQuerySet":
        return self.exclude(state=BulkState.PREPARED)

    def newest_first(self) -> "BulkDeedQuerySet":
        return self.order_by("-at", "-pk")

    def forget_old(self) -> int:
        """What nobody came back to."""
        old = self.filter(state=BulkState.PREPARED, at__lt=timezone.now() - KEPT_PREPARED)
        return old.delete()[0]

    @transaction.atomic
    def prepare(self, kind: str, value: str, *, listings: Iterable[int], by: "User") -> "BulkDeed":
        """Nothing happens yet; what it would change is found and kept, so that exactly that is done afterwards."""
        self.forget_old()
        keys = sorted(set(listings))
        if not keys:
            raise IllegalDeed(_("Choose at least one listing."))
        if len(keys) > MOST_LISTINGS:
            raise IllegalDeed(_("%(most)d listings at once are the most: narrow the list.") % {"most": MOST_LISTINGS})
        return self.create(
            kind=kind, value=value, by=by, chosen=len(keys), listings=sorted(WORKS[kind].concerned(keys, value))
        )


class BulkDeed(models.Model):
    """`listings` are those that it changes, of `chosen` that were selected; `journal` is what they were before."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=7, choices=BulkKind)
    value = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=BulkState, default=BulkState.PREPARED)
    chosen = models.PositiveIntegerField()
    listings = ArrayField(models.BigIntegerField(), default=list)
    journal: Any = models.JSONField(default=dict)
    by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = BulkDeedQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (one_of("kind", BulkKind), one_of("state", BulkState))

    def __str__(self) -> str:
        return f"{self.kind} {self.value}".strip()

    def get_absolute_url(self) -> str:
        return reverse("desk-bulk-deed", args=[self.public_id])

    # Questions.

    @property
    def value_label(self) -> str:
        match self.kind:
            case BulkKind.DOMAIN:
                return str(Domain.objects.get(code=self.value))
            case BulkKind.STATUS:
                return str(Status(self.value).label)
            case BulkKind.CONFIRM:
                return ""
        return self.value

    @property
    def unchanged(self) -> int:
        """Chosen ones that are so already."""
        return self.chosen - len(self.listings)

    def first_listings(self, most: int) -> models.QuerySet[Initiative]:
        return Initiative.objects.with_keys(self.listings).select_related("city").order_by("sort_key", "pk")[:most]

    # Deeds.

    @transaction.atomic
    def do(self, *, by: "User") -> None:
        """On those of its listings that are still theirs to curate, and public."""
        self._hold(BulkState.PREPARED)
        curated = Initiative.objects.curated_by(by).viewable().with_keys(self.listings)
        self.listings = sorted(curated.values_list("pk", flat=True))
        if self.kind == BulkKind.CONFIRM:
            self.value = timezone.localdate().isoformat()
        with acting(by, role=role_of_curator(by), deed=f"bulk_{self.kind}"):
            self.journal = WORKS[self.kind].do(self.listings, self.value, by=by)
            self._settle(self.listings)
        self.state, self.done_at = BulkState.DONE, timezone.now()
        self.save()

    @transaction.atomic
    def undo(self, *, by: "User") -> int:
        """Where listings are still as it left them; answers how many those were."""
        self._hold(BulkState.DONE)
        with acting(by, role=role_of_curator(by), deed="undo"):
            back = WORKS[self.kind].undo(self.journal, self.value)
            self._settle(back)
        self.state, self.undone_by, self.undone_at = BulkState.UNDONE, by, timezone.now()
        self.save(update_fields=["state", "undone_by", "undone_at"])
        return len(back)

    def _hold(self, state: str) -> None:
        """Listings first, as every deed does."""
        share_overlaps()
        hold_listings(self.listings)
        type(self).objects.select_for_update().values("pk").get(pk=self.pk)
        self.refresh_from_db()
        if self.state != state:
            raise IllegalDeed(
                _("That has been decided already: it is now “%(state)s”.") % {"state": BulkState(self.state).label}
            )

    def _settle(self, keys: list[int]) -> None:
        from initiatives.models import search

        changed = Initiative.objects.with_keys(keys)
        changed.update(version=models.F("version") + 1, changed_at=timezone.now())
        if WORKS[self.kind].changes_words and keys:
            search.refresh(keys)
            Outbox.objects.put(OutboxKind.OVERLAP, [{"initiatives": keys}])
