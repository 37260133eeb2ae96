"""Work on cases: corrections, opinions, routing, absence, batches."""

revision = "20261122_0860"
down_revision = "20261122_0850"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
