"""What people may change of a listing, as plain values, and the deed that changes it without losing anybody's words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.acting import ActingRole, acting, role_of
from initiatives.models.choices import ConfirmationAnswer
from initiatives.models.moderation import IllegalMove
from initiatives.models.outbox import Outbox, OutboxKind
from initiatives.models.people import User

if TYPE_CHECKING:
    from initiatives.models.changes import Change
    from initiatives.models.initiative import Initiative

COLUMNS = tuple(
    """name nickname primary_url urls mission description language country geographic_scope street_address postal_code
    status founded_year founded_precision closed_year organisational_structure self_description
    number_of_members""".split()
)
# Rows of other tables: a city by its slug, domains by theirs (the main one first), tags by name, licences as
# [SPDX id, output], needs and offers and translations as what their columns hold.
TIED = ("city", "domains", "tags", "licences", "exchanges", "translations")
PUBLIC = (*COLUMNS, *TIED)
# Never in a change that others read.
PRIVATE = ("contact", "shows_contact")
TEXTS = frozenset({"mission", "description", "language"})
EXCHANGE = ("exchange_type", "item_type", "transaction_type", "title", "description", "expires_on")

Plain = dict[str, Any]


class StaleVersion(IllegalMove):
    """Somebody else has changed the listing since it was read."""


def plain(listing: "Initiative", names: Iterable[str] = (*PUBLIC, *PRIVATE)) -> Plain:
    """What `edit` takes, as JSON would have it, so that it can be compared and given back."""
    return {name: READERS[name](listing) if name in READERS else getattr(listing, name) for name in names}


def read_licences(listing: "Initiative") -> list[list[str]]:
    rows = listing.licence_rows.select_related("licence")
    return sorted([row.licence.spdx_id, row.output_kind] for row in rows)


def read_translations(listing: "Initiative") -> list[Plain]:
    return list(listing.translations.order_by("language").values("language", "mission", "description"))


READERS: dict[str, Callable[["Initiative"], Any]] = {
    "city": lambda listing: listing.city.slug if listing.city else "",
    "domains": lambda listing: [row.domain.slug for row in listing.domain_rows.select_related("domain")],
    "tags": lambda listing: sorted(row.tag.name for row in listing.tagged.select_related("tag")),
    "licences": read_licences,
    "exchanges": lambda listing: [plain_exchange(row) for row in listing.exchanges.order_by("pk")],
    "translations": read_translations,
}


def plain_exchange(row: models.Model) -> Plain:
    values = {name: getattr(row, name) for name in EXCHANGE}
    expires = values["expires_on"]
    return {"public_id": row.public_id, **values, "expires_on": expires.isoformat() if expires else ""}


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
        elif self.city:
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


def write_domains(listing: "Initiative", slugs: Iterable[str]) -> None:
    from initiatives.models.domain import Domain

    by_slug = Domain.objects.in_bulk(list(slugs), field_name="slug")
    listing.set_domains([by_slug[slug] for slug in slugs])


def write_tags(listing: "Initiative", names: Iterable[str]) -> None:
    listing.tags.set(list(names))


def write_licences(listing: "Initiative", licences: Iterable[tuple[str, str]]) -> None:
    from initiatives.models.licence import Licence
    from initiatives.models.links import InitiativeLicence

    wanted = {(spdx, output) for spdx, output in licences}
    for row in listing.licence_rows.select_related("licence"):
        key = (row.licence.spdx_id, row.output_kind)
        if key not in wanted:
            row.delete()
        wanted.discard(key)
    by_id = Licence.objects.in_bulk([spdx for spdx, _output in wanted], field_name="spdx_id")
    for spdx, output in sorted(wanted):
        InitiativeLicence.objects.create(initiative=listing, licence=by_id[spdx], output_kind=output)


def write_exchanges(listing: "Initiative", rows: Iterable[Plain]) -> None:
    """Those with a public id stay the same rows; what is not among them is gone."""
    from initiatives.models.exchange import Exchange

    there = {row.public_id: row for row in listing.exchanges.all()}
    for values in rows:
        row = there.pop(values.get("public_id", ""), None) or Exchange(initiative=listing)
        for name in EXCHANGE:
            setattr(row, name, values[name])
        row.expires_on = values["expires_on"] or None
        # Undoing a change brings a row back under the id that it had.
        row.public_id = values.get("public_id") or row.public_id
        row.save()
    for gone in there.values():
        gone.delete()


def write_translations(listing: "Initiative", rows: Iterable[Plain]) -> None:
    """Whoever writes one has the present text before them: it is up to date."""
    from initiatives.models.initiative import Translation

    there = {row.language: row for row in listing.translations.all()}
    for values in rows:
        row = there.pop(values["language"], None) or Translation(initiative=listing, language=values["language"])
        if row.pk is None or (row.mission, row.description) != (values["mission"], values["description"]):
            row.mission, row.description, row.needs_update = values["mission"], values["description"], False
            row.save()
    for gone in there.values():
        gone.delete()


WRITERS = {
    "domains": write_domains,
    "tags": write_tags,
    "licences": write_licences,
    "exchanges": write_exchanges,
    "translations": write_translations,
}
