"""Whether people found an overlap useful. Only the desk sees how many."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.initiative import Initiative
from initiatives.models.people import User
from initiatives.models.refusals import IllegalDeed


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def by(self, user: User) -> "FeedbackQuerySet":
        return self.filter(by=user)

    def counts(self) -> dict[str, int]:
        """`useful` and `not_useful`."""
        said = list(self.values_list("useful", flat=True))
        return {"useful": said.count(True), "not_useful": said.count(False)}


class Feedback(models.Model):
    """One opinion of one person on a group, or on a pair. A pair is told by its listings, since a run may take the
    pair away and find it again."""

    by = models.ForeignKey(User, models.CASCADE, related_name="overlap_feedback")
    useful = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    group = models.ForeignKey("Group", models.CASCADE, null=True, related_name="feedback_rows")
    a = models.ForeignKey(Initiative, models.CASCADE, null=True, related_name="+")
    b = models.ForeignKey(Initiative, models.CASCADE, null=True, related_name="+")

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="feedback_on_group_or_pair",
                # “Not null” is said, since a check that comes out as NULL lets the row pass.
                condition=models.Q(group__isnull=False, a=None, b=None)
                | models.Q(group=None, a__isnull=False, b__isnull=False, a__lt=models.F("b")),
            ),
            models.UniqueConstraint(fields=["by", "group"], name="feedback_once_on_group"),
            models.UniqueConstraint(fields=["by", "a", "b"], name="feedback_once_on_pair"),
        )


class Judged(models.Model):
    """What people may call useful or not. Nothing is computed from it, so no run is asked for."""

    class Meta:
        abstract = True

    @property
    def feedback_on(self) -> dict[str, Any]:
        """What a row of feedback on this says it is about."""
        raise NotImplementedError

    @property
    def feedback(self) -> FeedbackQuerySet:
        return Feedback.objects.filter(**self.feedback_on)

    def give_feedback(self, *, useful: bool, by: User) -> None:
        """Said again, it replaces what the same person said before."""
        said = {"useful": useful, "at": timezone.now()}
        Feedback.objects.update_or_create(**self.feedback_on, by=by, defaults=said)

    @transaction.atomic
    def take_back_feedback(self, *, by: User) -> None:
        if not self.feedback.by(by).delete()[0]:
            raise IllegalDeed(_("You have not said whether this is useful."))
