"""Walks through lists and the audit trail without leaving the index: what is filtered and sorted by stands in it."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0905"
down_revision = "20261122_0900"
branch_labels = None
depends_on = None

KINDS = ["service", "state", "language", "waiting_for"]
CASES = {  # name: keys after the office, beside them (the name was not there before), of which cases
    "due": (["due_rank"], [*KINDS, "assignee", "team", "promise_on", "received_at"], "open"),
    "received": (["open", "received_at"], [*KINDS, "assignee", "promise_on", "due_rank"], None),
    "assignee": (["open", "assignee", "received_at"], [*KINDS, "promise_on", "due_rank"], None),
}
STAFF = "actor_kind = 'staff'"


def upgrade() -> None:
    _cases(["name_key"])
    for name in ("object", "action"):
        op.drop_index(f"ix_audit_entry_{name}", "audit_entry")
    op.create_index(
        "ix_audit_entry_object",
        "audit_entry",
        ["object_type", "object_id", "at", "id"],
        postgresql_include=["action", "actor_account", "actor_kind"],
    )
    op.create_index("ix_audit_entry_action", "audit_entry", ["action", "object_type", "at", "id"])
    columns = ["actor_account", "action", "object_type", "at", "id"]
    op.create_index("ix_audit_entry_staff", "audit_entry", columns, postgresql_where=sa.text(STAFF))


def _cases(names: list[str]) -> None:
    for name, (keys, beside, where) in CASES.items():
        index = f"ix_staff_case_{name}"
        op.drop_index(index, "staff_case")
        op.create_index(
            index,
            "staff_case",
            ["office", *keys, "application_id"],
            postgresql_include=[*beside, *names],
            postgresql_where=None if where is None else sa.text(where),
        )


def downgrade() -> None:
    op.drop_index("ix_audit_entry_staff", "audit_entry")
    for name in ("object", "action"):
        op.drop_index(f"ix_audit_entry_{name}", "audit_entry")
    op.create_index("ix_audit_entry_object", "audit_entry", ["object_type", "object_id", "at"])
    op.create_index("ix_audit_entry_action", "audit_entry", ["action", "at"])
    _cases([])
