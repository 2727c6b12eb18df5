from django.db import models


class SourceQuerySet(models.QuerySet["Source"]):
    def called(self, code: str) -> "Source | None":
        return self.filter(code=code).first() if code else None


class Source(models.Model):
    """A list of others that listings were taken from, with its licence."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    url = models.URLField(blank=True)
    data_licence = models.CharField(max_length=60)
    attribution = models.CharField(max_length=300, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
