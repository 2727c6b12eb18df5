"""What the engine found, kept: pairs, groups and their reasons, vectors, and what people said about pairs."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone

from initiatives.models.choices import VerdictKind, is_public
from initiatives.models.fields import PublicIdField, TextsField, in_reader_language, one_of
from initiatives.models.initiative import Initiative, InitiativeDomain
from initiatives.models.people import User

HAS_REASONS = ~models.Q(reasons=[])


class Activity(models.Model):
    """A kind of work that initiatives have in common, with the words for it in each language."""

    code = models.SlugField(max_length=60, unique=True)
    domain = models.ForeignKey("Domain", models.PROTECT, related_name="activities")
    terms = models.JSONField()
    labels = TextsField()
    # After two names, and after a whole group: {"en": "Both lend tools."}
    said_of_both = TextsField()
    said_of_all = TextsField()

    class Meta:
        verbose_name_plural = "activities"
        ordering = ("code",)

    def __str__(self) -> str:
        return in_reader_language(self.labels, otherwise=self.code)


class OverlapRun(models.Model):
    """One computation of the whole directory."""

    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    model_version = models.CharField(max_length=100)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class OverlapVector(models.Model):
    """What a listing says, as 256 signed bytes of the model that `model_version` names."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="overlap_vector")
    model_version = models.CharField(max_length=100)
    vector = models.BinaryField()
    # The sentence vector alone, 512 signed bytes, to compare questions with; NULL where no encoder was installed.
    meaning = models.BinaryField(null=True)


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


class Pair(models.Model):
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

    def other(self, initiative: Initiative) -> Initiative:
        return self.b if self.a_id == initiative.pk else self.a


class GroupQuerySet(models.QuerySet["Group"]):
    def public(self) -> "GroupQuerySet":
        """Groups that still stand, with at least two members that everybody may see."""
        return self.standing().with_counts().filter(member_count__gte=2)

    def standing(self) -> "GroupQuerySet":
        """All that no other group took over, dissolved ones too: they can be found again."""
        return self.filter(moved_to=None)

    def with_counts(self) -> "GroupQuerySet":
        """How many public main members: `member_count`. Who is also close to a group is not counted anywhere."""
        seen = is_public("memberships__initiative") & models.Q(memberships__role=MembershipRole.MAIN)
        return self.annotate(member_count=models.Count("memberships", filter=seen))

    def with_keys(self, keys: Iterable[int]) -> "GroupQuerySet":
        return self.filter(pk__in=list(keys))

    def of_main_members(self, initiatives: Iterable[int]) -> "GroupQuerySet":
        homes = Membership.objects.main().of(initiatives)
        return self.filter(pk__in=homes.values("group"))

    def with_a_member_among(self, initiatives: models.QuerySet[Initiative]) -> "GroupQuerySet":
        return self.filter(pk__in=Membership.objects.main().among(initiatives).values("group"))

    def newest_first(self) -> "GroupQuerySet":
        return self.order_by("-formed_at", "-pk")

    def largest_first(self) -> "GroupQuerySet":
        return self.order_by("-member_count", "pk")


class Group(models.Model):
    """Initiatives that overlap. It keeps its identity while the directory grows."""

    public_id = PublicIdField()
    # As the engine found it: {"kind": "activity", "code": …, "words": {…}, "city": …}; a person's label wins.
    label = models.JSONField()
    given_labels = TextsField()
    reasons = models.JSONField(default=list)
    formed_at = models.DateTimeField(default=timezone.now)
    # Primary keys of its main members when it was last found: by these a later run knows it again.
    last_members = ArrayField(models.BigIntegerField(), default=list, blank=True)
    moved_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="moved_from")

    objects = GroupQuerySet.as_manager()

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.public_id])


class MembershipRole(models.TextChoices):
    MAIN = "main"
    ALSO = "also"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def public(self) -> "MembershipQuerySet":
        """Of public listings, in groups that `Group.objects.public()` has: with two main members to see."""
        seen = Membership.objects.main().filter(is_public("initiative"))
        # Asked once for all groups: asked for each row it took seconds while tables had no statistics yet.
        several = seen.values("group").annotate(seen=models.Count("pk")).filter(seen__gte=2)
        return self.filter(is_public("initiative"), group__in=several.values("group"), group__moved_to=None)

    def main(self) -> "MembershipQuerySet":
        return self.filter(role=MembershipRole.MAIN)

    def also(self) -> "MembershipQuerySet":
        """Of listings that are at home in another group and close to this one."""
        return self.filter(role=MembershipRole.ALSO)

    def strongest_first(self) -> "MembershipQuerySet":
        return self.order_by("-strength", "pk")

    def of(self, initiatives: Iterable[Initiative | int]) -> "MembershipQuerySet":
        return self.filter(initiative__in=list(initiatives))

    def among(self, initiatives: models.QuerySet[Initiative]) -> "MembershipQuerySet":
        return self.filter(initiative__in=initiatives.order_by().values("pk"))

    def with_a_member_among(self, initiatives: models.QuerySet[Initiative]) -> "MembershipQuerySet":
        """All memberships of the groups that have one of these as a main member."""
        return self.filter(group__in=Membership.objects.main().among(initiatives).values("group"))

    def by_group(self) -> "MembershipQuerySet":
        """As the page of all groups has them: the largest first, and in each its main members before the others."""
        is_main = models.Q(role=MembershipRole.MAIN)
        size = models.Window(models.Count("pk", filter=is_main), partition_by="group")
        main_first = models.Case(models.When(is_main, then=0), default=1)
        return self.order_by(size.desc(), "group", main_first, "-strength", "pk")

    def in_groups(self, groups: "Iterable[Group]") -> "MembershipQuerySet":
        return self.filter(group__in=list(groups))

    def with_families(self) -> "MembershipQuerySet":
        """With the listing, its city, and the `family` of its main domain: what a badge is drawn from."""
        main = InitiativeDomain.objects.filter(initiative=models.OuterRef("initiative"), position=1)
        return self.select_related("initiative__city").annotate(family=main.values("domain__family")[:1])


class Membership(models.Model):
    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=5, choices=MembershipRole, default=MembershipRole.MAIN)
    strength = models.FloatField()
    reasons = models.JSONField()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            one_of("role", MembershipRole),
            models.UniqueConstraint(fields=["group", "initiative"], name="membership_once"),
            models.UniqueConstraint(
                fields=["initiative"], name="membership_one_main", condition=models.Q(role=MembershipRole.MAIN)
            ),
            models.CheckConstraint(name="membership_has_reasons", condition=HAS_REASONS),
            models.CheckConstraint(name="membership_strength_range", condition=models.Q(strength__range=(0, 1))),
        )


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


class Verdict(PairOfListings):
    """What a person decided about a pair; it outlives every computation."""

    verdict = models.CharField(max_length=15, choices=VerdictKind)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(PairOfListings.Meta):
        constraints = (*PairOfListings.Meta.constraints, one_of("verdict", VerdictKind))


class DuplicatePair(PairOfListings):
    """Two listings that may be one initiative listed twice: for the desk, never shown to visitors."""

    probability = models.FloatField()
    reasons = models.JSONField()

    class Meta(PairOfListings.Meta):
        constraints = (
            *PairOfListings.Meta.constraints,
            models.CheckConstraint(name="duplicatepair_range", condition=models.Q(probability__range=(0, 1))),
        )
