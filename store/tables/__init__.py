"""Every table, so that importing this package fills `Base.metadata`."""

from store.tables.base import Base
from store.tables.catalogue import Agency, CatalogueState, Course, CourseSession, Provider
from store.tables.console import (
    Adviser,
    AdviserSession,
    AuditEntry,
    CannedAnswer,
    ConversationIndex,
    ConversationRead,
    Mention,
    Note,
    SavedView,
    SearchBacklog,
    SignInFailure,
    Tag,
    Tagging,
)
from store.tables.conversations import Conversation, Message, ProviderTemplate
from store.tables.editing import CatalogueDraft, CourseTelling, LinkCheck, NameBacklog, PersonName
from store.tables.figures import FigureCount, FigureDay, FigureProgress
from store.tables.people import Address, Consent, LinkCode, Person
from store.tables.registrations import Registration, RegistrationChange
from store.tables.requests import AdviserRequest, Alert, Erasure, Feedback, MessageTombstone
from store.tables.retention import ErasureBacklog, RetentionProgress
from store.tables.review import (
    ReviewAnswer,
    ReviewBacklog,
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
    "ConversationIndex",
    "ConversationRead",
    "Course",
    "CourseSession",
    "CourseTelling",
    "Erasure",
    "ErasureBacklog",
    "Feedback",
    "FigureCount",
    "FigureDay",
    "FigureProgress",
    "LinkCheck",
    "LinkCode",
    "Mention",
    "Message",
    "MessageTombstone",
    "NameBacklog",
    "Note",
    "Person",
    "PersonName",
    "Provider",
    "ProviderTemplate",
    "Registration",
    "RegistrationChange",
    "RetentionProgress",
    "ReviewAnswer",
    "ReviewBacklog",
    "ReviewExample",
    "ReviewItem",
    "ReviewMark",
    "ReviewMessage",
    "SavedView",
    "SearchBacklog",
    "SignInFailure",
    "Tag",
    "Tagging",
]
