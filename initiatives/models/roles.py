"""What an administrator lets somebody do, and in which city."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.models.acting import ActingRole, acting
from initiatives.models.city import City
from initiatives.models.fields import one_of
from initiatives.models.posting import write_to
from initiatives.models.refusals import IllegalDeed

if TYPE_CHECKING:
    from initiatives.models.people import User


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

    def with_names(self) -> "AppointmentQuerySet":
        return self.select_related("person", "city", "by", "ended_by")

    def appoint(self, person: "User", *, role: str, city: City | None = None, by: "User | None") -> "Appointment":
        """`by` is nobody for a command of whoever runs the site. Raises IllegalDeed for what they are already."""
        with acting(by, role=ActingRole.ADMINISTRATOR if by else ActingRole.SYSTEM, deed="appoint"):
            # What the constraint would refuse, asked in time for a sentence; two at once meet at the row of the person.
            person.__class__.objects.select_for_update().get(pk=person.pk)
            if self.in_force().filter(person=person, role=role, city=city).exists():
                raise IllegalDeed(gettext("They have this role already."))
            appointment = self.create(person=person, role=role, city=city, by=by)
            appointment._tell("role-given", page="second-factor")
            return appointment


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

    def end(self, *, by: "User") -> None:
        """It is done once; there is always an administrator left who can sign in."""
        with acting(by, role=ActingRole.ADMINISTRATOR, deed="end"):
            in_force = list(self._others_too().values_list("pk", flat=True))
            if self.pk not in in_force:
                return
            if self.role == Role.ADMINISTRATOR and len(in_force) == 1:
                raise IllegalDeed(gettext("This is the last administrator. Appoint another one first."))
            self.ended_by, self.ended_at = by, timezone.now()
            self.save(update_fields=["ended_by", "ended_at"])
            self._tell("role-ended", page="account")

    def _others_too(self) -> AppointmentQuerySet:
        """In force with this role, held so that two administrators cannot end each other."""
        held = Appointment.objects.in_force().to(self.role).select_for_update(of=("self",)).order_by("pk")
        return held.filter(person__is_active=True) if self.role == Role.ADMINISTRATOR else held

    def _tell(self, kind: str, *, page: str) -> None:
        with translation.override(self.person.language):
            city = str(self.city or "")
        write_to(self.person, kind, key=f"{kind}:{self.pk}", role=self.role, city=city, path=(page,))
