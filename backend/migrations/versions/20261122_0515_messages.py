"""The outbox of messages."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0515"
down_revision = "20261122_0510"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("business_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid()),
        sa.Column("sequence", sa.Integer()),
        sa.Column("recipient", sa.Text()),
        sa.Column("contact_key", sa.LargeBinary()),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("uncertain", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("give_up_at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT),
        sa.Column("handed_over_at", MOMENT),
        sa.Column("nudged_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.Column("error", sa.Text()),
        sa.Column("created_at", MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('dead', 'failed', 'queued', 'sending', 'sent', 'superseded', 'unknown')",
            name=op.f("ck_message_state"),
        ),
        sa.CheckConstraint(
            "(state = 'sending') = (lease_until IS NOT NULL)", name=op.f("ck_message_lease_while_sending")
        ),
        sa.CheckConstraint(
            "NOT (state IN ('dead', 'sent', 'superseded', 'unknown') AND sealed IS NOT NULL)",
            name=op.f("ck_message_secrets_erased"),
        ),
        sa.CheckConstraint(
            "recipient IS NOT NULL OR state IN ('dead', 'sent', 'superseded', 'unknown')",
            name=op.f("ck_message_recipient_until_final"),
        ),
        sa.CheckConstraint("attempts >= 0 AND uncertain >= 0", name=op.f("ck_message_counters")),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("business_key", name="uq_message_business_key"),
    )
    op.create_index(
        "ix_message_due_at", "message", ["due_at"], postgresql_where=sa.text("state IN ('queued', 'failed')")
    )
    op.create_index("ix_message_lease_until", "message", ["lease_until"], postgresql_where=sa.text("state = 'sending'"))
    op.create_index("ix_message_contact_key", "message", ["contact_key", "due_at"])
    op.create_index("ix_message_object_id", "message", ["object_id"])
    op.create_index(
        "ix_message_created_at", "message", ["created_at"], postgresql_where=sa.text("recipient IS NOT NULL")
    )
    forgotten, lost = sa.text("recipient IS NULL"), sa.text("state IN ('dead', 'unknown')")
    op.create_index("ix_message_forgotten", "message", ["created_at"], postgresql_where=forgotten)
    op.create_index("ix_message_lost", "message", ["finished_at"], postgresql_where=lost)


def downgrade() -> None:
    op.drop_table("message")
