from django.db import models
from django.urls import reverse
from django.utils.translation import get_language

from initiatives.models.choices import Family, is_public
from initiatives.models.fields import TextsField, in_reader_language, one_of


class DomainQuerySet(models.QuerySet["Domain"]):
    def with_counts(self) -> "DomainQuerySet":
        """Each domain with its `initiative_count`, those without any too."""
        counted = self.annotate(initiative_count=models.Count("initiatives", filter=is_public("initiatives")))
        return counted.order_by("position")  # Meta.ordering does not survive a GROUP BY

    def counting(self, initiatives: models.QuerySet) -> "DomainQuerySet":
        """Domains that some of these initiatives work in, those with most first, each with its `initiative_count`."""
        here = self.filter(initiatives__in=initiatives.order_by().values("pk"))
        return here.annotate(initiative_count=models.Count("initiatives")).order_by("-initiative_count", "position")


class Domain(models.Model):
    """One of the sixteen fields of work that cover what commons do."""

    code = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(unique=True)
    family = models.CharField(max_length=4, choices=Family)
    hatch = models.CharField(max_length=20)
    names = TextsField()
    descriptions = TextsField()
    essglobal = models.JSONField(default=list, blank=True)

    objects = DomainQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (one_of("family", Family),)

    def __str__(self) -> str:
        return in_reader_language(self.names, otherwise=self.code)

    def get_absolute_url(self) -> str:
        return reverse("domain", args=[self.slug])

    @property
    def in_sentence(self) -> str:
        """Its name in the middle of a sentence: “care and health”; German writes its nouns with a capital there too."""
        name = str(self)
        return name if get_language() == "de" else name[:1].lower() + name[1:]

    @property
    def description(self) -> str:
        return in_reader_language(self.descriptions)
