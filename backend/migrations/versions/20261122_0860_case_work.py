"""Work on cases: corrections, opinions, routing, absence, batches, escalation; more that can happen to applications."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261122_0860"
down_revision = "20261122_0850"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)
NOW = sa.text("clock_timestamp()")
HAPPENINGS = (
    "'created', 'version_moved', 'draft_warned', 'submitted', 'undone', 'received', 'review_started', 'fee_set', "
    "'payment', 'request_opened', 'request_reminded', 'request_extended', 'request_answered', 'request_cancelled', "
    "'person_wrote', 'office_wrote', 'granted', 'partly_granted', 'refused', 'letter_provided', 'handover', "
    "'appointment', 'withdrawn', 'lapsed', 'closed', 'purged', 'erased'"
)
MORE = "'corrected', 'reopened', 'office_changed', 'discontinued', 'person_asked'"


def upgrade() -> None:
    _can_happen(f"{HAPPENINGS}, {MORE}")
    op.add_column("application_request", sa.Column("grace_until", sa.Date()))
    op.add_column("staff_case", sa.Column("escalated_at", MOMENT))
    op.add_column("staff_case", sa.Column("deemed_on", sa.Date()))
    escalated = sa.text("escalated_at IS NOT NULL AND ended_at IS NULL")
    by_office = ["office", "due_rank", "application_id"]
    op.create_index("ix_staff_case_escalated", "staff_case", by_office, postgresql_where=escalated)
    open_ = "ended_at IS NULL AND waiting_for IS NULL"
    promised = sa.text(f"{open_} AND escalated_at IS NULL")
    op.create_index("ix_staff_case_promise_on", "staff_case", ["promise_on"], postgresql_where=promised)
    deemed = sa.text(f"{open_} AND deemed_on IS NOT NULL")
    op.create_index("ix_staff_case_deemed_on", "staff_case", ["deemed_on"], postgresql_where=deemed)
    _workers()
    _tables()


def _can_happen(words: str) -> None:
    name = op.f("ck_application_event_type")
    op.drop_constraint(name, "application_event", type_="check")
    op.create_check_constraint(name, "application_event", f"type IN ({words})")


def _workers() -> None:
    op.add_column("staff_worker", sa.Column("services", sa.ARRAY(sa.Text())))
    op.add_column("staff_worker", sa.Column("teams", sa.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("staff_worker", sa.Column("shortcuts", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("staff_worker", sa.Column("absent_until", sa.Date()))
    op.add_column("staff_worker", sa.Column("substitute", sa.Uuid()))
    op.create_check_constraint(
        op.f("ck_staff_worker_substitute"), "staff_worker", "substitute IS NULL OR substitute <> account_id"
    )
    op.create_index("ix_staff_worker_offices", "staff_worker", ["offices"], postgresql_using="gin")


def _tables() -> None:
    op.create_table(
        "staff_case_opinion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("asked_for", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("question", sa.LargeBinary()),
        sa.Column("pages", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer", sa.LargeBinary()),
        sa.Column("answered_by", sa.Uuid()),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint("state IN ('open', 'answered', 'withdrawn')", name=op.f("ck_staff_case_opinion_state")),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_staff_case_opinion_ended")),
        sa.CheckConstraint(
            "(state = 'answered') = (answered_by IS NOT NULL)", name=op.f("ck_staff_case_opinion_answered")
        ),
        sa.CheckConstraint("office <> asked_for", name=op.f("ck_staff_case_opinion_another_office")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["staff_case.application_id"],
            name=op.f("fk_staff_case_opinion_application_id_staff_case"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_case_opinion")),
    )
    table = "staff_case_opinion"
    op.create_index("ix_staff_case_opinion_application_id", table, ["application_id", "asked_at"])
    op.create_index(
        "ix_staff_case_opinion_open", table, ["office", "due_on", "id"], postgresql_where=sa.text("state = 'open'")
    )
    op.create_index(
        "ix_staff_case_opinion_ended", table, ["office", "ended_at", "id"], postgresql_where=sa.text("state <> 'open'")
    )
    op.create_table(
        "staff_routing",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("rules", JSONB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", MOMENT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("office", name=op.f("pk_staff_routing")),
    )
    op.create_table(
        "staff_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("done", JSONB(), nullable=False),
        sa.Column("made_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("undo_until", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_batch")),
    )
    op.create_index("ix_staff_batch_made_at", "staff_batch", ["made_at"])


def downgrade() -> None:
    for table in ("staff_batch", "staff_routing", "staff_case_opinion"):
        op.drop_table(table)
    op.drop_index("ix_staff_worker_offices", "staff_worker")
    op.drop_constraint(op.f("ck_staff_worker_substitute"), "staff_worker", type_="check")
    for column in ("substitute", "absent_until", "shortcuts", "teams", "services"):
        op.drop_column("staff_worker", column)
    for index in ("ix_staff_case_deemed_on", "ix_staff_case_promise_on", "ix_staff_case_escalated"):
        op.drop_index(index, "staff_case")
    op.drop_column("staff_case", "deemed_on")
    op.drop_column("staff_case", "escalated_at")
    op.drop_column("application_request", "grace_until")
    _can_happen(HAPPENINGS)
