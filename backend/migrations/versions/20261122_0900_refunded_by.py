"""Who of the office gave the money of a payment back."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0900"
down_revision = "20261122_0890"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payment_intent", sa.Column("refunded_by", sa.Uuid()))
    name = op.f("ck_payment_intent_refunded_by")
    op.create_check_constraint(name, "payment_intent", "refunded_by IS NULL OR refunded_at IS NOT NULL")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_payment_intent_refunded_by"), "payment_intent", type_="check")
    op.drop_column("payment_intent", "refunded_by")
