"""Accounts, sessions and sign-ins."""

revision = "20261122_0805"
down_revision = "20261122_0800"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
