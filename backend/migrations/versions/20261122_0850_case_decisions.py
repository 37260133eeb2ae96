"""Decisions of cases: their letter as it will be sent, closing without a decision, tries to send, letters to print."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0850"
down_revision = "20261122_0840"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)
TABLE = "staff_case_proposal"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("content", sa.LargeBinary()))
    op.add_column(TABLE, sa.Column("second_why", sa.Text()))
    op.add_column(TABLE, sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False))
    op.add_column(TABLE, sa.Column("failed_at", MOMENT))
    _outcomes("'granted', 'partly', 'refused', 'closed'")
    op.alter_column(TABLE, "proposer", existing_type=sa.Uuid(), nullable=True)
    name = op.f("ck_staff_case_proposal_rules_only_grant")
    op.create_check_constraint(name, TABLE, "proposer IS NOT NULL OR outcome = 'granted'")
    op.add_column("application_letter", sa.Column("printed_at", MOMENT))
    waiting = sa.text("NOT electronic AND printed_at IS NULL")
    op.create_index(
        "ix_application_letter_to_print", "application_letter", ["provided_at", "id"], postgresql_where=waiting
    )


def _outcomes(words: str) -> None:
    name = op.f("ck_staff_case_proposal_outcome")
    op.drop_constraint(name, TABLE, type_="check")
    op.create_check_constraint(name, TABLE, f"outcome IN ({words})")


def downgrade() -> None:
    op.drop_index("ix_application_letter_to_print", "application_letter")
    op.drop_column("application_letter", "printed_at")
    op.drop_constraint(op.f("ck_staff_case_proposal_rules_only_grant"), TABLE, type_="check")
    op.alter_column(TABLE, "proposer", existing_type=sa.Uuid(), nullable=False)
    _outcomes("'granted', 'partly', 'refused'")
    for column in ("failed_at", "tries", "second_why", "content"):
        op.drop_column(TABLE, column)
