"""Decisions on plain values: when a message may be sent to a contact, when it is tried again, when it is outdated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.notifications.types import ApplicationMessage, BookingMessage, MessageKind

HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)
PER_HOUR = 5
PER_DAY = 10
GIVE_UP_AFTER = DAY
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), HOUR)
REPEATS_IN_DOUBT = 1


def free_at(recent: Sequence[datetime], now: datetime) -> datetime:
    """The first instant at which one more message fits the caps, given the times of earlier ones, newest first."""
    earliest = now
    for count, window in ((PER_HOUR, HOUR), (PER_DAY, DAY)):
        if len(recent) >= count:
            earliest = max(earliest, recent[count - 1] + window)
    return earliest


def next_try(attempts: int, now: datetime, give_up_at: datetime) -> datetime | None:
    """When to try again after `attempts` tries: in 1, 5, 15, 60 minutes, then hourly; None when it is given up."""
    again = now + PAUSES[min(attempts, len(PAUSES)) - 1]
    return again if again <= give_up_at else None


def still_true(
    kind: MessageKind, message: BookingMessage, *, sequence: int | None, recipient: str, now: datetime
) -> bool:
    """True while the message says what is so: same state, same version, same address, and time left to act."""
    if message.state != kind.fits_state or (message.email or "").casefold() != recipient.casefold():
        return False
    if kind is MessageKind.CONFIRM_REQUEST and (message.confirm_by is None or message.confirm_by <= now):
        return False
    return sequence is None or sequence == message.sequence


def application_still_true(kind: MessageKind, message: ApplicationMessage, *, recipient: str) -> bool:
    """True while a message about an application says what is so, and its address is still the person's."""
    if (message.email or "").casefold() != recipient.casefold():
        return False
    match kind:
        case MessageKind.APPLICATION_RESUME:
            return not message.with_account
        case MessageKind.APPLICATION_DRAFT_REMINDER:
            return message.state == "draft"
        case MessageKind.APPLICATION_REQUEST | MessageKind.APPLICATION_REQUEST_REMINDER:
            return message.due_on is not None
        case MessageKind.APPLICATION_ERASURE:
            return message.state != "draft" and message.erase_after is not None
        case MessageKind.APPLICATION_PAID:
            return message.payment == "booked"
        case _:
            return message.state != "draft"


def mailbox(address: str) -> str:
    """The mailbox behind an address, for caps: case and a `+tag` make no new person."""
    local, _, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
