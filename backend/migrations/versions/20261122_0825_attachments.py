"""Attachments of applications."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0825"
down_revision = "20261122_0820"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)
NOW = sa.text("clock_timestamp()")


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid()),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid()),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("stored_bytes", sa.BigInteger()),
        sa.Column("pages", sa.Integer()),
        sa.Column("digest", sa.LargeBinary()),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("lease_until", MOMENT),
        sa.Column("frozen_at", MOMENT),
        sa.Column("touched_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False),
        sa.CheckConstraint(
            "state IN ('receiving', 'pending', 'clean', 'infected', 'failed')", name=op.f("ck_attachment_state")
        ),
        sa.CheckConstraint("purpose IN ('draft', 'request', 'message')", name=op.f("ck_attachment_purpose")),
        sa.CheckConstraint("size > 0 AND received BETWEEN 0 AND size", name=op.f("ck_attachment_received_within_size")),
        sa.CheckConstraint(
            "(state = 'receiving') = (received < size)", name=op.f("ck_attachment_receiving_until_complete")
        ),
        sa.CheckConstraint("(state = 'clean') = (digest IS NOT NULL)", name=op.f("ck_attachment_clean_has_digest")),
        sa.CheckConstraint("state <> 'pending' OR due_at IS NOT NULL", name=op.f("ck_attachment_pending_is_due")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name="fk_attachment_application_id_application",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_application_id", "attachment", ["application_id", "created_at"])
    op.create_index(
        "ix_attachment_account_id",
        "attachment",
        ["account_id", "created_at"],
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.create_index(
        "ix_attachment_due_at",
        "attachment",
        ["due_at"],
        postgresql_where=sa.text("state = 'pending' OR (state = 'failed' AND due_at IS NOT NULL)"),
    )
    op.create_index(
        "ix_attachment_receiving", "attachment", ["touched_at"], postgresql_where=sa.text("state = 'receiving'")
    )


def downgrade() -> None:
    op.drop_table("attachment")
