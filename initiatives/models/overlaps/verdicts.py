"""What people decided about pairs; it outlives every computation."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.acting import acting, role_of_curator
from initiatives.models.choices import VerdictKind
from initiatives.models.fields import one_of
from initiatives.models.initiative import Initiative
from initiatives.models.overlaps.curation import ask_for_overlaps
from initiatives.models.overlaps.locks import hold_listings, share_overlaps
from initiatives.models.overlaps.pairs import Finding, PairOfListings
from initiatives.models.people import User
from initiatives.models.refusals import IllegalDeed


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def on(self, one: Initiative, other: Initiative) -> "VerdictQuerySet":
        a, b = sorted((one.pk, other.pk))
        return self.filter(a=a, b=b)

    def with_any(self, initiatives: Iterable[int]) -> "VerdictQuerySet":
        keys = list(initiatives)
        return self.filter(models.Q(a__in=keys) | models.Q(b__in=keys))

    def judged_beside(self, key: int) -> set[int]:
        """The listings about which and this one somebody has said something; itself among them."""
        return {each for pair in self.with_any([key]).values_list("a", "b") for each in pair}

    def on_overlap(self) -> "VerdictQuerySet":
        """Those that say whether two overlap, or that they are one; “not the same” says nothing of that."""
        return self.exclude(verdict=VerdictKind.DIFFERENT)

    def forget_what_was(self) -> None:
        """Once a run has found anew what overlaps, undoing gives nothing back but the choice."""
        self.filter(took__isnull=False).update(took=None)


class Verdict(PairOfListings):
    verdict = models.CharField(max_length=15, choices=VerdictKind)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # What was found of the pair before anybody decided; NULL once a run has been since.
    took: Any = models.JSONField(null=True)

    objects = VerdictQuerySet.as_manager()

    class Meta(PairOfListings.Meta):
        constraints = (*PairOfListings.Meta.constraints, one_of("verdict", VerdictKind))


class VerdictEvent(models.Model):
    """A verdict given or taken back; only ever added."""

    a = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    b = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    was = models.CharField(max_length=15, choices=VerdictKind, blank=True)
    became = models.CharField(max_length=15, choices=VerdictKind, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    undoes = models.OneToOneField("self", models.CASCADE, null=True, related_name="undone_by")

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                name="verdictevent_changes_a_verdict",
                condition=models.Q(was__in=["", *VerdictKind.values], became__in=["", *VerdictKind.values])
                & ~models.Q(was=models.F("became")),
            ),
        )
        indexes = (models.Index(fields=["a", "b"], name="verdictevent_of_pair"),)

    def __str__(self) -> str:
        return f"{self.a_id}, {self.b_id}: {self.was} → {self.became}"


@transaction.atomic
def give_verdict(one: Initiative, other: Initiative, verdict: str, *, by: User, reason: str = "") -> Verdict | None:
    """What somebody says of two listings holds at once, and in every run from now on."""
    was = _held(one, other)
    if one.pk == other.pk:
        raise IllegalDeed(_("A listing can only be compared with another."))
    if was and was.verdict == verdict:
        raise IllegalDeed(_("That has been decided about these two already."))
    a, b = sorted((one.pk, other.pk))
    said = {"was": was.verdict if was else "", "became": verdict, "by": by, "reason": reason}
    with acting(by, role=role_of_curator(by), deed="judge"):
        VerdictEvent.objects.create(a_id=a, b_id=b, **said)
    return _settle(a, b, was, {"verdict": verdict, "reason": reason, "by": by})


@transaction.atomic
def take_back_verdict(one: Initiative, other: Initiative, *, by: User) -> None:
    """The pair is again what it was before the last verdict."""
    now = _held(one, other)
    if not now:
        raise IllegalDeed(_("Nobody has decided anything about these two."))
    a, b = now.a_id, now.b_id
    given = VerdictEvent.objects.filter(a=a, b=b, undoes=None, undone_by=None).order_by("pk").last()
    said = {"was": now.verdict, "became": given.was if given else "", "by": by, "undoes": given}
    with acting(by, role=role_of_curator(by), deed="undo"):
        VerdictEvent.objects.create(a_id=a, b_id=b, **said)
    before = _before(given) if given and given.was else None
    _settle(a, b, now, before)


def _held(one: Initiative, other: Initiative) -> Verdict | None:
    share_overlaps()
    hold_listings([one.pk, other.pk])
    return Verdict.objects.on(one, other).first()


def _before(given: VerdictEvent) -> dict[str, Any]:
    """The verdict that the undone one replaced, with who said it and why."""
    earlier = VerdictEvent.objects.filter(a=given.a_id, b=given.b_id, became=given.was, pk__lt=given.pk, undoes=None)
    said = earlier.order_by("pk").last()
    who = {"by": said.by, "reason": said.reason, "at": said.at} if said else {"by": None, "reason": ""}
    return {"verdict": given.was, **who}


def _settle(a: int, b: int, was: Verdict | None, said: dict[str, Any] | None) -> Verdict | None:
    """Take from the pair what the verdict says against, or give back what was found; a run settles the rest."""
    found = Finding.of(a, b) if was is None or was.took is None else Finding(**was.took)
    ask_for_overlaps([a, b])
    if said is None:
        Verdict.objects.filter(a=a, b=b).delete()
        found.put(a, b)
        return None
    found.judged(said["verdict"]).put(a, b)
    values = {"at": timezone.now(), **said, "took": found.as_json()}
    return Verdict.objects.update_or_create(a_id=a, b_id=b, defaults=values)[0]
