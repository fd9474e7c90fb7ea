"""Every table, so that importing this package fills `Base.metadata`."""

from store.tables.base import Base
from store.tables.catalogue import Agency, Course, CourseSession, Provider
from store.tables.console import (
    Adviser,
    AdviserSession,
    AuditEntry,
    CannedAnswer,
    ConversationFacts,
    ConversationRead,
    MessageDue,
    Note,
    SavedView,
    SignInFailure,
    Tag,
    Tagging,
)
from store.tables.conversations import Conversation, Message, ProviderTemplate
from store.tables.people import Address, Consent, LinkCode, Person
from store.tables.registrations import Registration, RegistrationChange
from store.tables.requests import AdviserRequest, Alert, Erasure, Feedback
from store.tables.review import (
    ReviewAnswer,
    ReviewDue,
    ReviewExample,
    ReviewItem,
    ReviewMark,
    ReviewMessage,
)

__all__ = [
    "Address",
    "Adviser",
    "AdviserRequest",
    "AdviserSession",
    "Agency",
    "Alert",
    "AuditEntry",
    "Base",
    "CannedAnswer",
    "Consent",
    "Conversation",
    "ConversationFacts",
    "ConversationRead",
    "Course",
    "CourseSession",
    "Erasure",
    "Feedback",
    "LinkCode",
    "Message",
    "MessageDue",
    "Note",
    "Person",
    "Provider",
    "ProviderTemplate",
    "Registration",
    "RegistrationChange",
    "ReviewAnswer",
    "ReviewDue",
    "ReviewExample",
    "ReviewItem",
    "ReviewMark",
    "ReviewMessage",
    "SavedView",
    "SignInFailure",
    "Tag",
    "Tagging",
]
