"""Two listings that overlap, or that may be one."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import models
from django.db.models.functions import Now

from initiatives.models.choices import VerdictKind, is_public
from initiatives.models.fields import one_of
from initiatives.models.initiative import Initiative, InitiativeDomain
from initiatives.models.overlaps.feedback import Judged
from initiatives.models.overlaps.memberships import HAS_REASONS

# Who are one, or have nothing in common, do not overlap.
APART = (VerdictKind.SAME, VerdictKind.UNRELATED)


class PairKind(models.TextChoices):
    PEERS = "peers"
    COMPLEMENTARY = "complementary"


class PairQuerySet(models.QuerySet["Pair"]):
    def of(self, initiative: Initiative) -> "PairQuerySet":
        return self.filter(models.Q(a=initiative) | models.Q(b=initiative))

    def public(self) -> "PairQuerySet":
        return self.filter(is_public("a"), is_public("b"))

    def with_any(self, initiatives: Iterable[int]) -> "PairQuerySet":
        keys = list(initiatives)
        return self.filter(models.Q(a__in=keys) | models.Q(b__in=keys))

    def between(self, initiatives: Iterable[int]) -> "PairQuerySet":
        keys = list(initiatives)
        return self.filter(a__in=keys, b__in=keys)

    def within(self, initiatives: models.QuerySet[Initiative]) -> "PairQuerySet":
        """Both are among these."""
        keys = initiatives.order_by().values("pk")
        return self.filter(a__in=keys, b__in=keys)

    def with_families(self) -> "PairQuerySet":
        """With both listings, their cities and the families of their main domains."""
        main = InitiativeDomain.objects.filter(position=1)
        return self.select_related("a__city", "b__city").annotate(
            family_a=main.filter(initiative=models.OuterRef("a")).values("domain__family")[:1],
            family_b=main.filter(initiative=models.OuterRef("b")).values("domain__family")[:1],
        )

    def strongest_first(self) -> "PairQuerySet":
        return self.order_by("-score", "pk")


class Pair(Judged):
    """Two listings that overlap. A score without its reasons is never stored."""

    a = models.ForeignKey(Initiative, models.CASCADE, related_name="pairs_a")
    b = models.ForeignKey(Initiative, models.CASCADE, related_name="pairs_b")
    kind = models.CharField(max_length=15, choices=PairKind)
    score = models.FloatField()
    parts = models.JSONField()
    reasons = models.JSONField()

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = (
            one_of("kind", PairKind),
            models.UniqueConstraint(fields=["a", "b"], name="pair_once"),
            models.CheckConstraint(name="pair_in_order", condition=models.Q(a__lt=models.F("b"))),
            models.CheckConstraint(name="pair_has_reasons", condition=HAS_REASONS),
            models.CheckConstraint(name="pair_score_range", condition=models.Q(score__range=(0, 1))),
        )

    @property
    def feedback_on(self) -> dict[str, int]:
        return {"a_id": self.a_id, "b_id": self.b_id}

    def other(self, initiative: Initiative) -> Initiative:
        return self.b if self.a_id == initiative.pk else self.a


class PairOfListings(models.Model):
    """Two listings in order, each pair at most once."""

    a = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    b = models.ForeignKey(Initiative, models.CASCADE, related_name="+")

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(fields=["a", "b"], name="%(class)s_once"),
            models.CheckConstraint(name="%(class)s_in_order", condition=models.Q(a__lt=models.F("b"))),
        )

    def other_key(self, initiative: Initiative) -> int:
        return self.b_id if self.a_id == initiative.pk else self.a_id


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    def of(self, initiative: Initiative) -> "DuplicatePairQuerySet":
        return self.filter(models.Q(a=initiative) | models.Q(b=initiative))

    def likeliest_first(self) -> "DuplicatePairQuerySet":
        return self.order_by("-probability", "pk")


class DuplicatePair(PairOfListings):
    """Two listings that may be one initiative listed twice: for the desk, never shown to visitors."""

    probability = models.FloatField()
    reasons = models.JSONField()
    # Set by the database: runs write their rows past Django.
    found_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta(PairOfListings.Meta):
        constraints = (
            *PairOfListings.Meta.constraints,
            models.CheckConstraint(name="duplicatepair_range", condition=models.Q(probability__range=(0, 1))),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """What a run found of two listings: kept beside a verdict that says otherwise, and given back with it."""

    pair: Mapping[str, Any] | None
    likeness: Mapping[str, Any] | None

    @classmethod
    def of(cls, a: int, b: int) -> Self:
        pairs = Pair.objects.between([a, b]).values("kind", "score", "parts", "reasons")
        likenesses = DuplicatePair.objects.filter(a=a, b=b).values("probability", "reasons")
        return cls(pairs.first(), likenesses.first())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def judged(self, verdict: str) -> "Finding":
        if verdict == VerdictKind.DIFFERENT:
            return Finding(self.pair, None)
        pair = None if verdict in APART or not self.pair else {**self.pair, "kind": verdict}
        return Finding(pair, None)

    def put(self, a: int, b: int) -> None:
        """Make the database say so of these two, as far as they may be shown and compared."""
        for noun, found, fit in (
            (Pair, self.pair, Initiative.objects.published()),
            (DuplicatePair, self.likeness, Initiative.objects.to_compare()),
        ):
            if found and fit.filter(pk__in=[a, b]).count() == 2:
                noun.objects.update_or_create(a_id=a, b_id=b, defaults=found)
            else:
                noun.objects.filter(a=a, b=b).delete()
