"""What a message is made of: kinds, states and the facts that its mails need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from backend.core.i18n import LocalizedText

Topic = Literal["appointment", "application", "account", "office"]


class MessageKind(StrEnum):
    """What happened, as the recipient sees it; one mail template each."""

    CONFIRM_REQUEST = "confirm_request"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    CANCELLED = "cancelled"
    LINKS = "links"
    APPLICATION_RESUME = "application_resume"
    APPLICATION_SENT = "application_sent"
    APPLICATION_REQUEST = "application_request"
    APPLICATION_REQUEST_REMINDER = "application_request_reminder"
    APPLICATION_MESSAGE = "application_message"
    APPLICATION_DECIDED = "application_decided"
    APPLICATION_PAID = "application_paid"
    APPLICATION_DRAFT_REMINDER = "application_draft_reminder"
    APPLICATION_ERASURE = "application_erasure"
    ACCOUNT_IDLE = "account_idle"
    OFFICE_ESCALATION = "office_escalation"
    OFFICE_OPINION_ASKED = "office_opinion_asked"
    OFFICE_OPINION_ANSWERED = "office_opinion_answered"

    @property
    def topic(self) -> Topic:
        """What the message is about: which source knows it, which letters tell it."""
        first = self.value.partition("_")[0]
        topics: dict[str, Topic] = {"account": "account", "application": "application", "office": "office"}
        return topics.get(first, "appointment")

    @property
    def unasked(self) -> bool:
        """True when anybody can cause it for an address that is not theirs (so it is capped by dropping)."""
        return self in {MessageKind.CONFIRM_REQUEST, MessageKind.LINKS, MessageKind.APPLICATION_RESUME}

    @property
    def fits_state(self) -> str:
        """The state of the appointment in which a message about it is still true."""
        match self:
            case MessageKind.CONFIRM_REQUEST:
                return "unconfirmed"
            case MessageKind.CANCELLED:
                return "cancelled"
            case _:
                return "booked"


class MessageState(StrEnum):
    """Where a message is; `failed` waits for its next try, the last four are final."""

    QUEUED = "queued"
    SENDING = "sending"
    FAILED = "failed"
    SENT = "sent"
    DEAD = "dead"
    UNKNOWN = "unknown"
    SUPERSEDED = "superseded"


FINAL = frozenset({MessageState.SENT, MessageState.DEAD, MessageState.UNKNOWN, MessageState.SUPERSEDED})


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """One service of the appointment and for how many persons."""

    name: LocalizedText
    quantity: int


@dataclass(frozen=True, kw_only=True)
class BookingMessage:
    """An appointment as its mails and calendar files tell it; times are aware, texts in the reader's language."""

    reference: str
    state: str
    sequence: int
    uid: str
    updated_at: datetime
    starts_at: datetime
    ends_at: datetime
    email: str | None
    person_name: str
    services: tuple[ServiceLine, ...]
    documents: tuple[LocalizedText, ...]
    office_name: str
    address: tuple[str, ...]
    how_to_get_there: LocalizedText | None
    access: LocalizedText | None
    confirm_by: datetime | None
    demo: bool


@dataclass(frozen=True, kw_only=True)
class ApplicationMessage:
    """An application as its mails tell it: its number and what is to be done, neither person nor service."""

    reference: str | None
    state: str
    email: str | None
    payment: str | None
    with_account: bool
    undo_until: datetime | None
    due_on: date | None
    erase_after: datetime | None
    demo: bool


@dataclass(frozen=True, kw_only=True)
class Threatened:
    """A case whose deadline is near: its number, its service, the day, and whether it counts as granted after it."""

    reference: str
    title: LocalizedText
    day: date
    deemed: bool


@dataclass(frozen=True, kw_only=True)
class Questioned:
    """A question between offices: about which case, the name of the other one, until when (None: it is answered)."""

    reference: str
    title: LocalizedText
    office: str
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class OfficeMessage:
    """What a mail to an office tells: its threatened cases, the most urgent first, or one question."""

    cases: tuple[Threatened, ...] = ()
    question: Questioned | None = None


Told = TypeVar("Told", BookingMessage, ApplicationMessage, covariant=True)


class MessageSource(Protocol[Told]):
    """Who owns what a message is about: asked again before every sending, so that nothing outdated leaves."""

    def load(self, session: Session, object_id: UUID, language: str) -> Told | None:
        """The thing as it is now, or None when it is gone."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A finished message in one language, independent of its channel's wire format."""

    subject: str
    text: str
    html: str
    calendar: bytes | None = None
    calendar_method: str | None = None


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Who gets a letter, and the id that stays the same when it is sent again."""

    message_id: UUID
    recipient: str
    language: str


Secrets = Mapping[str, str]
