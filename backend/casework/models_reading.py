"""Tables of reading cases: who has one open, and what left a list without leaving a row there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import TIMESTAMP, BigInteger, ForeignKey, Identity, Index, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.clock import NOW
from backend.core.db import Base

INSTANT = TIMESTAMP(timezone=True)


class Presence(Base):
    """A member of staff has a case open; it counts for a minute after `seen_at`."""

    __tablename__ = "staff_case_presence"
    __table_args__ = (Index("ix_staff_case_presence_seen_at", "seen_at"),)

    application_id: Mapped[UUID] = mapped_column(ForeignKey("staff_case.application_id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    since: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
    seen_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)


class ListChange(Base):
    """Something that lists show changed without a case of theirs: one went to another office, somebody's name changed.

    `office` is the list that looks different now, None for all of them. Written by triggers; `changed_xid` is the
    number of the transaction (docs/adr/0017-reading-cases.md).
    """

    __tablename__ = "staff_list_change"
    __table_args__ = (Index("ix_staff_list_change_office", "office", "changed_xid"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    office: Mapped[str | None] = mapped_column(Text)
    changed_xid: Mapped[int] = mapped_column(BigInteger)
