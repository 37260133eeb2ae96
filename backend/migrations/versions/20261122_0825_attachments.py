"""Attachments of applications."""

revision = "20261122_0825"
down_revision = "20261122_0820"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
