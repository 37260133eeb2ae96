"""Payments."""

revision = "20261122_0815"
down_revision = "20261122_0810"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
