"""Answers that are written without their schema are what the schema would write."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from backend.booking.schemas import BookedSchema, HoldSchema
from backend.booking.types import Booked, HoldAnswer, booked_document, hold_document


def test_a_hold_is_written_as_described() -> None:
    summer, winter = datetime(2026, 7, 1, 8, tzinfo=UTC), datetime(2026, 12, 1, 8, 5, 0, 123, tzinfo=UTC)
    answer = HoldAnswer(uuid4(), "secret", "mitte", summer, winter, winter, 10)
    assert hold_document(answer) == HoldSchema().dump(answer)
    assert hold_document(answer)["starts_at"] == "2026-07-01T10:00:00+02:00"


def test_a_booking_is_written_as_described() -> None:
    answer = Booked("K7M-3DX-9PC", "secret", "ACDEFG", "unconfirmed")
    assert booked_document(answer) == BookedSchema().dump(answer)
