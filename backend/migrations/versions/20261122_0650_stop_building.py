"""The building at which a mobile office stops."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0650"
down_revision = "20261122_0530"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mobile_stop", sa.Column("name", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("mobile_stop", "name")
