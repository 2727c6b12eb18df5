from django.db import models
from django.utils import timezone
from taggit.managers import TaggableManager

from initiatives.models.choices import ExchangeType, ItemType, TransactionType
from initiatives.models.fields import PublicIdField, one_of
from initiatives.models.tag import TaggedExchange


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    def of_type(self, exchange_type: str) -> "ExchangeQuerySet":
        return self.filter(exchange_type=exchange_type)

    def current(self) -> "ExchangeQuerySet":
        return self.filter(models.Q(expires_on=None) | models.Q(expires_on__gte=timezone.localdate()))


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
    def is_want(self) -> bool:
        return self.exchange_type == ExchangeType.WANT
