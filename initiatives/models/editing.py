"""The deed that changes a listing, without losing anybody's words."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.acting import ActingRole, acting, role_of
from initiatives.models.choices import ConfirmationAnswer
from initiatives.models.outbox import Outbox, OutboxKind
from initiatives.models.people import User
from initiatives.models.plain import COLUMNS, PRIVATE, PUBLIC, TIED, WRITERS, Plain, plain
from initiatives.models.refusals import IllegalMove

if TYPE_CHECKING:
    from initiatives.models.changes import Change

# Whoever changes one of these leaves the translations behind.
TEXTS = frozenset({"mission", "description", "language"})


class StaleVersion(IllegalMove):
    """Somebody else has changed the listing since it was read."""


class Edited(models.Model):
    """The deed that changes a listing."""

    class Meta:
        abstract = True

    @transaction.atomic
    def edit(
        self,
        *,
        by: User,
        version: int,
        values: Mapping[str, Any],
        now: datetime | None = None,
        answer: str = ConfirmationAnswer.CHANGE,
    ) -> "Change | None":
        """Write these of its plain values; answers the change that the desk is told of, for a published listing.

        Raises StaleVersion where it is no longer at `version`. A steward who edits says that it is right, and has
        answered with that who was asked."""
        now, role = now or timezone.now(), role_of(by, self)
        with acting(by, role=role, deed="edit"):
            self._count_up(version)
            was = plain(self, values)
            became = {name: value for name, value in values.items() if value != was[name]}
            self._write(became, now)
            self._translations_fall_behind(became)
            if role == ActingRole.STEWARD:
                self.confirm(by=by, now=now, answer=answer)
            self.refresh_from_db()
            return self._tell(was, became, by=by, now=now) if self.is_published and became else None

    def _count_up(self, version: int) -> None:
        """In one statement, which also holds the row until the end: of two who read one version one comes through."""
        listing = type(self).objects.with_keys([self.pk])
        if not listing.filter(version=version).update(version=models.F("version") + 1):
            raise StaleVersion(_("Somebody else has changed this listing since you opened it."))
        self.refresh_from_db()

    def _write(self, values: Plain, now: datetime) -> None:
        for name in values.keys() & {*COLUMNS, *PRIVATE}:
            setattr(self, name, values[name])
        fields = [name for name in values if name not in TIED]
        if "name" in values:
            self.slug = ""  # follows the name; the public id finds the page under the old one
            fields += ["slug", "sort_key"]
        if "city" in values:
            self._move_to(values["city"])
            fields += ["city", "country", "latitude", "longitude"]
        elif "country" in values and self.city:
            self.country = self.city.country
        if values:
            self.changed_at = now
            self.save(update_fields=[*fields, "changed_at"])
        for name in values.keys() & WRITERS:
            WRITERS[name](self, values[name])

    def _move_to(self, slug: str) -> None:
        """Where exactly it was in the old city says nothing in the new."""
        from initiatives.models.city import City

        self.city = City.objects.get(slug=slug) if slug else None
        self.country = self.city.country if self.city else self.country
        self.latitude = self.longitude = None

    def _translations_fall_behind(self, became: Plain) -> None:
        if TEXTS & became.keys():
            written = {row["language"] for row in became.get("translations", ())}
            self.translations.exclude(language__in=written).update(needs_update=True)

    def _tell(self, was: Plain, became: Plain, *, by: User, now: datetime) -> "Change | None":
        """The desk, the engine and the search."""
        from initiatives.models import search
        from initiatives.models.changes import Change

        search.refresh([self.pk])
        Outbox.objects.put(OutboxKind.OVERLAP, [{"initiatives": [self.pk]}])
        public = [name for name in PUBLIC if name in became]
        if not public:
            return None
        values = {name: [each[name] for each in (was, became)] for name in public}
        return Change.objects.of_edit(self, values, by=by, at=now)
