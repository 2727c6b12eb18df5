"""What an administrator lets somebody do, and in which city."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.city import City
from initiatives.models.fields import one_of


class Role(models.TextChoices):
    """Roles that are given. Stewards have theirs from their listings, visitors need none."""

    BROKER = "broker", _("Broker")
    OFFICER = "officer", _("City officer")
    ADMINISTRATOR = "administrator", _("Administrator")


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self) -> "AppointmentQuerySet":
        return self.filter(ended_at=None)

    def to(self, role: str) -> "AppointmentQuerySet":
        return self.filter(role=role)


class Appointment(models.Model):
    """A role given to a person, of an officer for one city. It ends, and is never deleted but with the person."""

    person = models.ForeignKey("User", models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=13, choices=Role)
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="appointments")
    by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    ended_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            one_of("role", Role),
            models.CheckConstraint(
                name="appointment_of_officers_has_a_city",
                condition=models.Q(role=Role.OFFICER, city__isnull=False)
                | ~models.Q(role=Role.OFFICER) & models.Q(city=None),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "city"],
                name="appointment_once_in_force",
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role} {self.city_id or ''}".strip()
