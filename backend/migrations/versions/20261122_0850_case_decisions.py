"""Decisions of cases: fees, blocks, remedies, letters to print."""

revision = "20261122_0850"
down_revision = "20261122_0840"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
