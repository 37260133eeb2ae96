"""Payment intents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261122_0815"
down_revision = "20261122_0810"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)
STATES = "'booked', 'cancelled', 'failed', 'open', 'refunded', 'started', 'waived'"


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("payment_receipt_number")))
    op.create_table(
        "payment_intent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("lines", JSONB(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("end_point", sa.Text()),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("transaction_id", sa.Text()),
        sa.Column("reference", sa.Text()),
        sa.Column("location", sa.Text()),
        sa.Column("method", sa.Text()),
        sa.Column("due_on", sa.Date()),
        sa.Column("receipt_number", sa.Text()),
        sa.Column("surplus", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("checked_at", MOMENT),
        sa.Column("next_check_at", MOMENT),
        sa.Column("booked_at", MOMENT),
        sa.Column("refund_due_at", MOMENT),
        sa.Column("refunded_at", MOMENT),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_payment_intent_state")),
        sa.CheckConstraint("provider IN ('counter', 'invoice', 'online')", name=op.f("ck_payment_intent_provider")),
        sa.CheckConstraint("cents > 0 AND cents <= 99999900", name=op.f("ck_payment_intent_cents")),
        sa.CheckConstraint("attempt > 0", name=op.f("ck_payment_intent_attempt")),
        sa.CheckConstraint(
            "(state IN ('booked', 'refunded')) = (receipt_number IS NOT NULL AND booked_at IS NOT NULL)",
            name=op.f("ck_payment_intent_receipt"),
        ),
        sa.CheckConstraint("state <> 'waived' OR length(reason) > 0", name=op.f("ck_payment_intent_waiver_reason")),
        sa.CheckConstraint("(state = 'refunded') = (refunded_at IS NOT NULL)", name=op.f("ck_payment_intent_refunded")),
        sa.CheckConstraint(
            "refund_due_at IS NULL OR receipt_number IS NOT NULL", name=op.f("ck_payment_intent_refund_of_paid")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_payment_intent"),
        sa.UniqueConstraint("application_id", "attempt", name="uq_payment_intent_application_id_attempt"),
        sa.UniqueConstraint("receipt_number", name="uq_payment_intent_receipt_number"),
    )
    for name, column, condition, unique in (
        ("uq_payment_intent_live", "application_id", "state IN ('open', 'started')", True),
        (
            "uq_payment_intent_paid",
            "application_id",
            "state = 'booked' AND NOT surplus AND refund_due_at IS NULL",
            True,
        ),
        ("ix_payment_intent_next_check_at", "next_check_at", "next_check_at IS NOT NULL", False),
        ("ix_payment_intent_refund_due_at", "refund_due_at", "refund_due_at IS NOT NULL", False),
    ):
        op.create_index(name, "payment_intent", [column], unique=unique, postgresql_where=sa.text(condition))


def downgrade() -> None:
    op.drop_table("payment_intent")
    op.execute(sa.schema.DropSequence(sa.Sequence("payment_receipt_number")))
