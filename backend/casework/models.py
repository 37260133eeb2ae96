"""Tables of casework: what the office knows of a received application beside the application itself.

Notes and reasons are sealed with the application's own key. In the clear are what lists filter and sort by, and the
name, because people are found by it; both go when the application is erased.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    TIMESTAMP,
    BigInteger,
    CheckConstraint,
    Computed,
    Date,
    FetchedValue,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from backend.casework import models_reading, models_work  # noqa: F401 - tables of the same room
from backend.casework.types import NO_NAME, NOBODY, ProposalState
from backend.core.clock import NOW
from backend.core.db import Base

INSTANT = TIMESTAMP(timezone=True)
# What lists filter by is in the indexes of their orders, so that a walk reads no case that it does not show.
KINDS = ["service", "state", "language", "waiting_for", "assignee", "promise_on", "due_rank", "received_at"]


def _in_order(name: str, *keys: str) -> Index:
    """The index of one order of lists; `open` before its keys lets it serve lists of open, ended and all cases."""
    beside = [kind for kind in KINDS if kind not in keys]
    if name in ("received", "assignee"):  # also read to be put in another order
        beside.append("name_key")
    return Index(f"ix_staff_case_{name}", "office", "open", *keys, "application_id", postgresql_include=beside)


class Case(Base):
    """A received application as the office works on it; state, language and dates are copies for lists.

    `revision` counts every change of case and application and is the ETag. `due_rank` is the earliest date that counts.
    `name_key` sorts by family name, `assignee` is `assigned_to` or NOBODY, so that no order meets a null.
    `birth_index` is a keyed hash of family name and date of birth. `changed_xid` is the number of the transaction that
    changed the row last, `facets` is what lists filter by (`s:` service, `t:` state, `l:` language, `w:` whom it waits
    for, `a:` assigned to, `b:` label, open or ended); a trigger writes both.
    """

    __tablename__ = "staff_case"
    __table_args__ = (
        CheckConstraint("revision > 0", "revision"),
        CheckConstraint("birth_index IS NULL OR octet_length(birth_index) = 16", "birth_index"),
        CheckConstraint("cardinality(labels) <= 10", "labels"),
        Index(
            "ix_staff_case_due",
            "office",
            "due_rank",
            "application_id",
            postgresql_where=text("open"),
            postgresql_include=[*KINDS[:5], "team", "promise_on", "received_at", "name_key"],
        ),
        _in_order("received", "received_at"),
        _in_order("name", "name_key"),
        _in_order("service", "service", "received_at"),
        _in_order("state", "state", "received_at"),
        _in_order("assignee", "assignee", "received_at"),
        Index("ix_staff_case_changed", "office", "changed_xid"),
        Index(
            "ix_staff_case_name_words",
            "name_words",
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},  # else a search reads all that came since the last vacuum
        ),
        Index("ix_staff_case_facets", "facets", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index("ix_staff_case_birth_index", "birth_index", postgresql_where=text("birth_index IS NOT NULL")),
        Index(
            "ix_staff_case_escalated",
            "office",
            "due_rank",
            "application_id",
            postgresql_where=text("escalated_at IS NOT NULL AND ended_at IS NULL"),
        ),
        Index(
            "ix_staff_case_promise_on",
            "promise_on",
            postgresql_where=text("ended_at IS NULL AND waiting_for IS NULL AND escalated_at IS NULL"),
        ),
        Index(
            "ix_staff_case_deemed_on",
            "deemed_on",
            postgresql_where=text("ended_at IS NULL AND waiting_for IS NULL AND deemed_on IS NOT NULL"),
        ),
    )

    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(Text, unique=True)
    authority: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    service: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    name_words: Mapped[str | None] = mapped_column(TSVECTOR)
    name_key: Mapped[str] = mapped_column(Text(collation="C"), server_default=NO_NAME)
    birth_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(Text)
    waiting_for: Mapped[str | None] = mapped_column(Text)
    fee_cents: Mapped[int | None] = mapped_column(Integer)
    received_at: Mapped[datetime] = mapped_column(INSTANT)
    ended_at: Mapped[datetime | None] = mapped_column(INSTANT)
    open: Mapped[bool] = mapped_column(Computed("ended_at IS NULL", persisted=True))
    promise_on: Mapped[date | None] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)
    due_rank: Mapped[date] = mapped_column(Date)
    deemed_on: Mapped[date | None] = mapped_column(Date)
    escalated_at: Mapped[datetime | None] = mapped_column(INSTANT)
    assigned_to: Mapped[UUID | None] = mapped_column(Uuid)
    assignee: Mapped[UUID] = mapped_column(Computed(f"coalesce(assigned_to, '{NOBODY}'::uuid)", persisted=True))
    team: Mapped[str | None] = mapped_column(Text)
    labels: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    revision: Mapped[int] = mapped_column(Integer, server_default="1")
    changed_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
    changed_xid: Mapped[int] = mapped_column(BigInteger, server_default=FetchedValue())
    facets: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=FetchedValue())


class CaseEvent(Base):
    """One change of a case and the revision it led to: `type` is of casework, or `application.<type>`.

    `actor` is the member of staff who did it, None for the citizen, the system and what the application did.
    """

    __tablename__ = "staff_case_event"
    __table_args__ = (Index("ix_staff_case_event_application_id", "application_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("staff_case.application_id"))
    revision: Mapped[int] = mapped_column(Integer)
    type: Mapped[str] = mapped_column(Text)
    actor: Mapped[UUID | None] = mapped_column(Uuid)
    at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)


class CaseNote(Base):
    """A private note of the office, sealed; the citizen sees that there are rules about it, not its text."""

    __tablename__ = "staff_case_note"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("staff_case.application_id"), index=True)
    author: Mapped[UUID] = mapped_column(Uuid)
    text: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)


class Proposal(Base):
    """A decision on its way out; the database itself refuses that its proposer approves it.

    At most one per case is alive. Whether it can still be carried out is asked again when it leaves. Without a
    proposer it is of the rules, which can only grant. `content` holds the letter as it will be sent, sealed; `tries`
    counts how often it could not be made since `failed_at`.
    """

    __tablename__ = "staff_case_proposal"
    __table_args__ = (
        CheckConstraint("approver IS NULL OR approver <> proposer", "four_eyes"),
        CheckConstraint("outcome IN ('granted', 'partly', 'refused', 'closed')", "outcome"),
        CheckConstraint("proposer IS NOT NULL OR outcome = 'granted'", "rules_only_grant"),
        CheckConstraint(f"state IN ({', '.join(repr(str(each)) for each in ProposalState)})", "state"),
        CheckConstraint("(state = 'leaving') = (leaves_at IS NOT NULL)", "leaves"),
        CheckConstraint(
            "NOT needs_second OR state NOT IN ('leaving', 'left') OR approver IS NOT NULL", "second_before_leaving"
        ),
        Index(
            "uq_staff_case_proposal_alive",
            "application_id",
            unique=True,
            postgresql_where=text("state IN ('waiting', 'leaving')"),
        ),
        Index("ix_staff_case_proposal_leaves_at", "leaves_at", postgresql_where=text("leaves_at IS NOT NULL")),
        Index("ix_staff_case_proposal_application_id", "application_id", "proposed_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("staff_case.application_id"))
    outcome: Mapped[str] = mapped_column(Text)
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    needs_second: Mapped[bool]
    second_why: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    proposer: Mapped[UUID | None] = mapped_column(Uuid)
    proposed_at: Mapped[datetime] = mapped_column(INSTANT)
    approver: Mapped[UUID | None] = mapped_column(Uuid)
    approved_at: Mapped[datetime | None] = mapped_column(INSTANT)
    leaves_at: Mapped[datetime | None] = mapped_column(INSTANT)
    ended_at: Mapped[datetime | None] = mapped_column(INSTANT)
    returned_because: Mapped[bytes | None] = mapped_column(LargeBinary)
    tries: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    failed_at: Mapped[datetime | None] = mapped_column(INSTANT)


class Worker(Base):
    """A member of staff as the last sign-in named her, so that work can be given to her; the rest is her own word.

    `teams` are a lead's word. Away until the end of `absent_until`; `substitute` gets meanwhile what is given to her.
    """

    __tablename__ = "staff_worker"
    __table_args__ = (
        CheckConstraint("substitute IS NULL OR substitute <> account_id", "substitute"),
        Index("ix_staff_worker_offices", "offices", postgresql_using="gin"),
    )

    account_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    offices: Mapped[list[str]] = mapped_column(ARRAY(Text))
    languages: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    services: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    teams: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    shortcuts: Mapped[bool] = mapped_column(server_default=text("false"))
    absent_until: Mapped[date | None] = mapped_column(Date)
    substitute: Mapped[UUID | None] = mapped_column(Uuid)
    seen_at: Mapped[datetime] = mapped_column(INSTANT, server_default=NOW)


class SavedView(Base):
    """A member of staff's own filters under a name."""

    __tablename__ = "staff_view"
    __table_args__ = (Index("ix_staff_view_account_id", "account_id", "name", unique=True),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(Uuid)
    name: Mapped[str] = mapped_column(Text)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSONB)
