"""Batches that the worker carries on: what is wanted (sealed), how far it is, what failed, what was undone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261122_0890"
down_revision = "20261122_0880"
branch_labels = None
depends_on = None

LISTS = ("todo", "failed", "undone")


def upgrade() -> None:
    op.add_column("staff_batch", sa.Column("state", sa.Text(), server_default="done", nullable=False))
    op.add_column("staff_batch", sa.Column("preview", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("staff_batch", sa.Column("wanted", sa.LargeBinary()))
    for name in LISTS:
        op.add_column("staff_batch", sa.Column(name, JSONB(), server_default="[]", nullable=False))
    op.add_column(
        "staff_batch",
        sa.Column(
            "carried_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
    )
    op.execute("UPDATE staff_batch SET state = 'undone' WHERE undone_at IS NOT NULL")
    op.drop_column("staff_batch", "undone_at")
    states = "state IN ('running', 'done', 'undoing', 'undone')"
    op.create_check_constraint(op.f("ck_staff_batch_state"), "staff_batch", states)
    op.create_check_constraint(
        op.f("ck_staff_batch_previews_stay"), "staff_batch", "NOT preview OR state NOT LIKE 'und%'"
    )
    op.create_index(
        "ix_staff_batch_carried_at",
        "staff_batch",
        ["carried_at"],
        postgresql_where=sa.text("state IN ('running', 'undoing')"),
    )


def downgrade() -> None:
    op.drop_index("ix_staff_batch_carried_at", "staff_batch")
    op.drop_constraint(op.f("ck_staff_batch_previews_stay"), "staff_batch", type_="check")
    op.drop_constraint(op.f("ck_staff_batch_state"), "staff_batch", type_="check")
    op.add_column("staff_batch", sa.Column("undone_at", sa.TIMESTAMP(timezone=True)))
    op.execute("UPDATE staff_batch SET undone_at = clock_timestamp() WHERE state = 'undone'")
    for name in ("carried_at", *LISTS, "wanted", "preview", "state"):
        op.drop_column("staff_batch", name)
