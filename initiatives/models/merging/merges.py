"""Two listings of one initiative become one; what went over is remembered, so that it can go back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.acting import ActingRole, acting, role_of_curator
from initiatives.models.choices import ReviewState
from initiatives.models.fields import PublicIdField, one_of
from initiatives.models.initiative import Initiative
from initiatives.models.merging.carrying import carry
from initiatives.models.merging.choosing import AWAY, UNITS
from initiatives.models.merging.fitness import refuse_unfit
from initiatives.models.merging.journal import Journal
from initiatives.models.merging.queries import UNDO_OFFERED, MergeQuerySet, MergeState
from initiatives.models.merging.telling import tell_merged, tell_overruled, tell_undone
from initiatives.models.merging.values import take_values, take_values_back
from initiatives.models.outbox import Outbox, OutboxKind
from initiatives.models.overlaps.locks import hold_groups, hold_listings, share_overlaps
from initiatives.models.refusals import IllegalDeed

if TYPE_CHECKING:
    from initiatives.models.people import User


class Merge(models.Model):
    """`carried` holds what the merge did to rows (`journal.py`) and to the fields of the kept listing; only this module
    reads it. Between two cities one officer proposes and the other confirms; until then nothing is carried."""

    public_id = PublicIdField()
    kept = models.ForeignKey("Initiative", models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey("Initiative", models.PROTECT, related_name="merges_away")
    state = models.CharField(max_length=8, choices=MergeState, default=MergeState.IN_FORCE)
    by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.TextField(blank=True)
    choices: Any = models.JSONField(default=dict)
    confirmed_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    merged_at = models.DateTimeField(null=True, editable=False)
    carried: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    objection = models.TextField(blank=True)
    objected_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    objected_at = models.DateTimeField(null=True, editable=False)
    objection_answer = models.TextField(blank=True)
    objection_answered_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            one_of("state", MergeState),
            models.CheckConstraint(name="merge_of_two", condition=~models.Q(kept=models.F("merged"))),
            models.CheckConstraint(
                name="merge_in_force_since",
                condition=~models.Q(state=MergeState.IN_FORCE) | models.Q(merged_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["merged"], name="merge_once_in_force", condition=models.Q(state=MergeState.IN_FORCE)
            ),
            models.UniqueConstraint(
                fields=["kept", "merged"], name="merge_once_proposed", condition=models.Q(state=MergeState.PROPOSED)
            ),
        )

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"

    # Questions.

    def may_be_confirmed_by(self, user: "User") -> bool:
        """Whoever curates what the one who proposed it does not."""
        if self.state != MergeState.PROPOSED or user.pk == self.by_id:
            return False
        return all(
            user.may_curate(each.city_id)
            for each in (self.kept, self.merged)
            if not (self.by and self.by.may_curate(each.city_id))
        )

    @property
    def undo_is_offered(self) -> bool:
        return bool(
            self.state == MergeState.IN_FORCE and self.merged_at and timezone.now() < self.merged_at + UNDO_OFFERED
        )

    @property
    def awaits_answer(self) -> bool:
        """A steward objects, and nobody has answered."""
        return self.state == MergeState.IN_FORCE and bool(self.objected_at) and not self.objection_answered_at

    # Deeds.

    @transaction.atomic
    def confirm(self, *, by: "User") -> None:
        self._hold(MergeState.PROPOSED)
        if not self.may_be_confirmed_by(by):
            raise IllegalDeed(_("An officer of the other city decides about this."))
        self.confirmed_by = by
        self._carry_out(by=by)

    @transaction.atomic
    def refuse(self, *, by: "User", reason: str = "") -> None:
        """The other officer says no, or whoever proposed it takes it back."""
        self._hold(MergeState.PROPOSED)
        self.state, self.undone_by, self.undone_at = MergeState.REFUSED, by, timezone.now()
        self.reason = "\n\n".join(filter(None, (self.reason, reason)))
        with acting(by, role=role_of_curator(by), deed="refuse-merge"):
            self.save(update_fields=["state", "undone_by", "undone_at", "reason"])

    @transaction.atomic
    def undo(self, *, by: "User", reason: str = "") -> None:
        """What went over goes back as far as it is still there as it came; what was changed since stays."""
        self._hold(MergeState.IN_FORCE)
        if self.kept.review_state == ReviewState.MERGED:
            raise IllegalDeed(
                _("“%(name)s” has been merged into another listing since: undo that first.") % {"name": self.kept}
            )
        with acting(by, role=role_of_curator(by), deed="undo"):
            self.merged._move(ReviewState.PUBLISHED, by=by, reason=reason)
            Journal(**self.carried["rows"]).take_back()
            take_values_back(self.kept, self.merged, self.carried["values"])
            self.state, self.undone_by, self.undone_at = MergeState.UNDONE, by, timezone.now()
            self.save(update_fields=["state", "undone_by", "undone_at"])
            self._settle()
            tell_undone(self, reason=reason)

    @transaction.atomic
    def object(self, *, by: "User", words: str) -> None:
        """A steward says that these are two. It stays in force until an officer has looked."""
        self._hold(MergeState.IN_FORCE)
        if self.objected_at:
            raise IllegalDeed(_("Somebody has objected to this already: it waits for an officer."))
        self.objection, self.objected_by, self.objected_at = words, by, timezone.now()
        with acting(by, role=ActingRole.STEWARD, deed="object"):
            self.save(update_fields=["objection", "objected_by", "objected_at"])

    @transaction.atomic
    def overrule(self, *, by: "User", reason: str) -> None:
        """The officer has looked: they are one. Who objected is told why."""
        self._hold(MergeState.IN_FORCE)
        if not self.awaits_answer:
            raise IllegalDeed(_("No objection waits for an answer."))
        self.objection_answer, self.objection_answered_at = reason, timezone.now()
        with acting(by, role=role_of_curator(by), deed="overrule"):
            self.save(update_fields=["objection_answer", "objection_answered_at"])
        tell_overruled(self)

    # Private.

    def _hold(self, state: str) -> None:
        """As it is in the database, and nobody else decides meanwhile: listings first, as every deed does."""
        _hold_pair(self.kept_id, self.merged_id)
        type(self).objects.select_for_update().values("pk").get(pk=self.pk)
        self.refresh_from_db()
        if self.state != state:
            raise IllegalDeed(_("That has been decided already: it is now “%(state)s”.") % {"state": self.state_label})

    @property
    def state_label(self) -> str:
        return str(MergeState(self.state).label)

    def _carry_out(self, *, by: "User") -> None:
        kept, away = self.kept, self.merged
        refuse_unfit(kept, away, self.choices)
        with acting(by, role=role_of_curator(by), deed="merge"):
            if away.review_state == ReviewState.SUBMITTED:
                away._move(ReviewState.PUBLISHED, by=by, reason=self.reason)
            rows = carry(kept, away).as_json()
            values = take_values(kept, away, self.choices)
            away._move(ReviewState.MERGED, by=by, reason=self.reason, merged_into=kept)
            self.carried = {"rows": rows, "values": values}
            self.state, self.merged_at = MergeState.IN_FORCE, timezone.now()
            self.save()
            self._settle()
            tell_merged(self)

    def _settle(self) -> None:
        from initiatives.models import search

        keys = [self.kept_id, self.merged_id]
        search.refresh(keys)
        Outbox.objects.put(OutboxKind.OVERLAP, [{"initiatives": keys}])


@transaction.atomic
def merge(
    kept: Initiative, away: Initiative, *, by: "User", reason: str = "", choices: Mapping[str, str] | None = None
) -> Merge:
    """`away` becomes part of `kept`. `choices` names the units (`UNITS`) that are taken from `away`, as
    `{"texts": "away"}`. Of two cities the second officer confirms it, or an administrator."""
    if kept.pk == away.pk:
        raise IllegalDeed(_("A listing cannot be merged with itself."))
    _hold_pair(kept.pk, away.pk)
    kept.refresh_from_db()
    away.refresh_from_db()
    chosen = {code: AWAY for code, which in (choices or {}).items() if which == AWAY and code in UNITS}
    refuse_unfit(kept, away, chosen)
    if Merge.objects.proposed().between(kept, away).exists():
        raise IllegalDeed(_("Merging these two has been proposed already: an officer of the other city decides."))
    deed = Merge(kept=kept, merged=away, by=by, reason=reason, choices=chosen, state=MergeState.PROPOSED)
    if all(by.may_curate(each.city_id) for each in (kept, away)):
        deed._carry_out(by=by)
    else:
        with acting(by, role=role_of_curator(by), deed="propose-merge"):
            deed.save()
    return deed


def is_settled(listing: Initiative) -> bool:
    """Whether undoing is offered no more of any merge on the way to what stands for it."""
    moment = timezone.now() - UNDO_OFFERED
    keys = set()
    while listing.merged_into_id and listing.pk not in keys:
        keys.add(listing.pk)
        listing = listing.merged_into
    return Merge.objects.in_force().filter(merged__in=keys, merged_at__lt=moment).count() == len(keys)


def _hold_pair(*keys: int) -> None:
    share_overlaps()
    hold_listings(keys)
    hold_groups([], of=list(keys))
