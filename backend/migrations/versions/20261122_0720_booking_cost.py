"""What a cheaper booking needs."""

revision = "20261122_0720"
down_revision = "20261122_0710"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
