"""The codes of domain.md with the words that people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListingKind(models.TextChoices):
    INITIATIVE = "initiative", _("Initiative")
    PLATFORM = "platform", _("Platform")


class Status(models.TextChoices):
    IN_PLANNING = "in_planning", _("In planning")
    ACTIVE = "active", _("Active")
    ON_HOLD = "on_hold", _("On hold")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Stopped")
    UNKNOWN = "unknown", pgettext_lazy("status", "Not known")


class ReviewState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    NEEDS_INFORMATION = "needs_information", _("Needs information")
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged")


class YearPrecision(models.TextChoices):
    EXACT = "exact", _("exact")
    APPROXIMATE = "approximate", _("approximate")


class GeographicScope(models.TextChoices):
    LOCAL = "local", _("Local")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    INTERNATIONAL = "international", _("International")
    UNKNOWN = "unknown", pgettext_lazy("scope", "Not known")


# So far that it may be in no town.
WIDE = (GeographicScope.NATIONAL, GeographicScope.INTERNATIONAL)


class OrganisationalStructure(models.TextChoices):
    COMMUNITY_GROUP = "community_group", _("Community group")
    ASSOCIATION = "association", _("Association")
    FOUNDATION = "foundation", _("Foundation")
    WORKERS_COOPERATIVE = "workers_cooperative", _("Workers’ co-operative")
    HOUSING_COOPERATIVE = "housing_cooperative", _("Housing co-operative")
    CONSUMER_COOPERATIVE = "consumer_cooperative", _("Consumer co-operative")
    PRODUCER_COOPERATIVE = "producer_cooperative", _("Producer co-operative")
    MULTI_STAKEHOLDER_COOPERATIVE = "multi_stakeholder_cooperative", _("Multi-stakeholder co-operative")
    MUTUAL = "mutual", _("Mutual")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    COMPANY = "company", _("Company")
    PUBLIC_BODY = "public_body", _("Public body")


class SelfDescription(models.TextChoices):
    COMMONS = "commons", _("Commons")
    P2P_ECONOMY = "p2p_economy", _("Peer-to-peer economy")
    SOLIDARITY_ECONOMY = "solidarity_economy", _("Solidarity economy")
    TRANSITION_INITIATIVE = "transition_initiative", _("Transition initiative")
    PERMACULTURE = "permaculture", _("Permaculture")
    LOCAL_CURRENCY = "local_currency", _("Local currency")
    ECONOMY_FOR_THE_COMMON_GOOD = "economy_for_the_common_good", _("Economy for the common good")
    ECOVILLAGE = "ecovillage", _("Ecovillage")
    MAKERSPACE = "makerspace", _("Makerspace")
    OTHER = "other", _("Other")


class RelationshipKind(models.TextChoices):
    MEMBER_OF = "member_of", _("Member of")
    PART_OF = "part_of", _("Part of")
    PARTNER_OF = "partner_of", _("Partner of")
    ADAPTED_FROM = "adapted_from", _("Adapted from")
    SUCCESSOR_OF = "successor_of", _("Successor of")


class RelationshipState(models.TextChoices):
    PENDING = "pending", _("Waiting for the other side")
    CONFIRMED = "confirmed", _("Confirmed")


class OutputKind(models.TextChoices):
    SOFTWARE = "software", _("Software")
    DATA = "data", _("Data")
    CONTENT = "content", _("Content")
    HARDWARE = "hardware", _("Hardware")


class Protection(models.TextChoices):
    PUBLIC_DOMAIN = "public_domain", _("Public domain")
    PERMISSIVE = "permissive", _("Permissive")
    WEAK_COPYLEFT = "weak_copyleft", _("Weak copyleft")
    STRONG_COPYLEFT = "strong_copyleft", _("Strong copyleft")
    NETWORK_COPYLEFT = "network_copyleft", _("Network copyleft")
    RECIPROCITY = "reciprocity", _("Reciprocity")
    NON_COMMERCIAL = "non_commercial", _("Non-commercial")
    SOURCE_AVAILABLE = "source_available", _("Source available")
    PROPRIETARY = "proprietary", _("Proprietary")


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class Family(models.TextChoices):
    LAND = "land", _("Land")
    HOME = "home", _("Home")
    MAKE = "make", _("Make")
    KNOW = "know", _("Know")


class ExchangeType(models.TextChoices):
    OFFER = "offer", _("Offers")
    WANT = "want", _("Looks for")


class ItemType(models.TextChoices):
    GOOD = "good", _("Goods")
    SERVICE = "service", _("Services")
    SPACE = "space", _("Space")
    MONEY = "money", _("Money")
    PEOPLE = "people", _("People")
    KNOWLEDGE = "knowledge", _("Knowledge")


class TransactionType(models.TextChoices):
    BORROW_LEND = "borrow-lend", _("to borrow or lend")
    RENT_LEASE = "rent-lease", _("to rent or lease")
    BUY_SELL = "buy-sell", _("to buy or sell")
    RECEIVE_DONATE = "receive-donate", _("to receive or give")


class VerdictKind(models.TextChoices):
    """What a person says of two listings. `different` only answers whether they are one: what else they are to each
    other stays for the engine to find."""

    SAME = "same", _("The same")
    DIFFERENT = "different", _("Not the same")
    PEERS = "peers", _("Peers")
    COMPLEMENTARY = "complementary", _("Complementary")
    UNRELATED = "unrelated", _("Unrelated")


class ConfirmationAnswer(models.TextChoices):
    RIGHT = "right", _("Still right")
    CHANGE = "change", _("Something has changed")
    STOPPED = "stopped", _("It has stopped")


# In which a listing may be the double of another: public, or on its way there.
COMPARED = (ReviewState.PUBLISHED, ReviewState.SUBMITTED, ReviewState.NEEDS_INFORMATION)


def is_public(path: str = "") -> models.Q:
    """What everybody may see: the one place that says so, for queries that start elsewhere too.

    `path` leads to the listing, as in `is_public("initiatives")` from a city.
    """
    prefix = f"{path}__" if path else ""
    return models.Q(**{f"{prefix}listing_kind": ListingKind.INITIATIVE}) & is_viewable(path)


def is_viewable(path: str = "") -> models.Q:
    """What has a page of its own: the public, and platforms."""
    prefix = f"{path}__" if path else ""
    return models.Q(**{f"{prefix}review_state": ReviewState.PUBLISHED})
