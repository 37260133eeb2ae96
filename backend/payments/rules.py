"""Decisions on plain values: texts that a payment service takes, when to ask again, what an answer means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from backend.payments.types import LIVE, Answer, Line, Outcome, PaymentState

PURPOSE_LENGTH = 27
DESCRIPTION_LENGTH = 250
ABANDONED_AFTER = timedelta(hours=24)
# age of a started payment → pause until the next question; later nobody asks
PAUSES = (
    (timedelta(minutes=5), timedelta(seconds=30)),
    (timedelta(hours=1), timedelta(minutes=5)),
    (timedelta(hours=24), timedelta(hours=1)),
    (timedelta(days=7), timedelta(days=1)),
)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})
_NOT_PURPOSE = re.compile(r"[^A-Za-z0-9_\- ]+")
_NOT_DESCRIPTION = re.compile(r"[^A-Za-z0-9_\-,. \u00C0-\u017F]+")
_NOT_KEY = re.compile(r"[^A-Za-z0-9_-]+")


def reduced_purpose(text: str) -> str:
    """The purpose in the 27 signs that XBezahldienste allows; the last word (the reference) is never cut."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFD", text.translate(_GERMAN)) if not unicodedata.combining(sign)
    )
    words = " ".join(_NOT_PURPOSE.sub(" ", plain).split())
    if len(words) <= PURPOSE_LENGTH:
        return words
    front, _, last = words.rpartition(" ")
    return f"{front[: PURPOSE_LENGTH - len(last) - 1].rstrip(' -')} {last}".strip()[:PURPOSE_LENGTH]


def reduced_description(text: str) -> str:
    """The description in the letters up to U+017F that XBezahldienste allows, at most 250."""
    return " ".join(_NOT_DESCRIPTION.sub(" ", unicodedata.normalize("NFC", text)).split())[:DESCRIPTION_LENGTH]


def reduced_key(text: str) -> str:
    """A key of 1 to 36 letters, digits, `_` and `-`."""
    return _NOT_KEY.sub("-", text)[:36] or "-"


def lines_of(lines: Iterable[Mapping[str, Any]], cents: int) -> list[Line]:
    """The lines of a fee; raises ValueError when their sum is not the amount (then a rule is wrong, not a person)."""
    made = [Line(str(line["rule"]), int(line["cents"]), line.get("quantity")) for line in lines]
    if not made or sum(line.cents for line in made) != cents or any(line.cents <= 0 for line in made):
        raise ValueError("the lines of a fee do not add up to its amount")
    return made


def next_check(started_at: datetime, now: datetime) -> datetime | None:
    """When to ask the payment service again about a payment that nobody came back from; None after a week."""
    age = now - started_at
    return next((now + pause for limit, pause in PAUSES if age < limit), None)


def abandoned(started_at: datetime, now: datetime) -> bool:
    """True when a person who closed the tab gets a fresh start (the service is still asked for late payments)."""
    return now - started_at >= ABANDONED_AFTER


def fits(answer: Answer, *, cents: int, request_id: str) -> bool:
    """True when the service speaks of our payment and its whole amount, as far as it names them."""
    return answer.cents in {None, cents} and answer.request_id in {None, request_id}


def after(state: PaymentState, answer: Answer, *, fitting: bool, too_old: bool) -> tuple[PaymentState, str | None]:
    """The state and failure code after a provider's answer. Paid counts in every state but settled ones."""
    if answer.outcome is Outcome.PAID:
        return (PaymentState.BOOKED, None) if fitting else (state, "amount_mismatch")
    if state not in LIVE:
        return state, None
    if answer.outcome is Outcome.FAILED:
        return PaymentState.FAILED, "failed"
    if answer.outcome is Outcome.CANCELLED:
        return PaymentState.CANCELLED, "cancelled"
    if answer.outcome is Outcome.UNKNOWN:
        return PaymentState.FAILED, "unknown_to_provider"
    return (PaymentState.CANCELLED, "abandoned") if too_old else (PaymentState.STARTED, None)


def receipt_number(year: int, number: int) -> str:
    """The number of a receipt as it is printed: `Z-2026-0000123`."""
    return f"Z-{year}-{number:07d}"
