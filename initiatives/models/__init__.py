"""The nouns of the directory, each with its QuerySet, its questions and its deeds."""

from initiatives.models.budgets import MailAddress, MailBudget
from initiatives.models.bulk import BulkDeed, BulkKind, BulkState, Upload, UploadState
from initiatives.models.changes import Change
from initiatives.models.choices import is_public
from initiatives.models.city import City
from initiatives.models.claims import Claim
from initiatives.models.confirming import Confirmation
from initiatives.models.consent import Consent
from initiatives.models.domain import Domain
from initiatives.models.editing import StaleVersion
from initiatives.models.exchange import Exchange
from initiatives.models.initiative import Initiative, InitiativeDomain, Translation
from initiatives.models.invitations import Invitation
from initiatives.models.licence import Licence, ProtectionClass
from initiatives.models.links import InitiativeLicence, Relationship
from initiatives.models.mail import Mail
from initiatives.models.merging import Merge, MergeState, merge
from initiatives.models.moderation import ReviewEvent
from initiatives.models.once import OneTimeKey
from initiatives.models.outbox import Outbox, OutboxKind
from initiatives.models.overlaps import (
    Activity,
    DuplicatePair,
    Feedback,
    Group,
    GroupEvent,
    GroupMove,
    Membership,
    OverlapRun,
    OverlapSpace,
    OverlapTraits,
    OverlapVector,
    Pair,
    Placement,
    Verdict,
    VerdictEvent,
    give_verdict,
    take_back_verdict,
)
from initiatives.models.people import User
from initiatives.models.refusals import IllegalDeed, IllegalMove
from initiatives.models.registering import Registration
from initiatives.models.remembering import HistoryEvent
from initiatives.models.reports import Report
from initiatives.models.roles import Appointment, Role
from initiatives.models.search import SearchText, SearchWord
from initiatives.models.source import Source
from initiatives.models.stewardship import Stewardship
from initiatives.models.tag import Tag, TaggedExchange, TaggedInitiative

__all__ = [
    "Activity",
    "Appointment",
    "BulkDeed",
    "BulkKind",
    "BulkState",
    "Change",
    "City",
    "Claim",
    "Confirmation",
    "Consent",
    "Domain",
    "DuplicatePair",
    "Exchange",
    "Feedback",
    "Group",
    "GroupEvent",
    "GroupMove",
    "HistoryEvent",
    "IllegalDeed",
    "IllegalMove",
    "Initiative",
    "InitiativeDomain",
    "InitiativeLicence",
    "Invitation",
    "Licence",
    "Mail",
    "MailAddress",
    "MailBudget",
    "Membership",
    "Merge",
    "MergeState",
    "OneTimeKey",
    "Outbox",
    "OutboxKind",
    "OverlapRun",
    "OverlapSpace",
    "OverlapTraits",
    "OverlapVector",
    "Pair",
    "Placement",
    "ProtectionClass",
    "Registration",
    "Relationship",
    "Report",
    "ReviewEvent",
    "Role",
    "SearchText",
    "SearchWord",
    "Source",
    "StaleVersion",
    "Stewardship",
    "Tag",
    "TaggedExchange",
    "TaggedInitiative",
    "Translation",
    "Upload",
    "UploadState",
    "User",
    "Verdict",
    "VerdictEvent",
    "give_verdict",
    "is_public",
    "merge",
    "take_back_verdict",
]
