"""A list that an officer brings for their city: checked first, taken in afterwards, taken out again if need be."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models.acting import acting, role_of_curator
from initiatives.models.choices import ReviewState
from initiatives.models.city import City
from initiatives.models.fields import PublicIdField, one_of
from initiatives.models.initiative import Initiative
from initiatives.models.moderation import ReviewEvent
from initiatives.models.outbox import CHANNEL, Outbox, OutboxKind
from initiatives.models.overlaps.locks import hold_listings, share_overlaps
from initiatives.models.refusals import IllegalDeed

if TYPE_CHECKING:
    from initiatives.models.people import User

# A file that was only looked at is forgotten then; the words of one that was taken in, too.
KEPT = timedelta(hours=1)


class UploadState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting to be checked")
    CHECKED = "checked", gettext_lazy("Checked")
    IMPORTING = "importing", gettext_lazy("Being imported")
    IMPORTED = "imported", gettext_lazy("Imported")
    UNREADABLE = "unreadable", gettext_lazy("Not readable")
    UNDONE = "undone", gettext_lazy("Undone")


# As the importer counts them.
OUTCOMES = {
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Here already, and changed"),
    "same": gettext_lazy("Here already, and the same"),
    "possible duplicate": gettext_lazy("New, perhaps listed already"),
    "refused": gettext_lazy("Not taken"),
}
WORK_WAITS = (UploadState.WAITING, UploadState.IMPORTING)


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, user: "User") -> "UploadQuerySet":
        """Of the cities that are theirs."""
        return self if user.is_administrator else self.filter(city__in=user.cities_curated)

    def with_work(self) -> "UploadQuerySet":
        """What the worker has to do, the oldest first."""
        return self.filter(state__in=WORK_WAITS).order_by("pk")

    def with_city(self) -> "UploadQuerySet":
        """The words of a file are read only by who works on it."""
        return self.select_related("city", "by").defer("content")

    def newest_first(self) -> "UploadQuerySet":
        return self.order_by("-at", "-pk")

    def forget_old(self) -> int:
        """Files of more than an hour ago; what was never taken in goes altogether."""
        old = self.filter(at__lt=timezone.now() - KEPT).exclude(state__in=WORK_WAITS)
        old.filter(state__in=[UploadState.IMPORTED, UploadState.UNDONE]).exclude(content="").update(content="")
        return old.filter(state__in=[UploadState.CHECKED, UploadState.UNREADABLE]).delete()[0]


class Upload(models.Model):
    """`content` is the file as text. `made` are the listings that it brought; `refused` the rows that it could not:
    [row, name, reason]."""

    public_id = PublicIdField()
    city = models.ForeignKey(City, models.CASCADE, related_name="+")
    by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    source_url = models.URLField(max_length=500, blank=True)
    data_licence = models.CharField(max_length=60)
    content = models.TextField(blank=True)
    row_count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.WAITING)
    progress = models.PositiveIntegerField(default=0)
    counts: Any = models.JSONField(default=dict)
    refused: Any = models.JSONField(default=list)
    doubles: Any = models.JSONField(default=list)
    trouble = models.CharField(max_length=500, blank=True)
    made = ArrayField(models.BigIntegerField(), default=list)
    at = models.DateTimeField(default=timezone.now, editable=False)
    imported_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (one_of("state", UploadState),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk-upload", args=[self.public_id])

    # Questions.

    @property
    def source(self) -> str:
        """The code of the list: of this city, so that no officer writes into the list of somebody else."""
        return f"{self.city.slug[:24]}-{slugify(self.name)[:30]}".strip("-")

    @property
    def is_at_work(self) -> bool:
        return self.state in WORK_WAITS

    @property
    def outcomes(self) -> list[tuple[str, int]]:
        """In words, with how many rows each."""
        return [(str(label), self.counts[name]) for name, label in OUTCOMES.items() if self.counts.get(name)]

    @property
    def takes(self) -> int:
        """Rows that an import would bring in or change."""
        return sum(self.counts.get(each, 0) for each in ("new", "possible duplicate", "changed"))

    # Deeds.

    @transaction.atomic
    def begin_import(self, *, by: "User") -> None:
        """What was checked is taken in; asked for twice it happens once."""
        self._hold()
        if self.state in (UploadState.IMPORTING, UploadState.IMPORTED):
            return
        if self.state != UploadState.CHECKED:
            raise IllegalDeed(_("Only a list that has been checked can be imported."))
        self.state, self.progress, self.counts, self.refused, self.doubles = UploadState.IMPORTING, 0, {}, [], []
        self.by = by
        self.save()
        self.call_worker()

    @transaction.atomic
    def undo(self, *, by: "User", reason: str = "") -> int:
        """The listings that it brought are withdrawn; what it changed in others stays. Answers how many those were."""
        share_overlaps()
        hold_listings(self.made)
        self._hold()
        if self.state != UploadState.IMPORTED:
            raise IllegalDeed(_("Only a list that has been imported can be taken back."))
        with acting(by, role=role_of_curator(by), deed="undo"):
            count = _withdraw(self.made, by=by, reason=reason or self.name)
        self.state, self.undone_by, self.undone_at = UploadState.UNDONE, by, timezone.now()
        self.save(update_fields=["state", "undone_by", "undone_at"])
        return count

    def call_worker(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, "upload"])

    def _hold(self) -> None:
        type(self).objects.select_for_update().values("pk").get(pk=self.pk)
        self.refresh_from_db()


def _withdraw(keys: list[int], *, by: "User", reason: str) -> int:
    """As `Initiative.withdraw`, for thousands in a fixed number of statements. Those that were moved since stay."""
    from initiatives.models.leaving import leave_overlaps

    states = (ReviewState.PUBLISHED, ReviewState.SUBMITTED)
    rows = list(
        Initiative.objects.with_keys(keys)
        .filter(review_state__in=states, stewardships=None)
        .values_list("pk", "review_state", "review_since")
    )
    gone, now = [key for key, _state, _since in rows], timezone.now()
    Initiative.objects.with_keys(gone).update(
        review_state=ReviewState.WITHDRAWN, review_since=now, changed_at=now, version=models.F("version") + 1
    )
    leave_overlaps(gone)
    ReviewEvent.objects.bulk_create(
        ReviewEvent(
            initiative_id=key, was=state, became=ReviewState.WITHDRAWN, by=by, reason=reason, was_since=since, at=now
        )
        for key, state, since in rows
    )
    Outbox.objects.put(OutboxKind.OVERLAP, [{"initiatives": gone}])
    return len(gone)
