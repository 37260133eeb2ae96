"""Cases of the office."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "20261122_0830"
down_revision = "20261122_0825"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)
NOW = sa.text("clock_timestamp()")
OPEN = sa.text("ended_at IS NULL")
TABLES = (
    "staff_view",
    "staff_worker",
    "staff_case_proposal",
    "staff_case_note",
    "staff_case_event",
    "staff_case",
)


def upgrade() -> None:
    op.create_table(
        "staff_case",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("name_words", TSVECTOR()),
        sa.Column("birth_index", sa.LargeBinary()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("waiting_for", sa.Text()),
        sa.Column("fee_cents", sa.Integer()),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("promise_on", sa.Date()),
        sa.Column("due_on", sa.Date()),
        sa.Column("due_rank", sa.Date(), nullable=False),
        sa.Column("assigned_to", sa.Uuid()),
        sa.Column("team", sa.Text()),
        sa.Column("labels", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("changed_at", MOMENT, server_default=NOW, nullable=False),
        sa.CheckConstraint("revision > 0", name=op.f("ck_staff_case_revision")),
        sa.CheckConstraint(
            "birth_index IS NULL OR octet_length(birth_index) = 16", name=op.f("ck_staff_case_birth_index")
        ),
        sa.CheckConstraint("cardinality(labels) <= 10", name=op.f("ck_staff_case_labels")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_staff_case_application_id_application")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_staff_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_staff_case_reference")),
    )
    by_office = ["office", "due_rank", "application_id"], ["office", "received_at", "application_id"]
    op.create_index("ix_staff_case_due", "staff_case", by_office[0], postgresql_where=OPEN)
    op.create_index("ix_staff_case_received", "staff_case", by_office[1], postgresql_where=OPEN)
    ended = sa.text("ended_at IS NOT NULL")
    op.create_index("ix_staff_case_ended", "staff_case", by_office[1], postgresql_where=ended)
    op.create_index("ix_staff_case_all", "staff_case", by_office[1])
    op.create_index(
        "ix_staff_case_assigned_to",
        "staff_case",
        ["assigned_to", "due_rank", "application_id"],
        postgresql_where=sa.text("assigned_to IS NOT NULL AND ended_at IS NULL"),
    )
    op.create_index(
        "ix_staff_case_name_words",
        "staff_case",
        ["name_words"],
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_staff_case_labels",
        "staff_case",
        ["labels"],
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    known = sa.text("birth_index IS NOT NULL")
    op.create_index("ix_staff_case_birth_index", "staff_case", ["birth_index"], postgresql_where=known)
    _around_the_case()
    _workers()
    op.create_index("ix_application_letter_provided_at", "application_letter", ["provided_at", "id"])
    role = sa.make_url(context.config.attributes["app_url"]).username
    if role and role != op.get_bind().scalar(sa.text("SELECT current_user")):
        quoted = op.get_bind().dialect.identifier_preparer.quote(role)
        op.execute(f"REVOKE UPDATE, DELETE ON staff_case_event FROM {quoted}")  # what happened stays as it was


def _around_the_case() -> None:
    op.create_table(
        "staff_case_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("actor", sa.Uuid()),
        sa.Column("at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("data", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["staff_case.application_id"],
            name=op.f("fk_staff_case_event_application_id_staff_case"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_case_event")),
    )
    op.create_index("ix_staff_case_event_application_id", "staff_case_event", ["application_id", "id"])
    op.create_table(
        "staff_case_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", MOMENT, server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["staff_case.application_id"],
            name=op.f("fk_staff_case_note_application_id_staff_case"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_case_note")),
    )
    op.create_index(op.f("ix_staff_case_note_application_id"), "staff_case_note", ["application_id"])
    op.create_table(
        "staff_case_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.LargeBinary()),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposer", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("approver", sa.Uuid()),
        sa.Column("approved_at", MOMENT),
        sa.Column("leaves_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("returned_because", sa.LargeBinary()),
        sa.CheckConstraint("approver IS NULL OR approver <> proposer", name=op.f("ck_staff_case_proposal_four_eyes")),
        sa.CheckConstraint("outcome IN ('granted', 'partly', 'refused')", name=op.f("ck_staff_case_proposal_outcome")),
        sa.CheckConstraint(
            "state IN ('waiting', 'leaving', 'left', 'undone', 'returned', 'void')",
            name=op.f("ck_staff_case_proposal_state"),
        ),
        sa.CheckConstraint("(state = 'leaving') = (leaves_at IS NOT NULL)", name=op.f("ck_staff_case_proposal_leaves")),
        sa.CheckConstraint(
            "NOT needs_second OR state NOT IN ('leaving', 'left') OR approver IS NOT NULL",
            name=op.f("ck_staff_case_proposal_second_before_leaving"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["staff_case.application_id"],
            name=op.f("fk_staff_case_proposal_application_id_staff_case"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_case_proposal")),
    )
    alive = sa.text("state IN ('waiting', 'leaving')")
    table = "staff_case_proposal"
    op.create_index("uq_staff_case_proposal_alive", table, ["application_id"], unique=True, postgresql_where=alive)
    leaving = sa.text("leaves_at IS NOT NULL")
    op.create_index("ix_staff_case_proposal_leaves_at", table, ["leaves_at"], postgresql_where=leaving)
    op.create_index("ix_staff_case_proposal_application_id", table, ["application_id", "proposed_at"])


def _workers() -> None:
    op.create_table(
        "staff_worker",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("roles", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("offices", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("languages", sa.ARRAY(sa.Text())),
        sa.Column("seen_at", MOMENT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_staff_worker")),
    )
    op.create_table(
        "staff_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("wanted", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_view")),
    )
    op.create_index("ix_staff_view_account_id", "staff_view", ["account_id", "name"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_application_letter_provided_at", "application_letter")
    for table in TABLES:
        op.drop_table(table)
