"""How far a lane's day has room: after the offices have closed the search need not look at any of them."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0920"
down_revision = "20261122_0910"
branch_labels = None
depends_on = None

LENGTHS = (1, 2, 3, 4, 6, 9)


def upgrade() -> None:
    made = sa.Computed("octet_length(rtrim(free, '\\x00'::bytea))", persisted=True)
    op.add_column("lane_day", sa.Column("last_byte", sa.SmallInteger(), made, nullable=False))
    _index(["last_byte"])


def downgrade() -> None:
    _index([])
    op.drop_column("lane_day", "last_byte")


def _index(beside: list[str]) -> None:
    for length in LENGTHS:
        column = f"first_{length}"
        op.drop_index(f"ix_lane_day_{column}", "lane_day")
        op.create_index(
            f"ix_lane_day_{column}",
            "lane_day",
            ["usage", "kind", "day", column, "office_id"],
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
            **({"postgresql_include": beside} if beside else {}),
        )
