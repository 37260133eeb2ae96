"""Holds, appointments and the claims that make a double booking impossible."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_0530"
down_revision = ("20261122_0515", "20261122_0520")
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("name_search", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("contact_key", sa.Text(), nullable=True),
        sa.Column("needs", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("confirm_by", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("extensions", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("mails", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column(
            "updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("confirmed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("erased_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)",
            name=op.f("ck_appointment_cancelled_at_when_cancelled"),
        ),
        sa.CheckConstraint(
            "(state = 'unconfirmed') = (confirm_by IS NOT NULL)",
            name=op.f("ck_appointment_confirm_by_while_unconfirmed"),
        ),
        sa.CheckConstraint(
            "state <> 'booked' OR confirmed_at IS NOT NULL", name=op.f("ck_appointment_confirmed_at_when_booked")
        ),
        sa.CheckConstraint("state IN ('unconfirmed', 'booked', 'cancelled')", name=op.f("ck_appointment_state")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_appointment_ends_after_start")),
        sa.CheckConstraint(
            "erased_at IS NOT NULL OR (family_name IS NOT NULL AND num_nonnulls(email, mobile) > 0)",
            name=op.f("ck_appointment_reachable"),
        ),
        sa.CheckConstraint(
            "erased_at IS NULL OR num_nonnulls(given_name, family_name, name_search, email, mobile, contact_key) = 0",
            name=op.f("ck_appointment_erased"),
        ),
        sa.CheckConstraint("sequence >= 0 AND extensions >= 0", name=op.f("ck_appointment_counters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("hold_id", name=op.f("uq_appointment_hold_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_appointment_reference")),
    )
    op.create_index(
        "ix_appointment_contact_open",
        "appointment",
        ["contact_key"],
        unique=False,
        postgresql_where=sa.text("state = 'booked'"),
    )
    op.create_index(
        "ix_appointment_starts_at",
        "appointment",
        ["starts_at"],
        unique=False,
        postgresql_where=sa.text("erased_at IS NULL"),
    )
    op.create_table(
        "claim_archive",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("resource", sa.BigInteger(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("live", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_archive")),
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("services", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("needs", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("range_key", sa.LargeBinary(), nullable=True),
        sa.Column("extensions", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("open", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_hold_ends_after_start")),
        sa.CheckConstraint("extensions >= 0", name=op.f("ck_hold_extensions")),
        sa.CheckConstraint("octet_length(secret_hash) = 32", name=op.f("ck_hold_secret_hashed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index("ix_hold_expires_at", "hold", ["expires_at"], unique=False)
    op.create_index(
        "ix_hold_range_open", "hold", ["range_key", "expires_at"], unique=False, postgresql_where=sa.text("open")
    )
    op.create_table(
        "appointment_secret",
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('confirm', 'manage', 'session', 'calendar')", name=op.f("ck_appointment_secret_purpose")
        ),
        sa.CheckConstraint("octet_length(secret_hash) = 32", name=op.f("ck_appointment_secret_secret_hashed")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_appointment_secret_appointment_id_appointment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_appointment_secret")),
    )
    op.create_index("ix_appointment_secret_appointment_id", "appointment_secret", ["appointment_id"], unique=False)
    op.create_table(
        "appointment_service",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("quantity", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_appointment_service_quantity")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_appointment_service_appointment_id_appointment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("appointment_id", "position", name=op.f("pk_appointment_service")),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("resource", sa.BigInteger(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("live", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=True),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("resource"), "="),
            (sa.column("during"), "&&"),
            (sa.column("live"), "&&"),
            using="gist",
            name="ex_claim_resource_during_live",
        ),
        sa.CheckConstraint(
            "(state IN ('booked', 'blocked')) = upper_inf(live)", name=op.f("ck_claim_endless_iff_booked")
        ),
        sa.CheckConstraint(
            "state = 'blocked' OR hold_id IS NOT NULL OR appointment_id IS NOT NULL",
            name=op.f("ck_claim_belongs_to_someone"),
        ),
        sa.CheckConstraint(
            "state IN ('held', 'unconfirmed', 'booked', 'blocked', 'released', 'moved', 'cancelled')",
            name=op.f("ck_claim_state"),
        ),
        sa.CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during) AND isfinite(lower(during))"
            " AND isfinite(upper(during)) AND lower_inc(during) AND NOT upper_inc(during)",
            name=op.f("ck_claim_during_finite"),
        ),
        sa.CheckConstraint(
            "NOT isempty(live) AND NOT lower_inf(live) AND isfinite(lower(live)) AND lower_inc(live)"
            " AND (upper_inf(live) OR (isfinite(upper(live)) AND NOT upper_inc(live)))",
            name=op.f("ck_claim_live_starts"),
        ),
        sa.ForeignKeyConstraint(["resource"], ["resource.id"], name=op.f("fk_claim_resource_resource")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(
        "ix_claim_appointment_id",
        "claim",
        ["appointment_id"],
        unique=False,
        postgresql_where=sa.text("appointment_id IS NOT NULL"),
    )
    op.create_index(
        "ix_claim_finite_until",
        "claim",
        [sa.literal_column("upper(live)")],
        unique=False,
        postgresql_where=sa.text("NOT upper_inf(live)"),
    )
    op.create_index(
        "ix_claim_hold_id", "claim", ["hold_id"], unique=False, postgresql_where=sa.text("hold_id IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_table("claim")
    op.drop_table("appointment_service")
    op.drop_table("appointment_secret")
    op.drop_table("hold")
    op.drop_table("claim_archive")
    op.drop_table("appointment")
