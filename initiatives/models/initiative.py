from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from taggit.managers import TaggableManager

from initiatives.models.choices import (
    GeographicScope,
    ListingKind,
    OrganisationalStructure,
    ReviewState,
    SelfDescription,
    Status,
    YearPrecision,
    is_public,
)
from initiatives.models.city import City
from initiatives.models.domain import Domain
from initiatives.models.fields import Located, PublicIdField, SortKeyField, one_of
from initiatives.models.identifying import NAME_WORDS, SITE
from initiatives.models.keeping import Kept
from initiatives.models.licence import Licence
from initiatives.models.moderation import Moderated
from initiatives.models.people import User
from initiatives.models.queries import InitiativeQuerySet
from initiatives.models.submission import Submitted
from initiatives.models.tag import Tag, TaggedInitiative
from initiatives.models.texts import Text, texts_of

UNKNOWN_LANGUAGE = "und"
MISSION_LENGTH = 280
MOST_DOMAINS = 4
# What stands behind a listing's address for its deeds: no listing goes by one of these.
DEEDS = frozenset(
    "edit history needs stewards translations claim report status withdraw confirm submit submission curate".split()
)

bcp47 = RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "Write a language code such as nl or pt-BR.")


class Initiative(Moderated, Kept, Submitted, Located):
    """A bottom-up initiative, or a platform that is known but not a commons."""

    public_id = PublicIdField()
    listing_kind = models.CharField(max_length=10, choices=ListingKind, default=ListingKind.INITIATIVE)
    name = models.CharField(max_length=200)
    sort_key = SortKeyField(of="name")
    slug = models.SlugField(max_length=80, blank=True)
    nickname = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    primary_url = models.URLField(max_length=500, blank=True)
    urls = ArrayField(models.URLField(max_length=500), default=list, blank=True)

    mission = models.TextField(blank=True)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=20, default=UNKNOWN_LANGUAGE, validators=[bcp47])

    status = models.CharField(max_length=12, choices=Status, default=Status.ACTIVE)
    founded_year = models.PositiveSmallIntegerField(null=True, blank=True)
    founded_precision = models.CharField(max_length=12, choices=YearPrecision, blank=True)
    closed_year = models.PositiveSmallIntegerField(null=True, blank=True)

    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="initiatives")
    country = models.CharField(max_length=2, blank=True)
    geographic_scope = models.CharField(max_length=13, choices=GeographicScope, default=GeographicScope.LOCAL)
    street_address = models.CharField(max_length=300, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)

    domains = models.ManyToManyField(Domain, through="InitiativeDomain", related_name="initiatives")
    tags = TaggableManager(through=TaggedInitiative, blank=True)
    licences = models.ManyToManyField(Licence, through="InitiativeLicence", related_name="initiatives")
    organisational_structure = models.CharField(max_length=30, choices=OrganisationalStructure, blank=True)
    self_description = ArrayField(models.CharField(max_length=30, choices=SelfDescription), default=list, blank=True)
    number_of_members = models.PositiveIntegerField(null=True, blank=True)
    # Never shown: people write through a form.
    contact = models.EmailField(blank=True)

    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    data_licence = models.CharField(max_length=60, blank=True)
    # Where its facts can be seen: [{"url": …, "for": [field, …]}].
    evidence = models.JSONField(default=list, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    # Counted up by every edit: whoever edits an older one is told.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Shows how the directory works, in the demonstration alone; says so, and stays out of every export.
    is_sample = models.BooleanField(default=False)
    # Whether its owner lets an e-mail address or telephone number in its texts be read by everybody.
    shows_contact = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = InitiativeQuerySet.as_manager()

    class Meta(Located.Meta):
        ordering = ("sort_key", "pk")
        indexes = (
            models.Index(fields=["sort_key", "id"], name="public_by_name", condition=is_public()),
            models.Index(fields=["country"], name="public_by_country", condition=is_public()),
            models.Index(fields=["city"], name="public_by_city", condition=is_public()),
            models.Index(fields=["status"], name="public_by_status", condition=is_public()),
            models.Index(fields=["geographic_scope"], name="public_by_scope", condition=is_public()),
            models.Index(fields=["language"], name="public_by_language", condition=is_public()),
            models.Index(fields=["organisational_structure"], name="public_by_structure", condition=is_public()),
            models.Index(fields=["founded_year"], name="public_by_year", condition=is_public()),
            # Who may be listed already (twins.py).
            GinIndex(NAME_WORDS, name="initiative_name_words"),
            models.Index(OpClass(SITE, name="text_pattern_ops"), name="initiative_site"),
        )
        constraints = (
            *Located.Meta.constraints,
            one_of("listing_kind", ListingKind),
            one_of("status", Status),
            one_of("review_state", ReviewState),
            one_of("geographic_scope", GeographicScope),
            models.CheckConstraint(
                name="initiative_structure_known",
                condition=models.Q(organisational_structure__in=["", *OrganisationalStructure.values]),
            ),
            models.CheckConstraint(
                name="initiative_self_description_known",
                condition=models.Q(self_description__contained_by=SelfDescription.values),
            ),
            models.CheckConstraint(name="initiative_has_name", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="initiative_language_code",
                condition=models.Q(language__regex=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
            ),
            models.CheckConstraint(name="initiative_country_code", condition=models.Q(country__regex="^([A-Z]{2})?$")),
            models.CheckConstraint(
                name="initiative_founded_with_precision",
                condition=models.Q(founded_year=None, founded_precision="")
                | models.Q(founded_year__isnull=False, founded_precision__in=YearPrecision.values)
                & models.Q(founded_year__range=(1000, 2200)),
            ),
            models.CheckConstraint(
                name="initiative_closes_after_founding",
                condition=models.Q(closed_year=None)
                | models.Q(founded_year=None, closed_year__range=(1000, 2200))
                | models.Q(founded_year__isnull=False, closed_year__range=(models.F("founded_year"), 2200)),
            ),
            models.CheckConstraint(
                name="initiative_place_or_wide_scope",
                condition=models.Q(city__isnull=False)
                | models.Q(geographic_scope__in=["national", "international"])
                | ~models.Q(source="")
                | models.Q(review_state="draft"),
            ),
            models.CheckConstraint(
                name="initiative_mission_short",
                condition=~models.Q(source="") | models.Q(LessThanOrEqual(Length("mission"), MISSION_LENGTH)),
            ),
            models.CheckConstraint(
                name="initiative_source_whole",
                condition=models.Q(source="", source_id="") | ~models.Q(source="") & ~models.Q(source_id=""),
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], name="initiative_once_per_source", condition=~models.Q(source="")
            ),
            models.CheckConstraint(
                name="initiative_merged_into_another",
                condition=models.Q(review_state="merged", merged_into__isnull=False)
                & ~models.Q(merged_into=models.F("pk"))
                | ~models.Q(review_state="merged") & models.Q(merged_into=None),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("initiative", args=[self.public_id, self.address_slug])

    @property
    def address_slug(self) -> str:
        """Only for people who read addresses; the public id finds the page."""
        slug = self.slug or slugify(self.name)[:80] or "initiative"
        return f"{slug}-initiative" if slug in DEEDS else slug

    @property
    def standing(self) -> "Initiative | None":
        """What stands for it in public: itself or, through merges, another; nothing where that one is hidden."""
        listing, seen = self, {self.pk}
        while listing.merged_into_id and listing.merged_into_id not in seen:
            listing = listing.merged_into
            seen.add(listing.pk)
        return listing if listing.is_published else None

    @property
    def is_closed(self) -> bool:
        return self.status in (Status.COMPLETED, Status.CANCELLED)

    @property
    def is_platform(self) -> bool:
        return self.listing_kind == ListingKind.PLATFORM

    @property
    def lang(self) -> str:
        """For the `lang` attribute of its texts; empty (nothing is claimed) where it is not known."""
        return "" if self.language == UNKNOWN_LANGUAGE else self.language

    @property
    def own_domains(self) -> list[Domain]:
        """The main one first; of a listing that came with `for_rows()`."""
        return [row.domain for row in self.ordered_domains]

    @property
    def self_descriptions(self) -> list[str]:
        return [str(SelfDescription(code).label) for code in self.self_description]

    @property
    def effective_tags(self) -> list[Tag]:
        return sorted({row.tag.effective for row in self.tagged.all()}, key=lambda tag: tag.slug)

    @property
    def websites(self) -> list[str]:
        """Its addresses on the web, the main one first."""
        known = dict.fromkeys((self.primary_url, *self.urls))
        return [url for url in known if url.startswith(("http://", "https://"))]

    @property
    def texts(self) -> list[Text]:
        return texts_of(self)

    def set_domains(self, domains: Iterable[Domain]) -> None:
        """One to four, the main one first."""
        self.domain_rows.all().delete()
        rows = [
            InitiativeDomain(initiative=self, domain=domain, position=place)
            for place, domain in enumerate(domains, start=1)
        ]
        InitiativeDomain.objects.bulk_create(rows)


class InitiativeDomain(models.Model):
    """A domain of an initiative; position 1 is the main one."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="domain_rows")
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="initiative_rows")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["initiative", "domain"], name="initiative_domain_once"),
            models.UniqueConstraint(fields=["initiative", "position"], name="initiative_domain_place_once"),
            models.CheckConstraint(
                name="initiative_domain_one_to_four", condition=models.Q(position__range=(1, MOST_DOMAINS))
            ),
        )


class Translation(models.Model):
    """The texts of a listing in a further language."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=20, validators=[bcp47])
    mission = models.TextField(blank=True)
    description = models.TextField(blank=True)
    needs_update = models.BooleanField(default=False)

    class Meta:
        ordering = ("language",)
        constraints = (models.UniqueConstraint(fields=["initiative", "language"], name="initiative_translated_once"),)

    def __str__(self) -> str:
        return f"{self.initiative_id} ({self.language})"
