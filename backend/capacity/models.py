"""Tables of capacity: lanes, the rules that open them, and the read model of free time per lane and day."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.capacity.types import LaneKind, Usage
from backend.core.db import Base

FIRST_CELLS = (1, 2, 3, 4, 6, 9)


def _one_of(column: str, values: type[LaneKind] | type[Usage]) -> str:
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"


def _on_grid(starts: str, ends: str) -> str:
    """Full five minutes; 24:00 is written 00:00, because Python's time has no other."""
    return f"extract(epoch FROM {starts}) % 300 = 0 AND extract(epoch FROM {ends}) % 300 = 0 AND {ends} < time '24:00'"


class BookingRule(Base):
    """How an office may be booked; `materialised_until` is the last date whose lane days all exist."""

    __tablename__ = "booking_rule"
    __table_args__ = (
        CheckConstraint("horizon_days BETWEEN 1 AND 365", "horizon"),
        CheckConstraint("lead_minutes BETWEEN 0 AND 100000", "lead"),
        CheckConstraint("land ~ '^[A-Z]{2}$'", "land"),
    )

    office_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("office.id"), primary_key=True, autoincrement=False)
    land: Mapped[str] = mapped_column(Text)
    horizon_days: Mapped[int] = mapped_column(SmallInteger)
    lead_minutes: Mapped[int]
    materialised_until: Mapped[date | None]


