"""What the search for free times needs."""

revision = "20261122_0710"
down_revision = "20261122_0650"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
