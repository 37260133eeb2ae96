"""Reading cases: presence and what the lists need."""

revision = "20261122_0870"
down_revision = "20261122_0860"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
