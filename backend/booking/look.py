"""Everything that a search reads for its first days, in one statement: windows, maps, claims that end by themselves."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from backend.booking.wish import Wish
from backend.capacity.rules import CELL, ONE_DAY, local_date
from backend.capacity.search import (
    END_DAY,
    FIRST_DAY,
    WINDOWS_AND_MAPS,
    Asked,
    DayMaps,
    for_each_length,
    helper,
)
from backend.capacity.service import NEVER, BookingWindow

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
by_day = DayMaps.__getitem__  # noqa
