"""What ties a listing to licences and to other listings."""

from django.db import models

from initiatives.models.choices import OutputKind, RelationshipKind, RelationshipState, is_public
from initiatives.models.fields import one_of
from initiatives.models.initiative import Initiative
from initiatives.models.licence import Licence


class InitiativeLicence(models.Model):
    """The licence of one kind of output."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="licence_rows")
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="initiative_rows")
    output_kind = models.CharField(max_length=10, choices=OutputKind)

    class Meta:
        ordering = ("output_kind", "licence")
        constraints = (
            one_of("output_kind", OutputKind),
            models.UniqueConstraint(fields=["initiative", "licence", "output_kind"], name="initiative_licence_once"),
        )


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    def of(self, listing: Initiative) -> "RelationshipQuerySet":
        """From it or to it."""
        return self.filter(models.Q(from_initiative=listing) | models.Q(to_initiative=listing))

    def public(self) -> "RelationshipQuerySet":
        """Confirmed ones between listings that everybody may see."""
        return self.filter(is_public("from_initiative"), is_public("to_initiative"), state=RelationshipState.CONFIRMED)


class Relationship(models.Model):
    """A typed link from one listing to another; pending until the other side confirms."""

    from_initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="relationships")
    to_initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="relationships_to")
    kind = models.CharField(max_length=15, choices=RelationshipKind)
    state = models.CharField(max_length=10, choices=RelationshipState, default=RelationshipState.PENDING)
    evidence_url = models.URLField(max_length=500, blank=True)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        constraints = (
            one_of("kind", RelationshipKind),
            one_of("state", RelationshipState),
            models.UniqueConstraint(fields=["from_initiative", "kind", "to_initiative"], name="relationship_once"),
            models.CheckConstraint(
                name="relationship_with_another",
                condition=~models.Q(from_initiative=models.F("to_initiative")),
            ),
        )
