"""Tables around the work on cases: questions to other offices, where new cases go, batches that can be undone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    TIMESTAMP,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.clock import NOW
from backend.core.db import Base

INSTANT = TIMESTAMP(timezone=True)


class Opinion(Base):
    """A question to another office (`office`) for the case's own (`asked_for`); question and answer are sealed."""

    __tablename__ = "staff_case_opinion"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'answered', 'withdrawn')", "state"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", "ended"),
        CheckConstraint("(state = 'answered') = (answered_by IS NOT NULL)", "answered"),
        CheckConstraint("office <> asked_for", "another_office"),
        Index("ix_staff_case_opinion_application_id", "application_id", "asked_at"),
        Index("ix_staff_case_opinion_open", "office", "due_on", "id", postgresql_where=text("state = 'open'")),
        Index("ix_staff_case_opinion_ended", "office", "ended_at", "id", postgresql_where=text("state <> 'open'")),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("staff_case.application_id"))
    asked_for: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    question: Mapped[bytes | None] = mapped_column(LargeBinary)
    pages: Mapped[list[str]] = mapped_column(ARRAY(Text))
    due_on: Mapped[date] = mapped_column(Date)
    asked_by: Mapped[UUID] = mapped_column(Uuid)
    asked_at: Mapped[datetime] = mapped_column(INSTANT)
    state: Mapped[str] = mapped_column(Text)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_by: Mapped[UUID | None] = mapped_column(Uuid)
    ended_at: Mapped[datetime | None] = mapped_column(INSTANT)


class Routing(Base):
    """Where the cases that arrive in an office go: ordered rules, the first that fits wins; `revision` is the ETag."""

    __tablename__ = "staff_routing"

    office: Mapped[str] = mapped_column(Text, primary_key=True)
    rules: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    revision: Mapped[int] = mapped_column(Integer)
    changed_by: Mapped[UUID] = mapped_column(Uuid)
    changed_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)


class Batch(Base):
    """The same act on many cases, with what is needed to take it back until `undo_until`: one entry for each case.

    While it is `running` or `undoing` the worker goes on with the references in `todo`; `wanted` is the act, sealed,
    until nothing needs it any more. `failed` names what could not be done, or (once it is undone) not be undone;
    `undone` is what was taken back. `carried_at`: when somebody last worked on it. Of a preview nothing stays done.
    """

    __tablename__ = "staff_batch"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'done', 'undoing', 'undone')", "state"),
        CheckConstraint("NOT preview OR state NOT LIKE 'und%'", "previews_stay"),
        Index("ix_staff_batch_made_at", "made_at"),
        Index(
            "ix_staff_batch_carried_at",
            "carried_at",
            postgresql_where=text("state IN ('running', 'undoing')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(Uuid)
    action: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default="done")
    preview: Mapped[bool] = mapped_column(server_default=text("false"))
    wanted: Mapped[bytes | None] = mapped_column(LargeBinary)
    todo: Mapped[list[str]] = mapped_column(JSONB, server_default="[]")
    done: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    failed: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    undone: Mapped[list[str]] = mapped_column(JSONB, server_default="[]")
    made_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
    carried_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
    undo_until: Mapped[datetime] = mapped_column(INSTANT)
