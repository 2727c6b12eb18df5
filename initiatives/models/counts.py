"""How many listings of a set carry each value: what facets, maps and charts are made of."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count

if TYPE_CHECKING:
    from initiatives.models.queries import InitiativeQuerySet

Counts = list[tuple[int | str, int]]


class Counted(models.QuerySet):
    """Each answers (value, count) in one query; values that nothing carries are left out."""

    def count_by_city(self: "InitiativeQuerySet") -> Counts:
        return self.exclude(city=None)._count_by("city")

    def count_by_country(self: "InitiativeQuerySet") -> Counts:
        return self.exclude(country="")._count_by("country")

    def count_by_status(self: "InitiativeQuerySet") -> Counts:
        return self._count_by("status")

    def count_by_scope(self: "InitiativeQuerySet") -> Counts:
        return self._count_by("geographic_scope")

    def count_by_structure(self: "InitiativeQuerySet") -> Counts:
        return self.exclude(organisational_structure="")._count_by("organisational_structure")

    def count_by_founded_year(self: "InitiativeQuerySet") -> Counts:
        return self.exclude(founded_year=None)._count_by("founded_year")

    def count_by_domain(self: "InitiativeQuerySet") -> Counts:
        return self._count_beside("domain_rows", "domain")

    def count_by_protection(self: "InitiativeQuerySet") -> Counts:
        return self._count_beside("licence_rows", "licence__protection")

    def count_by_tag(self: "InitiativeQuerySet") -> Counts:
        """By effective tag: a word and its synonyms count once."""
        rows = self._beside("tagged").effective().filter(content_object__in=self._keys())
        return list(rows.values_list("effective").annotate(n=Count("content_object", distinct=True)).order_by())

    def count_by_language(self: "InitiativeQuerySet") -> Counts:
        """Of the text itself and of its translations."""
        counts = dict(self._count_by("language"))
        translated = self._beside("translations").filter(initiative__in=self._keys())
        further = translated.exclude(language=models.F("initiative__language"))
        for language, count in further.values_list("language").annotate(n=Count("pk")).order_by():
            counts[language] = counts.get(language, 0) + count
        return list(counts.items())

    def count_by_group(self: "InitiativeQuerySet") -> Counts:
        """By the group that is a listing's own."""
        rows = self._beside("memberships").public().main().filter(initiative__in=self._keys())
        return list(rows.values_list("group").annotate(n=Count("pk")).order_by())

    def _count_by(self: "InitiativeQuerySet", field: str) -> Counts:
        # Counting rows, not keys, lets PostgreSQL answer from an index alone.
        return list(self.order_by().values_list(field).annotate(n=Count("*")))

    def _count_beside(self: "InitiativeQuerySet", relation: str, field: str) -> Counts:
        rows = self._beside(relation).filter(initiative__in=self._keys())
        return list(rows.values_list(field).annotate(n=Count("initiative", distinct=True)).order_by())

    def _beside(self, relation: str) -> models.QuerySet:
        return self.model._meta.get_field(relation).related_model._default_manager.all()

    def _keys(self: "InitiativeQuerySet") -> models.QuerySet:
        return self.order_by().values("pk")
