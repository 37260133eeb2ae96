"""Idempotency keys, limits, used challenges."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0500"
down_revision = None
branch_labels = None
depends_on = None

NOW = sa.text("clock_timestamp()")
MOMENT = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "idempotency",
        sa.Column("scope", sa.String(100), nullable=False),
        sa.Column("key_hash", sa.LargeBinary, nullable=False),
        sa.Column("request_hash", sa.LargeBinary, nullable=False),
        sa.Column("status", sa.SmallInteger),
        sa.Column("answer", sa.LargeBinary),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("scope", "key_hash", name="pk_idempotency"),
    )
    op.create_index("ix_idempotency_created_at", "idempotency", ["created_at"])
    op.create_table(
        "rate_limit",
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("soft_until", MOMENT, nullable=False),
        sa.Column("hard_until", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("soft_ok", sa.Boolean, nullable=False),
        sa.Column("hard_ok", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_rate_limit"),
        prefixes=["UNLOGGED"],
    )
    op.execute("ALTER TABLE rate_limit SET (fillfactor = 70)")
    op.create_table(
        "used_challenge",
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.Column("used_at", MOMENT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("signature", name="pk_used_challenge"),
    )
    op.create_index("ix_used_challenge_used_at", "used_challenge", ["used_at"])


def downgrade() -> None:
    op.drop_table("used_challenge")
    op.drop_table("rate_limit")
    op.drop_table("idempotency")
