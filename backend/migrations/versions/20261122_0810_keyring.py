"""The keys of encrypted data."""

revision = "20261122_0810"
down_revision = "20261122_0805"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