class Resource(Base):
    """One lane: a desk of a slot class, or a resource that some visits need beside it (interpreter, larger room)."""

    __tablename__ = "resource"
    __table_args__ = (
        UniqueConstraint("office_id", "kind", "usage", "number"),
        CheckConstraint(_one_of("kind", LaneKind), "kind"),
        CheckConstraint(_one_of("usage", Usage), "usage"),
        CheckConstraint("number > 0", "number"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    office_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("office.id"))
    kind: Mapped[str] = mapped_column(Text)
    usage: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(SmallInteger)


class OpeningPeriod(Base):
    """So many lanes of a kind are open every week on a weekday between two local times; 00:00 closes at midnight."""

    __tablename__ = "opening_period"
    __table_args__ = (
        CheckConstraint(_one_of("kind", LaneKind), "kind"),
        CheckConstraint("weekday BETWEEN 1 AND 7", "weekday"),
        CheckConstraint("opens < closes OR closes = time '00:00'", "opens_before_closes"),
        CheckConstraint(_on_grid("opens", "closes"), "on_grid"),
        CheckConstraint("lanes_public >= 0 AND lanes_internal >= 0 AND lanes_public + lanes_internal > 0", "lanes"),
        CheckConstraint("valid_until >= valid_from", "valid"),
        Index("ix_opening_period_office_id", "office_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    office_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("office.id"))
    kind: Mapped[str] = mapped_column(Text)
    weekday: Mapped[int] = mapped_column(SmallInteger)
    opens: Mapped[time]
    closes: Mapped[time]
    lanes_public: Mapped[int] = mapped_column(SmallInteger)
    lanes_internal: Mapped[int] = mapped_column(SmallInteger)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class BreakTime(Base):
    """All lanes of an office rest every week on a weekday between two local times."""

    __tablename__ = "break_time"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", "weekday"),
        CheckConstraint("starts < ends OR ends = time '00:00'", "starts_before_ends"),
        CheckConstraint(_on_grid("starts", "ends"), "on_grid"),
        CheckConstraint("valid_until >= valid_from", "valid"),
        Index("ix_break_time_office_id", "office_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    office_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("office.id"))
    weekday: Mapped[int] = mapped_column(SmallInteger)
    starts: Mapped[time]
    ends: Mapped[time]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class ExtraOpening(Base):
    """Lanes that open on one date beyond the weekly pattern, also on a public holiday.

    Without day and times: at every stop of a mobile office, at the stop's own times.
    """

    __tablename__ = "extra_opening"
    __table_args__ = (
        CheckConstraint(_one_of("kind", LaneKind), "kind"),
        CheckConstraint("num_nonnulls(day, opens, closes) IN (0, 3)", "dated_or_stop"),
        CheckConstraint("opens < closes OR closes = time '00:00'", "opens_before_closes"),
        CheckConstraint(_on_grid("opens", "closes"), "on_grid"),
        CheckConstraint("lanes_public >= 0 AND lanes_internal >= 0 AND lanes_public + lanes_internal > 0", "lanes"),
        Index("ix_extra_opening_office_id", "office_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    office_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("office.id"))
    kind: Mapped[str] = mapped_column(Text)
    day: Mapped[date | None]
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    lanes_public: Mapped[int] = mapped_column(SmallInteger)
    lanes_internal: Mapped[int] = mapped_column(SmallInteger)


class Closure(Base):
    """An office, or all of an authority, is closed on these days (inclusive), or between two local times of each.

    `reason` is a code, for example strike, training, building, holiday_season.
    """

    __tablename__ = "closure"
    __table_args__ = (
        CheckConstraint("num_nonnulls(office_id, authority) = 1", "office_or_authority"),
        CheckConstraint("last_day >= first_day", "days"),
        CheckConstraint("starts < ends OR ends = time '00:00'", "starts_before_ends"),
        CheckConstraint(_on_grid("starts", "ends"), "on_grid"),
        CheckConstraint("reason ~ '^[a-z][a-z_]*$'", "reason"),
        Index("ix_closure_office_id", "office_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    office_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("office.id"))
    authority: Mapped[str | None] = mapped_column(Text)
    first_day: Mapped[date]
    last_day: Mapped[date]
    starts: Mapped[time | None]
    ends: Mapped[time | None]
    reason: Mapped[str] = mapped_column(Text)


def _first_index(length: int) -> Index:
    """Lanes that still have `length` cells in a row, earliest first: the first free time is the first entry."""
    column = f"first_{length}"
    return Index(
        f"ix_lane_day_{column}",
        "usage",
        "kind",
        "day",
        column,
        "office_id",
        postgresql_where=text(f"{column} IS NOT NULL"),
        postgresql_include=["last_byte"],
    )


class LaneDay(Base):
    """Read model: one lane on one local date as bit maps of five-minute cells (backend.capacity.rules).

    `open` follows from the rules, `taken` from claims without an end, `free` = open and not taken. `first_n` is the
    first cell with n free cells in a row; a run that reaches midnight counts as long enough: the next day may go on.
    `last_byte` is the number of bytes of `free` up to the last free cell: when the offices are closed none is left.
    """

    __tablename__ = "lane_day"
    __table_args__ = (
        Index("ix_lane_day_office_id_day", "office_id", "day"),
        *(_first_index(length) for length in FIRST_CELLS),
        CheckConstraint("octet_length(open) = octet_length(taken) AND octet_length(open) = octet_length(free)", "maps"),
        # room on the page for the next version of a row: a booking that leaves first_n alone touches no index
        {"postgresql_with": {"fillfactor": 70}},
    )

    resource_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("resource.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("office.id"))
    kind: Mapped[str] = mapped_column(Text)
    usage: Mapped[str] = mapped_column(Text)
    open: Mapped[bytes] = mapped_column(LargeBinary)
    taken: Mapped[bytes] = mapped_column(LargeBinary)
    free: Mapped[bytes] = mapped_column(LargeBinary)
    last_byte: Mapped[int] = mapped_column(
        SmallInteger, Computed("octet_length(rtrim(free, '\\x00'::bytea))", persisted=True)
    )
    first_1: Mapped[int | None] = mapped_column(SmallInteger)
    first_2: Mapped[int | None] = mapped_column(SmallInteger)
    first_3: Mapped[int | None] = mapped_column(SmallInteger)
    first_4: Mapped[int | None] = mapped_column(SmallInteger)
    first_6: Mapped[int | None] = mapped_column(SmallInteger)
    first_9: Mapped[int | None] = mapped_column(SmallInteger)
