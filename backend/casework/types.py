"""Words and plain values of casework; the words are part of the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from backend.core.i18n import LocalizedText

LAST_DAY = date(9999, 12, 31)  # the rank of a case without any date: after all others
EXACT_UP_TO = 1_000
NO_NAME = "~"  # sorts after all letters
NOBODY = UUID(int=2**128 - 1)  # whom a case without assignee is assigned to, in orders and filters


class Action(StrEnum):
    """What somebody may do; the scope of a staff route in `tests/architecture/access.txt`."""

    LIST = "case.list"
    SEARCH = "case.search"
    OPEN = "case.open"
    TAKE = "case.take"
    ASSIGN = "case.assign"
    NOTE = "case.note"
    WRITE = "case.write"
    REQUEST = "case.request"
    PROPOSE = "case.propose"
    APPROVE = "case.approve"
    UNDO = "case.undo"
    BATCH = "case.batch"
    VIEWS = "case.views"
    PROFILE = "case.profile"
    LETTERS = "case.letters"
    TRAIL = "case.trail"
    BLOCKS = "case.blocks"
    RELATED = "case.related"
    EXPORT = "case.export"
    EXPORT_LIST = "case.export_list"
    EXPORT_TRAIL = "case.export_trail"
    TRAINING = "case.training"
    WORKERS = "case.workers"
    ABSENCE = "case.absence"
    TEAMS = "case.teams"
    ROUTING = "case.routing"
    CORRECT = "case.correct"
    REOPEN = "case.reopen"
    HAND_OVER = "case.hand_over"
    ASK_OPINION = "case.ask_opinion"
    ANSWER_OPINION = "case.answer_opinion"
    OPINIONS = "case.opinions"
    STATUS = "case.status"
    REFUND = "case.refund"
    RETENTION = "case.retention"


class Why(StrEnum):
    """Why somebody opens a case; kept in the audit trail, where the citizen can read it."""

    WORK = "work"
    QUESTION = "question"
    APPROVAL = "approval"
    OVERSIGHT = "oversight"


class ProposalState(StrEnum):
    """A decision on its way: it waits for a second person, or leaves when its time for undoing is over."""

    WAITING = "waiting"
    LEAVING = "leaving"
    LEFT = "left"
    UNDONE = "undone"
    RETURNED = "returned"
    VOID = "void"  # the case changed meanwhile, e.g. it was withdrawn


class Happened(StrEnum):
    """What the office did with a case, beside the events of the application."""

    TAKEN = "taken"
    ASSIGNED = "assigned"
    LABELLED = "labelled"
    NOTED = "noted"
    PROPOSED = "proposed"
    APPROVED = "approved"
    RETURNED = "returned"
    UNDONE = "undone"
    LEFT = "left"
    VOID = "void"
    LETTER_FAILED = "letter_failed"
    LETTER_PRINTED = "letter_printed"
    HANDED_OVER = "handed_over"
    ROUTED = "routed"
    ESCALATED = "escalated"
    OPINION_ASKED = "opinion_asked"
    OPINION_ANSWERED = "opinion_answered"
    OPINION_WITHDRAWN = "opinion_withdrawn"


Scope = Literal["open", "ended", "all"]
Sort = Literal[
    "due",
    "-due",
    "received",
    "-received",
    "service",
    "-service",
    "name",
    "-name",
    "state",
    "-state",
    "assigned",
    "-assigned",
]
Due = Literal["overdue", "soon"]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a work list shows; None and empty = no limit. `assigned`: me, nobody, or an account."""

    scope: Scope = "open"
    sort: Sort = "due"
    services: Sequence[str] = ()
    states: Sequence[str] = ()
    offices: Sequence[str] = ()
    languages: Sequence[str] = ()
    waiting_for: str | None = None
    assigned: str | None = None
    older_than_days: int | None = None
    due: Due | None = None
    at_risk: bool = False
    label: str | None = None
    escalated: bool = False
    to_approve: bool = False  # a decision of somebody else waits for a second person
    teams: Sequence[str] | None = None  # only cases of no team or of these


@dataclass(frozen=True, kw_only=True)
class Order:
    """The whole order of a list: the groups as they stand here (none: one list), in each by a column and the id."""

    sort: Sort
    by: Literal["due_rank", "received_at", "name_key"]
    down: bool
    group: Literal["service", "state", "assignee"] | None = None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a page of a list ends: at which value of the order's column, with which case, in which group."""

    value: date | datetime | str
    case: UUID
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Whom or what somebody looks for: a reference, or a name, with or without a date of birth."""

    reference: str | None = None
    name: str | None = None
    birth_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Who applied, as the answers say it."""

    name: str | None
    given_name: str | None
    family_name: str | None
    birth_date: str | None
    postcode: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """One case in a work list."""

    reference: str
    service: str
    title: LocalizedText
    office: str
    name: str | None
    language: str
    state: str
    waiting_for: str | None
    received_at: datetime
    age_days: int
    promise_on: date | None
    due_on: date | None
    urgency: str
    assigned_to: UUID | None
    assigned_name: str | None
    team: str | None
    labels: list[str]
    escalated: bool
    revision: int


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """A page of cases; `count` is exact up to 1,000, above that `count_is_exact` is False."""

    items: list[CaseLine]
    next: str | None
    count: int
    count_is_exact: bool
    sort: str


@dataclass(kw_only=True)
class BatchResult:
    """How far a batch is: the references that it changed, and each that it could not with the reason.

    `left` cases are still to come. `batch` can be undone until `undo_until`. `would` tells what a preview found.
    """

    batch: UUID | None = None
    action: str
    state: str
    preview: bool
    total: int
    left: int
    done: list[str]
    failed: list[dict[str, Any]]
    would: list[dict[str, Any]]
    undo_until: datetime | None = None
