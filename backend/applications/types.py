"""States, happenings and plain values of applications; the words are part of the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from backend.core.errors import FieldError
from backend.core.i18n import LocalizedText

Answers = dict[str, Any]
WaitingFor = Literal["citizen", "payment"]


class State(StrEnum):
    """The short main status; everything else about an application is a facet beside it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # sent, can still be undone
    RECEIVED = "received"
    IN_REVIEW = "in_review"
    WAITING = "waiting_for_citizen"
    GRANTED = "decided_granted"
    PARTLY = "decided_partly"
    REFUSED = "decided_refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CLOSED = "closed"


class Happening(StrEnum):
    """What can happen to an application: the type of an event."""

    CREATED = "created"
    VERSION_MOVED = "version_moved"
    DRAFT_WARNED = "draft_warned"
    SUBMITTED = "submitted"
    UNDONE = "undone"
    RECEIVED = "received"
    REVIEW_STARTED = "review_started"
    FEE_SET = "fee_set"
    PAYMENT = "payment"
    REQUEST_OPENED = "request_opened"
    REQUEST_REMINDED = "request_reminded"
    REQUEST_EXTENDED = "request_extended"
    REQUEST_ANSWERED = "request_answered"
    REQUEST_CANCELLED = "request_cancelled"
    PERSON_WROTE = "person_wrote"
    OFFICE_WROTE = "office_wrote"
    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"
    DISCONTINUED = "discontinued"  # ended by the office without a decision
    PERSON_ASKED = "person_asked"  # the citizen wants a person to look at what the rules decided
    LETTER_PROVIDED = "letter_provided"
    HANDOVER = "handover"
    APPOINTMENT = "appointment"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CLOSED = "closed"
    CORRECTED = "corrected"
    OFFICE_CHANGED = "office_changed"
    REOPENED = "reopened"
    PURGED = "purged"
    ERASURE_ANNOUNCED = "erasure_announced"
    ERASED = "erased"


class By(StrEnum):
    """Who did it, as the timeline says it: names of staff are never shown there."""

    PERSON = "person"
    HELPER = "helper"
    OFFICE = "office"
    SYSTEM = "system"


Outcome = Literal["granted", "partly", "refused", "closed"]
DECISIONS: Mapping[Outcome, Happening] = {
    "granted": Happening.GRANTED,
    "partly": Happening.PARTLY_GRANTED,
    "refused": Happening.REFUSED,
    "closed": Happening.DISCONTINUED,
}
PAID = frozenset({"booked", "waived"})


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of an application's life; `data` holds codes, numbers and ids, never what a person wrote."""

    type: Happening
    by: By
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where an application stands: the fold of its events. `stops` are the times in which its clock stood still.

    `refund`: it was withdrawn early enough that a fee which was paid goes back. `ended_at`: since when it is over.
    """

    state: State = State.DRAFT
    payment: str | None = None
    pays_first: bool = False
    withdrawn: bool = False
    refund: bool = False
    identity: str | None = None
    handover: str | None = None
    appointment: str | None = None
    open_requests: frozenset[str] = frozenset()
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    decided_at: datetime | None = None
    ended_at: datetime | None = None
    stops: tuple[tuple[datetime, datetime | None], ...] = ()
    version: int = 0

    @property
    def waiting_for(self) -> WaitingFor | None:
        """Whose turn it is, when it is not the office's."""
        if self.open_requests:
            return "citizen"
        owed = self.pays_first and self.payment is not None and self.payment not in PAID
        return "payment" if owed and self.state in {State.SUBMITTED, State.RECEIVED} else None


@dataclass(frozen=True, kw_only=True)
class Promise:
    """Until when the office has promised to decide; no date while the clock stands still or nothing was promised."""

    date: date | None
    clock: Literal["running", "stopped", "ended"]
    stopped_since: datetime | None
    source: str | None


@dataclass(frozen=True, kw_only=True)
class Prefilled:
    """Where a prefilled answer came from and whether the person may change it."""

    source: str
    locked: bool


@dataclass(kw_only=True)
class Document:
    """What is sealed in an application's row: the answers and all that quotes them.

    `evaluation` is the log of the last rules run (fee lines, route, decision); `saved` names the pages saved once;
    `email` is where a person without an account wants to be written to.
    """

    answers: Answers = field(default_factory=dict)
    prefilled: dict[str, Prefilled] = field(default_factory=dict)
    email: str | None = None
    saved: list[str] = field(default_factory=list)
    evaluation: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class FileHolder:
    """What files/ needs to know of the application that takes a file: its key, its owner and the open slots."""

    id: UUID
    key_id: UUID
    account_id: UUID | None
    slots: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """A draft as its person or her helper sees it; `changes` tells of a newer form than the one she last saved in."""

    draft_id: UUID
    reference: str | None
    service: str
    title: LocalizedText
    version: int
    content_hash: str
    revision: int
    language: str
    answers: Answers
    prefilled: list[dict[str, Any]]
    pages: list[dict[str, str]]
    attachments: list[Any]
    expires_at: datetime
    touched_at: datetime
    level_needed: str
    changes: dict[str, Any] | None
    actor: str
    represented: bool
    appointment: dict[str, Any] | None
    email: str | None
    errors: list[FieldError] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """A draft in a list, without anything that was typed; `readable`: False below the level it was filled at."""

    draft_id: UUID
    reference: str | None
    service: str
    title: LocalizedText
    revision: int
    language: str
    expires_at: datetime
    touched_at: datetime
    level_needed: str
    represented: bool
    readable: bool


@dataclass(frozen=True, kw_only=True)
class FeeView:
    """What it costs, in cents, by its lines; `unknown`: the office tells the fee before anybody pays."""

    cents: int | None
    unknown: bool
    lines: list[dict[str, Any]]
    unknown_text: LocalizedText | None = None
