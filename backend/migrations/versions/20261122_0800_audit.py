"""The audit trail."""

revision = "20261122_0800"
down_revision = "20261122_0720"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
