"""Kinds of work, with the words for them in each language."""

from django.db import models

from initiatives.models.fields import TextsField, in_reader_language


class Activity(models.Model):
    """A kind of work that initiatives have in common, with the words for it in each language."""

    code = models.SlugField(max_length=60, unique=True)
    domain = models.ForeignKey("Domain", models.PROTECT, related_name="activities")
    terms = models.JSONField()
    labels = TextsField()
    # After two names, and after a whole group: {"en": "Both lend tools."}
    said_of_both = TextsField()
    said_of_all = TextsField()

    class Meta:
        verbose_name_plural = "activities"
        ordering = ("code",)

    def __str__(self) -> str:
        return in_reader_language(self.labels, otherwise=self.code)
