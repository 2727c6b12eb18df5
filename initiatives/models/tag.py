import re
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from taggit.models import ItemBase, TagBase

from initiatives.models.choices import is_public, is_viewable
from initiatives.models.fields import TextsField, in_reader_language


class TagQuerySet(models.QuerySet["Tag"]):
    def effective(self) -> "TagQuerySet":
        return self.filter(synonym_of=None)

    def public(self) -> "TagQuerySet":
        """Words that something with a page is tagged with, and the vocabulary: words with synonyms, and those."""
        used = TaggedInitiative.objects.filter(is_viewable("content_object"), tag=models.OuterRef("pk"))
        synonyms = Tag.objects.filter(synonym_of=models.OuterRef("pk"))
        return self.filter(models.Exists(used) | models.Exists(synonyms) | models.Q(synonym_of__isnull=False))

    def own_slugs(self, slugs: Iterable[str]) -> dict[str, str]:
        """Of these slugs those of synonyms, each with the slug of the word that it stands for."""
        return dict(self.filter(slug__in=list(slugs), synonym_of__isnull=False).values_list("slug", "synonym_of__slug"))

    def either(self, keys: Iterable[int], slugs: Iterable[str]) -> "TagQuerySet":
        return self.filter(models.Q(pk__in=list(keys)) | models.Q(slug__in=list(slugs)))

    def with_synonyms(self) -> "TagQuerySet":
        return self.select_related("synonym_of").prefetch_related("synonyms")

    def with_names(self) -> "TagQuerySet":
        """Those that have words of their own in other languages."""
        return self.exclude(names={})

    def named(self, names: Iterable[str]) -> "TagQuerySet":
        """By names in lower case."""
        return self.annotate(key=Lower("name")).filter(key__in=list(names))

    def slugs_like(self, slugs: Iterable[str]) -> "models.QuerySet":
        """These slugs where they are taken, and those numbered after them."""
        wanted = list(slugs)
        numbered = models.Q(slug__regex=rf"^({'|'.join(map(re.escape, wanted))})-\d+$") if wanted else models.Q(pk=None)
        return self.filter(models.Q(slug__in=wanted) | numbered).values_list("slug", flat=True)


class Tag(TagBase):
    """A free word. Words for the same thing are synonyms of one effective tag."""

    # What an effective tag is called in each language that it has a word of its own in.
    names = TextsField()
    synonym_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="synonyms")

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.CheckConstraint(
                name="tag_not_own_synonym", condition=models.Q(synonym_of=None) | ~models.Q(synonym_of=models.F("pk"))
            ),
        )

    def __str__(self) -> str:
        return in_reader_language(self.names, otherwise=self.name)

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.effective.slug])

    @classmethod
    def most_used(cls, *, most: int = 300) -> "list[Tag]":
        """The effective tags of most published listings, each with its `initiative_count`; synonyms count along."""
        rows = TaggedInitiative.objects.filter(is_public("content_object")).effective().values_list("effective")
        counts = dict(rows.annotate(n=models.Count("content_object", distinct=True)).order_by("-n", "effective")[:most])
        tags = list(cls.objects.filter(pk__in=counts))
        for tag in tags:
            tag.initiative_count = counts[tag.pk]
        return sorted(tags, key=lambda tag: (-tag.initiative_count, tag.slug))

    @property
    def effective(self) -> "Tag":
        return self.synonym_of or self

    @property
    def other_words(self) -> list[str]:
        """Every word for it but the one that the reader sees."""
        words = [self.name, *(synonym.name for synonym in self.synonyms.all())]
        return [word for word in words if word != str(self)]

    @property
    def all_names(self) -> list[str]:
        """Its words in every language, and those that stand for it."""
        return [self.name, *self.names.values(), *(synonym.name for synonym in self.synonyms.all())]

    @transaction.atomic
    def become_synonym_of(self, other: "Tag") -> None:
        """From now on this word stands for `other`; synonyms stay one step deep."""
        if other == self:
            return
        target = other.effective
        if target == self:  # turned round: the synonym becomes the effective one
            target = other
            target.synonym_of = None
            target.save(update_fields=["synonym_of"])
        self.synonyms.exclude(pk=target.pk).update(synonym_of=target)
        self.synonym_of = target
        self.save(update_fields=["synonym_of"])


class TaggedQuerySet(models.QuerySet["TaggedInitiative"]):
    def effective(self) -> "TaggedQuerySet":
        return self.annotate(effective=Coalesce("tag__synonym_of", "tag"))


class TaggedInitiative(ItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_initiatives")
    content_object = models.ForeignKey("Initiative", models.CASCADE, related_name="tagged")

    objects = TaggedQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["content_object", "tag"], name="initiative_tagged_once"),)


class TaggedExchange(ItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_exchanges")
    content_object = models.ForeignKey("Exchange", models.CASCADE, related_name="tagged")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["content_object", "tag"], name="exchange_tagged_once"),)
