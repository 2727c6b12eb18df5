"""The language that the rest of the house asks about listings in."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connections, models
from django.db.models.functions import Coalesce, TruncDate

from initiatives.models.choices import COMPARED, ListingKind, ReviewState, Status, is_public
from initiatives.models.counts import Counted
from initiatives.models.keeping import SILENCE
from initiatives.models.paging import Paged
from initiatives.models.permitted import Permitted
from initiatives.models.searching import Searched
from initiatives.text import fold

if TYPE_CHECKING:
    from initiatives.models.city import City
    from initiatives.models.initiative import Initiative

LACKS = {
    "confirmation": models.Q(confirmed_on=None),
    "steward": models.Q(stewardships=None),
    "domain": models.Q(domain_rows=None),
    "tags": models.Q(tagged=None),
}
MOST_NAME_WORDS = 6  # of a name that is looked for


class InitiativeQuerySet(Permitted, Counted, Searched, Paged, models.QuerySet["Initiative"]):
    def published(self) -> "InitiativeQuerySet":
        """What everybody may see. Every page, count, feed and export starts here."""
        return self.filter(is_public())

    def real(self) -> "InitiativeQuerySet":
        """Without the samples of the demonstration: they overlap with nobody, and are in no file that leaves."""
        return self.filter(is_sample=False)

    def platforms(self) -> "InitiativeQuerySet":
        """Known, not a commons; never among the initiatives."""
        return self.filter(listing_kind=ListingKind.PLATFORM, review_state=ReviewState.PUBLISHED)

    def viewable(self) -> "InitiativeQuerySet":
        """What has a page of its own: the published, platforms too."""
        return self.filter(review_state=ReviewState.PUBLISHED)

    def by_name(self) -> "InitiativeQuerySet":
        return self.order_by("sort_key", "pk")

    def besides(self, listing: models.Model) -> "InitiativeQuerySet":
        return self.exclude(pk=listing.pk)

    def called(self, name: str) -> "InitiativeQuerySet":
        """With all these words in the name, in any order; by name."""
        said = fold(name).split()
        if not said:
            return self.none()
        found = self
        for word in said[:MOST_NAME_WORDS]:
            found = found.filter(sort_key__contains=word)
        return found.select_related("city")

    def waiting_beside(self, listing: "Initiative") -> "InitiativeQuerySet":
        """The queue that a submission stands in: that of its city or, without one, of the administrators."""
        return self.filter(review_state=ReviewState.SUBMITTED, city=listing.city_id)

    def waiting_longer_than(self, listing: "Initiative") -> "InitiativeQuerySet":
        return self.filter(review_since__lt=listing.review_since)

    def longest_wait(self) -> datetime | None:
        """Since when the first of these has waited."""
        return self.aggregate(since=models.Min("review_since"))["since"]

    def to_confirm(self, now: "datetime") -> "InitiativeQuerySet":
        """Whose stewards are to be asked whether they are still right; of what has ended nobody asks."""
        from initiatives.models.confirming import Confirmation
        from initiatives.models.stewardship import Stewardship

        kept = Stewardship.objects.filter(initiative=models.OuterRef("pk"), person__is_active=True)
        asked = Confirmation.objects.filter(initiative=models.OuterRef("pk")).unanswered()
        last, then = Coalesce("confirmed_on", TruncDate("changed_at")), (now - SILENCE).date()
        going = self.published().exclude(status__in=[Status.COMPLETED, Status.CANCELLED])
        return going.annotate(silent=last).filter(models.Exists(kept), ~models.Exists(asked), silent__lte=then)

    def for_keeping(self) -> "InitiativeQuerySet":
        """With what their stewards are asked for: the officer's question, what waits for an answer, what is behind.
        What was merged is kept with the other listing."""
        from initiatives.models.claims import Claim
        from initiatives.models.confirming import Confirmation
        from initiatives.models.initiative import Translation
        from initiatives.models.moderation import ReviewEvent

        here = {"initiative": models.OuterRef("pk"), "became": models.OuterRef("review_state")}
        events = ReviewEvent.objects.in_force().filter(**here).order_by("-pk")
        behind = Translation.objects.filter(needs_update=True)
        return (
            self.exclude(review_state=ReviewState.MERGED)
            .select_related("city")
            .annotate(said=models.Subquery(events.values("reason")[:1]))
            .prefetch_related(
                models.Prefetch("translations", behind, to_attr="translations_behind"),
                models.Prefetch("claims", Claim.objects.pending(), to_attr="claims_pending"),
                models.Prefetch("confirmations", Confirmation.objects.unanswered(), to_attr="confirmations_open"),
            )
        )

    def registered(self, public_ids: Sequence[str]) -> "InitiativeQuerySet":
        """Those of these that came from no list: their stewards wrote them."""
        return self.filter(public_id__in=public_ids, source="")

    def with_public_ids(self, public_ids: Iterable[str]) -> "InitiativeQuerySet":
        return self.filter(public_id__in=list(public_ids))

    def in_city(self, city: "City") -> "InitiativeQuerySet":
        return self.filter(city=city)

    def from_lists(self, ids: Sequence[str]) -> "InitiativeQuerySet":
        """That came from a list, where they have one of these ids."""
        return self.filter(source_id__in=ids).exclude(source="")

    def lacking(self, codes: Sequence[str]) -> "InitiativeQuerySet":
        """What somebody who curates looks for: OR across the codes of `LACKS`."""
        asked = models.Q(pk=None)
        for code in codes:
            asked |= LACKS.get(code, models.Q(pk=None))
        return self.filter(asked)

    def keys_to_come(self, count: int) -> list[int]:
        """As many primary keys that nobody else will get."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [self.model._meta.db_table, count],
            )
            return [key for (key,) in cursor.fetchall()]

    def with_keys(self, keys: Iterable[int]) -> "InitiativeQuerySet":
        return self.filter(pk__in=list(keys))

    def with_family(self) -> "InitiativeQuerySet":
        """With the city, and the `family` of the main domain: what a badge is drawn from."""
        main = self._beside("domain_rows").filter(initiative=models.OuterRef("pk"), position=1)
        return self.select_related("city").annotate(family=main.values("domain__family")[:1])

    def to_compare(self) -> "InitiativeQuerySet":
        """What a new row may be a double of: all that is public or on its way there."""
        return self.filter(review_state__in=COMPARED)

    # Choices of the reader: OR inside a facet, AND across facets.

    def in_cities(self, slugs: Sequence[str]) -> "InitiativeQuerySet":
        return self.filter(city__slug__in=slugs)

    def in_countries(self, codes: Sequence[str]) -> "InitiativeQuerySet":
        return self.filter(country__in=[code.upper() for code in codes])

    def in_domains(self, slugs: Sequence[str]) -> "InitiativeQuerySet":
        rows = self._beside("domain_rows").filter(domain__slug__in=slugs)
        return self.filter(pk__in=rows.values("initiative"))

    def with_status(self, codes: Sequence[str]) -> "InitiativeQuerySet":
        return self.filter(status__in=codes)

    def with_protection(self, codes: Sequence[str]) -> "InitiativeQuerySet":
        rows = self._beside("licence_rows").filter(licence__protection__in=codes)
        return self.filter(pk__in=rows.values("initiative"))

    def under_licence(self, spdx_id: str) -> "InitiativeQuerySet":
        rows = self._beside("licence_rows").filter(licence__spdx_id=spdx_id)
        return self.filter(pk__in=rows.values("initiative"))

    def with_structure(self, codes: Sequence[str]) -> "InitiativeQuerySet":
        return self.filter(organisational_structure__in=codes)

    def with_scope(self, codes: Sequence[str]) -> "InitiativeQuerySet":
        return self.filter(geographic_scope__in=codes)

    def in_languages(self, codes: Sequence[str]) -> "InitiativeQuerySet":
        """Written in one of these, or translated into it."""
        translated = self._beside("translations").filter(language__in=codes)
        return self.filter(models.Q(language__in=codes) | models.Q(pk__in=translated.values("initiative")))

    def tagged(self, slugs: Sequence[str]) -> "InitiativeQuerySet":
        """With one of these tags or a synonym of it."""
        rows = self._beside("tagged").filter(
            models.Q(tag__slug__in=slugs, tag__synonym_of=None) | models.Q(tag__synonym_of__slug__in=slugs)
        )
        return self.filter(pk__in=rows.values("content_object"))

    # What pages show, in a fixed number of queries.

    def with_address(self) -> "InitiativeQuerySet":
        """What has a page, or had one and leads on to the listing it was merged into."""
        return self.filter(review_state__in=[ReviewState.PUBLISHED, ReviewState.MERGED])

    def for_page(self) -> "InitiativeQuerySet":
        """With everything that its own page shows."""
        from initiatives.models.exchange import Exchange
        from initiatives.models.stewardship import Stewardship

        return (
            self.for_rows()
            .select_related("merged_into")
            .annotate(is_stewarded=models.Exists(Stewardship.objects.filter(initiative=models.OuterRef("pk"))))
            .prefetch_related(
                "licence_rows__licence",
                models.Prefetch("exchanges", Exchange.objects.current()),
                "translations",
                "tagged__tag__synonym_of",
            )
        )

    def for_rows(self) -> "InitiativeQuerySet":
        """With everything that a row of a list shows."""
        from initiatives.models.initiative import InitiativeDomain

        domains = InitiativeDomain.objects.select_related("domain")
        return self.select_related("city").prefetch_related(
            models.Prefetch("domain_rows", domains, to_attr="ordered_domains")
        )
