"""Every table, so that importing this package fills `Base.metadata`."""

from store.tables.base import Base
from store.tables.catalogue import Agency, Course, CourseSession, Provider
from store.tables.conversations import Conversation, Message, ProviderTemplate
from store.tables.people import Address, Consent, LinkCode, Person
from store.tables.registrations import Registration, RegistrationChange
from store.tables.requests import AdviserRequest, Alert, Erasure, Feedback

__all__ = [
    "Address",
    "AdviserRequest",
    "Agency",
    "Alert",
    "Base",
    "Consent",
    "Conversation",
    "Course",
    "CourseSession",
    "Erasure",
    "Feedback",
    "LinkCode",
    "Message",
    "Person",
    "Provider",
    "ProviderTemplate",
    "Registration",
    "RegistrationChange",
]
