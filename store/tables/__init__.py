"""Every table, so that importing this package fills `Base.metadata`."""

from store.tables.base import Base
from store.tables.catalogue import Agency, CatalogueState, Course, CourseSession, Provider
from store.tables.console import (
    Adviser,
    AdviserSession,
    AuditEntry,
    CannedAnswer,
    ConversationFacts,
    ConversationRead,
    Mention,
    MessageDue,
    Note,
    SavedView,
    SignInFailure,
    Tag,
    Tagging,
)
from store.tables.conversations import Conversation, Message, ProviderTemplate
from store.tables.editing import CatalogueDraft, CourseTelling, LinkCheck, NameDue, PersonName
from store.tables.figures import FigureCount, FigureDay, FigureProgress
from store.tables.people import Address, Consent, LinkCode, Person
from store.tables.registrations import Registration, RegistrationChange
from store.tables.requests import AdviserRequest, Alert, Erasure, Feedback, ForgottenMessage
from store.tables.retention import EngineErasureDue, RetentionProgress
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
    "CatalogueDraft",
    "CatalogueState",
    "Consent",
    "Conversation",
    "ConversationFacts",
    "ConversationRead",
    "Course",
    "CourseSession",
    "CourseTelling",
    "EngineErasureDue",
    "Erasure",
    "Feedback",
    "FigureCount",
    "FigureDay",
    "FigureProgress",
    "ForgottenMessage",
    "LinkCheck",
    "LinkCode",
    "Mention",
    "Message",
    "MessageDue",
    "NameDue",
    "Note",
    "Person",
    "PersonName",
    "Provider",
    "ProviderTemplate",
    "Registration",
    "RegistrationChange",
    "RetentionProgress",
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
