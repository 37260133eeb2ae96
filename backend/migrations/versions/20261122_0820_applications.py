"""Online applications: one row from draft to erasure, append-only events, the dialogue, letters, powers of attorney."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261122_0820"
down_revision = "20261122_0815"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)
NOW = sa.text("clock_timestamp()")
TABLES = (
    "booking_origin",
    "issued_document",
    "application_letter",
    "application_message",
    "application_request",
    "application_answer_history",
    "resume_link",
    "application_guest",
    "application_event",
    "application",
    "power_of_attorney",
)


def upgrade() -> None:
    op.create_table(
        "power_of_attorney",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("grantor", sa.Uuid(), nullable=False),
        sa.Column("helper", sa.Uuid()),
        sa.Column("services", sa.ARRAY(sa.Text())),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("granted_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("accepted_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
        sa.CheckConstraint(
            "(helper IS NULL) = (accepted_at IS NULL)", name=op.f("ck_power_of_attorney_accepted_by_somebody")
        ),
        sa.CheckConstraint("helper IS NULL OR helper <> grantor", name=op.f("ck_power_of_attorney_not_oneself")),
        sa.CheckConstraint("octet_length(code_hash) = 32", name=op.f("ck_power_of_attorney_code_hashed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power_of_attorney")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_power_of_attorney_code_hash")),
    )
    op.create_index(op.f("ix_power_of_attorney_grantor"), "power_of_attorney", ["grantor"])
    op.create_index(
        "ix_power_of_attorney_helper", "power_of_attorney", ["helper"], postgresql_where=sa.text("helper IS NOT NULL")
    )
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text()),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("owner_account", sa.Uuid()),
        sa.Column("helper_account", sa.Uuid()),
        sa.Column("power_id", sa.Uuid()),
        sa.Column("filed_level", sa.Text()),
        sa.Column("filed_method", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("payment", sa.Text()),
        sa.Column("handover", sa.Text()),
        sa.Column("appointment", sa.Text()),
        sa.Column("waiting_for", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Uuid()),
        sa.Column("document", sa.LargeBinary()),
        sa.Column("document_revision", sa.Integer(), nullable=False),
        sa.Column("fee_cents", sa.Integer()),
        sa.Column("electronic_delivery", sa.Boolean()),
        sa.Column("office", sa.Text()),
        sa.Column("submitted_at", MOMENT),
        sa.Column("undo_until", MOMENT),
        sa.Column("received_at", MOMENT),
        sa.Column("decided_at", MOMENT),
        sa.Column("touched_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("warned_at", MOMENT),
        sa.Column("erase_after", MOMENT),
        sa.Column("erased_at", MOMENT),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False),
        sa.CheckConstraint(
            "(state = 'submitted') = (undo_until IS NOT NULL)", name=op.f("ck_application_undo_while_submitted")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR reference IS NOT NULL OR erased_at IS NOT NULL",
            name=op.f("ck_application_sent_has_reference"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'received', 'in_review', 'waiting_for_citizen', "
            "'decided_granted', 'decided_partly', 'decided_refused', 'withdrawn', 'lapsed', 'closed')",
            name=op.f("ck_application_state"),
        ),
        sa.CheckConstraint("(erased_at IS NULL) = (key_id IS NOT NULL)", name=op.f("ck_application_key_until_erased")),
        sa.CheckConstraint(
            "erased_at IS NULL OR num_nonnulls(document, owner_account, helper_account) = 0",
            name=op.f("ck_application_erased_is_empty"),
        ),
        sa.CheckConstraint("revision > 0 AND document_revision > 0", name=op.f("ck_application_counters")),
        sa.ForeignKeyConstraint(
            ["power_id"], ["power_of_attorney.id"], name=op.f("fk_application_power_id_power_of_attorney")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("reference", name=op.f("uq_application_reference")),
    )
    op.create_index(
        "ix_application_erase_after", "application", ["erase_after"], postgresql_where=sa.text("erased_at IS NULL")
    )
    op.create_index(
        "ix_application_helper_account",
        "application",
        ["helper_account"],
        postgresql_where=sa.text("helper_account IS NOT NULL"),
    )
    op.create_index(
        "ix_application_owner_account",
        "application",
        ["owner_account"],
        postgresql_where=sa.text("owner_account IS NOT NULL"),
    )
    op.create_index(
        "ix_application_undo_until", "application", ["undo_until"], postgresql_where=sa.text("undo_until IS NOT NULL")
    )
    op.create_table(
        "application_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("data", JSONB(), nullable=False),
        sa.CheckConstraint("by IN ('person', 'helper', 'office', 'system')", name=op.f("ck_application_event_by")),
        sa.CheckConstraint(
            "type IN ('created', 'version_moved', 'draft_warned', 'submitted', 'undone', 'received', "
            "'review_started', 'fee_set', 'payment', 'request_opened', 'request_reminded', "
            "'request_extended', 'request_answered', 'request_cancelled', 'person_wrote', "
            "'office_wrote', 'granted', 'partly_granted', 'refused', 'letter_provided', "
            "'handover', 'appointment', 'withdrawn', 'lapsed', 'closed', 'purged', 'erased')",
            name=op.f("ck_application_event_type"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_event_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_event")),
    )
    op.create_index("ix_application_event_application_id", "application_event", ["application_id", "id"])
    op.create_table(
        "application_guest",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_guest_application_id_application")
        ),
        sa.PrimaryKeyConstraint("application_id", "session_id", name=op.f("pk_application_guest")),
    )
    op.create_index(op.f("ix_application_guest_session_id"), "application_guest", ["session_id"])
    op.create_table(
        "resume_link",
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.CheckConstraint("octet_length(secret_hash) = 32", name=op.f("ck_resume_link_secret_hashed")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_resume_link_application_id_application")
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_resume_link")),
    )
    op.create_index(op.f("ix_resume_link_application_id"), "resume_link", ["application_id"])
    op.create_table(
        "application_answer_history",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("replaced_at", MOMENT, server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_answer_history_application_id_application"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_answer_history")),
    )
    op.create_index(
        op.f("ix_application_answer_history_application_id"), "application_answer_history", ["application_id"]
    )
    op.create_table(
        "application_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("fields", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("files", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("reason", sa.LargeBinary()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extensions", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("reminded_at", MOMENT),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint("state IN ('open', 'answered', 'cancelled')", name=op.f("ck_application_request_state")),
        sa.CheckConstraint("extensions >= 0", name=op.f("ck_application_request_extensions")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_request_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_request")),
    )
    op.create_index(op.f("ix_application_request_application_id"), "application_request", ["application_id"])
    op.create_index(
        "ix_application_request_due_on", "application_request", ["due_on"], postgresql_where=sa.text("state = 'open'")
    )
    op.create_table(
        "application_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary()),
        sa.Column("attachments", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.CheckConstraint("by IN ('person', 'helper', 'office')", name=op.f("ck_application_message_by")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_message_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_message")),
    )
    op.create_index(op.f("ix_application_message_application_id"), "application_message", ["application_id"])
    op.create_table(
        "application_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("electronic", sa.Boolean(), nullable=False),
        sa.Column("provided_at", MOMENT, nullable=False),
        sa.Column("notified_at", MOMENT),
        sa.Column("first_retrieved_at", MOMENT),
        sa.Column("deemed_announced_on", sa.Date()),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_letter_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_letter")),
    )
    op.create_index(op.f("ix_application_letter_application_id"), "application_letter", ["application_id"])
    op.create_table(
        "issued_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("void_at", MOMENT),
        sa.CheckConstraint("octet_length(code_hash) = 32", name=op.f("ck_issued_document_code_hashed")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_issued_document_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_document")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_issued_document_code_hash")),
    )
    op.create_index(op.f("ix_issued_document_application_id"), "issued_document", ["application_id"])
    op.create_table(
        "booking_origin",  # the word with which booking tells an application of its visit
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_booking_origin")),
    )
    role = sa.make_url(context.config.attributes["app_url"]).username
    if role and role != op.get_bind().scalar(sa.text("SELECT current_user")):
        quoted = op.get_bind().dialect.identifier_preparer.quote(role)
        op.execute(f"REVOKE UPDATE, DELETE ON application_event FROM {quoted}")  # what happened stays as it was
        op.execute(f"REVOKE DELETE ON application FROM {quoted}")  # an erased one stays as a tombstone


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
