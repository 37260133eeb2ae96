"""Plain values of payments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

Way = Literal["online", "invoice", "counter"]


class PaymentState(StrEnum):
    """Where a payment stands; only the payment service's own answer or a person of the office makes it `booked`."""

    OPEN = "open"
    STARTED = "started"
    BOOKED = "booked"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    WAIVED = "waived"


SURPLUS = "surplus"  # told, not stored: money came that nobody wants any more; it is to go back
SURPLUS_REFUNDED = "surplus_refunded"
LIVE = frozenset({PaymentState.OPEN, PaymentState.STARTED})
SETTLED = frozenset({PaymentState.BOOKED, PaymentState.REFUNDED, PaymentState.WAIVED})


@dataclass(frozen=True)
class Line:
    """One line of a fee: what it is for (a rule of the form), its sum in cents, how many when it counts."""

    rule: str
    cents: int
    quantity: int | None = None


@dataclass(frozen=True)
class Intent:
    """One attempt to have a fee paid, as others see it. `failure` is a code, `refund` is due, done or None.

    `surplus`: paid although another attempt was already paid; it goes back by itself.
    """

    id: UUID
    application_id: UUID
    attempt: int
    state: PaymentState
    cents: int
    lines: Sequence[Mapping[str, Any]]
    purpose: str
    provider: Way
    due_on: date | None
    failure: str | None
    refund: str | None
    surplus: bool
    receipt_number: str | None
    can_retry: bool


@dataclass(frozen=True)
class Receipt:
    """What a person can print: number, what for, how much, how and when; `refunded_on` when it went back."""

    number: str
    cents: int
    currency: str
    lines: Sequence[Mapping[str, Any]]
    purpose: str
    provider: Way
    method: str | None
    reference: str | None
    booked_at: datetime
    refunded_at: datetime | None


@dataclass(frozen=True)
class Order:
    """What a provider is told; `request_id` stays the same however often it is sent."""

    request_id: str
    made_at: datetime
    cents: int
    purpose: str
    lines: Sequence[Line]
    return_to: str
    transaction_id: str | None = None
    end_point: str | None = None


class Outcome(StrEnum):
    """What a provider says about a payment."""

    WAITING = "waiting"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # it knows no such payment


@dataclass(frozen=True)
class Answer:
    """A provider's answer. `cents` is the amount it knows (None: it did not say), `location` the page to pay on."""

    outcome: Outcome
    transaction_id: str | None = None
    reference: str | None = None
    location: str | None = None
    method: str | None = None
    cents: int | None = None
    request_id: str | None = None
    due_on: date | None = None
