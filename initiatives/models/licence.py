from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from initiatives.models.choices import Answer, OutputKind, Protection, is_public
from initiatives.models.fields import TextsField, in_reader_language, one_of


class ProtectionClass(models.Model):
    """What a kind of licence does against enclosure, in a sentence."""

    code = models.CharField(max_length=20, choices=Protection, unique=True)
    position = models.PositiveSmallIntegerField()
    names = TextsField()
    explanations = TextsField()

    class Meta:
        verbose_name_plural = "protection classes"
        ordering = ("position",)
        constraints = (one_of("code", Protection),)

    def __str__(self) -> str:
        return in_reader_language(self.names, otherwise=self.code)

    @property
    def explanation(self) -> str:
        return in_reader_language(self.explanations)


class LicenceQuerySet(models.QuerySet["Licence"]):
    def with_counts(self) -> "LicenceQuerySet":
        return self.annotate(
            initiative_count=models.Count("initiatives", filter=is_public("initiatives"), distinct=True)
        )

    def protecting_like(self, licence: "Licence") -> "LicenceQuerySet":
        return self.filter(protection=licence.protection).exclude(pk=licence.pk)


class Licence(models.Model):
    """The terms that somebody publishes under, and what they mean for a reader."""

    spdx_id = models.CharField("SPDX id", max_length=60, unique=True)
    short_name = models.CharField(max_length=60)
    names = TextsField()
    url = models.URLField(blank=True)
    applies_to = ArrayField(models.CharField(max_length=10, choices=OutputKind))
    protection = models.CharField(max_length=20, choices=Protection)
    companies_may_use = models.CharField(max_length=8, choices=Answer)
    changes_shared_back = models.CharField(max_length=8, choices=Answer)
    profit_shared_back = models.CharField(max_length=8, choices=Answer)
    explanations = TextsField()
    position = models.PositiveSmallIntegerField(default=0)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        ordering = ("position", "spdx_id")
        constraints = (
            one_of("protection", Protection),
            one_of("companies_may_use", Answer),
            one_of("changes_shared_back", Answer),
            one_of("profit_shared_back", Answer),
            models.CheckConstraint(
                name="licence_applies_to_known", condition=models.Q(applies_to__contained_by=OutputKind.values)
            ),
        )

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("licence", args=[self.spdx_id])

    @property
    def name(self) -> str:
        return in_reader_language(self.names, otherwise=self.spdx_id)

    @property
    def is_in_spdx(self) -> bool:
        return not self.spdx_id.startswith("LicenseRef-")

    @property
    def explanation(self) -> str:
        return in_reader_language(self.explanations)

    @property
    def outputs(self) -> list[str]:
        return [str(OutputKind(code).label) for code in self.applies_to]
