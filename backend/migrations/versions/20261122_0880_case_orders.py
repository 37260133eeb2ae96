"""Work lists in every order: what they sort by stands in the row without nulls, and one index for each order."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0880"
down_revision = "20261122_0870"
branch_labels = None
depends_on = None

NOBODY = "coalesce(assigned_to, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)"
RANGES = ["promise_on", "due_rank"]
OTHERS = {
    "received": (["received_at"], ["service", "state", "language", "waiting_for", "assignee", *RANGES]),
    "name": (["name_key"], ["service", "state", "language", "waiting_for", "assignee", *RANGES, "received_at"]),
    "service": (["service", "received_at"], ["state", "language", "waiting_for", "assignee", *RANGES]),
    "state": (["state", "received_at"], ["service", "language", "waiting_for", "assignee", *RANGES]),
    "assignee": (["assignee", "received_at"], ["service", "state", "language", "waiting_for", *RANGES]),
}
OLD_KINDS = ["service", "state", "language", "waiting_for", "assigned_to"]
NEW_KINDS = ["service", "state", "language", "waiting_for", "assignee"]
# The family name is only known from the answers, which are sealed: until they change, the last word counts as such.
NAMES = """
    UPDATE staff_case SET name_key = left(upper((
        SELECT string_agg(lexeme, ' ' ORDER BY place = latest DESC, place) FROM (
            SELECT lexeme, place, max(place) OVER () AS latest
            FROM unnest(name_words) AS w (lexeme, positions, weights), unnest(positions) AS p (place)
        ) AS words
    )), 48) WHERE length(name_words) > 0
"""


def upgrade() -> None:
    op.add_column(
        "staff_case", sa.Column("open", sa.Boolean(), sa.Computed("ended_at IS NULL", persisted=True), nullable=False)
    )
    op.add_column("staff_case", sa.Column("assignee", sa.Uuid(), sa.Computed(NOBODY, persisted=True), nullable=False))
    op.add_column("staff_case", sa.Column("name_key", sa.Text(collation="C"), server_default="~", nullable=False))
    op.execute(NAMES)
    for name in ("ended", "all", "assigned_to", "received", "due"):
        op.drop_index(f"ix_staff_case_{name}", "staff_case")
    for name, (keys, include) in OTHERS.items():
        columns = ["office", "open", *keys, "application_id"]
        op.create_index(f"ix_staff_case_{name}", "staff_case", columns, postgresql_include=include)
    _due(NEW_KINDS, "open")


def _due(kinds: list[str], where: str) -> None:
    op.create_index(
        "ix_staff_case_due",
        "staff_case",
        ["office", "due_rank", "application_id"],
        postgresql_where=sa.text(where),
        postgresql_include=[*kinds, "team", "promise_on", "received_at"],
    )


def downgrade() -> None:
    for name in ("due", *OTHERS):
        op.drop_index(f"ix_staff_case_{name}", "staff_case")
    _due(OLD_KINDS, "ended_at IS NULL")
    rest = ["office", "received_at", "application_id"]
    for name, where, include in (
        ("received", "ended_at IS NULL", [*OLD_KINDS, *RANGES]),
        ("ended", "ended_at IS NOT NULL", OLD_KINDS),
        ("all", None, OLD_KINDS),
    ):
        only = None if where is None else sa.text(where)
        op.create_index(f"ix_staff_case_{name}", "staff_case", rest, postgresql_where=only, postgresql_include=include)
    op.create_index(
        "ix_staff_case_assigned_to",
        "staff_case",
        ["assigned_to", "due_rank", "application_id"],
        postgresql_where=sa.text("assigned_to IS NOT NULL AND ended_at IS NULL"),
    )
    for column in ("name_key", "assignee", "open"):
        op.drop_column("staff_case", column)
