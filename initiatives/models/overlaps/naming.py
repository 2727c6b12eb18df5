"""What people call a group."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.models.fields import TextsField
from initiatives.models.overlaps.curation import Curated
from initiatives.models.overlaps.events import EventKind
from initiatives.models.people import User
from initiatives.models.refusals import IllegalDeed

LONGEST_NAME = 100


class Named(Curated):
    """A name that a person gave goes before what a run finds, and no run touches it. Nothing is computed from it, so
    no run is asked for."""

    given_labels = TextsField()

    class Meta:
        abstract = True

    @transaction.atomic
    def name(self, labels: Mapping[str, str], *, by: User, reason: str = "") -> None:
        """In each language that `labels` names; all that it was called before is replaced."""
        self.hold()
        given = {language: text for language, words in labels.items() if (text := " ".join(words.split()))}
        if not given:
            raise IllegalDeed(_("Write what the group shall be called."))
        if max(map(len, given.values())) > LONGEST_NAME:
            raise IllegalDeed(_("Keep the name to %(n)s characters.") % {"n": LONGEST_NAME})
        if given == self.given_labels:
            raise IllegalDeed(_("The group is called so already."))
        self.tell(EventKind.NAMED, by=by, reason=reason, labels=given, were=self.given_labels)
        self._call(given)

    @transaction.atomic
    def unname(self, *, by: User) -> None:
        """It is called again what it was called before the last name."""
        self.hold()
        named = self.events.last_standing(EventKind.NAMED)
        if not named:
            raise IllegalDeed(_("Nobody has named this group."))
        self.tell(EventKind.UNNAMED, by=by, undoes=named)
        self._call(named.evidence["were"])

    def _call(self, labels: Mapping[str, str]) -> None:
        self.given_labels = dict(labels)
        self.save(update_fields=["given_labels"])
