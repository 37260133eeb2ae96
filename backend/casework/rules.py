"""Pure decisions of casework: when a second person is needed, how urgent a case is, what a search key is."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from backend.applications import promise
from backend.casework.types import LAST_DAY, NO_NAME, Applicant
from backend.core.names import search_form

SOON = timedelta(days=7)
RISK = timedelta(days=3)
UNDO = timedelta(minutes=15)
INDEX_BYTES = 16
PERCENT = 100
LEAST_LETTERS = 2
LONGEST_KEY = 48


def second_because(setting: Any, *, outcome: str, fee_cents: int | None, draw: int) -> str | None:
    """Why a second person has to approve, None when nobody has to; `draw` is the case's lot from 0 to 99.

    `setting` is the package's `four_eyes`: `never`, `on_refusal` (also for a grant in part and for closing), `always`,
    `{"above_fee_cents": n}` (an unknown fee counts as above), `{"random_percent": n}`. What nobody knows needs two.
    """
    if isinstance(setting, Mapping):
        if "above_fee_cents" in setting:
            above = fee_cents is None or fee_cents > int(setting["above_fee_cents"])
            return "above_fee" if above else None
        return "random" if draw < int(setting.get("random_percent", PERCENT)) else None
    if setting == "on_refusal":
        return None if outcome == "granted" else "on_refusal"
    return None if setting == "never" else "always"


def lot(key: bytes, application_id: UUID) -> int:
    """The lot of a case, from 0 to 99: the same however often it is decided, so that nobody draws until it suits."""
    return int.from_bytes(hmac.digest(key, application_id.bytes, "sha256")[:8], "big") % PERCENT


def due_rank(*dates: date | None) -> date:
    """By which day a case is sorted: its earliest date, the last of all days without one."""
    return min((day for day in dates if day is not None), default=LAST_DAY)


def urgency(rank: date, today: date) -> str:
    """Overdue, soon, later or none."""
    if rank == LAST_DAY:
        return "none"
    if rank < today:
        return "overdue"
    return "soon" if rank <= today + SOON else "later"


def answer_days(today: date) -> list[date]:
    """Days by which an answer to a request may be asked: two, four and six weeks, moved to working days."""
    return [promise.working_day(today + timedelta(weeks=weeks)) for weeks in (2, 4, 6)]


def search_words(text: str) -> list[str]:
    """The words of a typed name in search form; those of one letter find too much and are left out."""
    return [word for word in search_form(text).split() if len(word) >= LEAST_LETTERS]


def name_key(who: Applicant) -> str:
    """By what a person is sorted: family name, then given name, in search form; nobody's name is after all others."""
    parts = (search_form(str(part)) for part in (who.family_name, who.given_name) if part)
    return " ".join(part for part in parts if part)[:LONGEST_KEY] or NO_NAME


def birth_index(key: bytes, family_name: str, birth_date: date) -> bytes:
    """A 128-bit blind index over name and date of birth; the date alone has too few values to hide behind a key."""
    return hmac.digest(key, f"{search_form(family_name)}|{birth_date.isoformat()}".encode(), "sha256")[:INDEX_BYTES]


def fitting(
    rules: Sequence[Mapping[str, Any]], *, service: str, language: str, postcode: str | None
) -> Mapping[str, Any] | None:
    """The first routing rule that fits a new case; None and empty conditions fit every case.

    A rule with postcodes (their beginnings) fits no case whose postcode nobody knows.
    """
    for rule in rules:
        if rule["service"] not in (None, service) or rule["language"] not in (None, language):
            continue
        if rule["postcodes"] and not (postcode or "").startswith(tuple(rule["postcodes"])):
            continue
        return rule
    return None
