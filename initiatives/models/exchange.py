from django.db import models
from django.utils import timezone
from taggit.managers import TaggableManager

from initiatives.models.choices import ExchangeType, ItemType, TransactionType, is_public
from initiatives.models.fields import PublicIdField, one_of
from initiatives.models.tag import TaggedExchange
from initiatives.overlap import values
from initiatives.overlap.exchanges import STAYS_PUT


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    def of_type(self, exchange_type: str) -> "ExchangeQuerySet":
        return self.filter(exchange_type=exchange_type)

    def current(self) -> "ExchangeQuerySet":
        return self.filter(models.Q(expires_on=None) | models.Q(expires_on__gte=timezone.localdate()))

    def that_may_meet(self, asked: values.Listing, *, most: int) -> list[int]:
        """Listings that offer what this one wants, or want what it offers: of one kind, and within reach."""
        fits = models.Q()
        for each in asked.exchanges:
            other = ExchangeType.OFFER if each.direction == ExchangeType.WANT else ExchangeType.WANT
            here = models.Q(initiative__city=asked.city) if each.item_type in STAYS_PUT else models.Q()
            fits |= models.Q(exchange_type=other, item_type=each.item_type) & here
        rows = self.current().filter(fits, is_public("initiative")) if asked.exchanges else self.none()
        return list(rows.order_by("-pk").values_list("initiative", flat=True)[:most])


class Exchange(models.Model):
    """A need or an offer of one initiative (Murmurations `offers_wants_schema-v0.1.0`)."""

    public_id = PublicIdField()
    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="exchanges")
    exchange_type = models.CharField(max_length=5, choices=ExchangeType)
    item_type = models.CharField(max_length=10, choices=ItemType)
    transaction_type = models.CharField(max_length=15, choices=TransactionType)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    expires_on = models.DateField(null=True, blank=True)
    tags = TaggableManager(through=TaggedExchange, blank=True)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        ordering = ("-exchange_type", "pk")  # what it looks for before what it offers
        constraints = (
            one_of("exchange_type", ExchangeType),
            one_of("item_type", ItemType),
            one_of("transaction_type", TransactionType),
            models.CheckConstraint(name="exchange_has_title", condition=~models.Q(title="")),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_current(self) -> bool:
        return self.expires_on is None or self.expires_on >= timezone.localdate()

    @property
    def is_want(self) -> bool:
        return self.exchange_type == ExchangeType.WANT
