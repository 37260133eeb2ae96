"""Accounts, sessions and sign-ins."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261122_0805"
down_revision = "20261122_0800"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)
NOW = sa.text("clock_timestamp()")
LEVEL = "level IN ('none', 'basic', 'substantial', 'high')"
SIDE = "side IN ('citizen', 'staff')"


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text()),
        sa.Column("family_name", sa.Text()),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("claims", sa.LargeBinary()),
        sa.Column("claims_at", MOMENT),
        sa.Column("electronic_delivery", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("electronic_delivery_at", MOMENT),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("last_seen_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("warned_at", MOMENT),
        sa.CheckConstraint(SIDE, name=op.f("ck_account_side")),
        sa.CheckConstraint(LEVEL, name=op.f("ck_account_level")),
        sa.CheckConstraint("claims IS NULL OR claims_at IS NOT NULL", name=op.f("ck_account_claims_dated")),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
    )
    op.create_index("uq_account_issuer_subject", "account", ["issuer", "subject"], unique=True)
    op.create_index("ix_account_last_seen_at", "account", ["last_seen_at"])
    op.create_table(
        "account_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("id_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid()),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("method", sa.Text()),
        sa.Column("auth_time", MOMENT),
        sa.Column("roles", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("offices", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("provider_session", sa.Text()),
        sa.Column("id_token", sa.LargeBinary()),
        sa.Column("device", sa.Text()),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("seen_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("absolute_until", MOMENT, nullable=False),
        sa.CheckConstraint("octet_length(id_hash) = 32", name=op.f("ck_account_session_id_hashed")),
        sa.CheckConstraint("kind IN ('citizen', 'guest', 'staff')", name=op.f("ck_account_session_kind")),
        sa.CheckConstraint(LEVEL, name=op.f("ck_account_session_level")),
        sa.CheckConstraint(
            "(kind = 'guest') = (account_id IS NULL)", name=op.f("ck_account_session_guests_have_no_account")
        ),
        sa.CheckConstraint(
            "kind = 'staff' OR cardinality(roles) + cardinality(offices) = 0",
            name=op.f("ck_account_session_roles_are_for_staff"),
        ),
        sa.CheckConstraint("expires_at <= absolute_until", name=op.f("ck_account_session_ends")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], ondelete="CASCADE", name="fk_account_session_account_id_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_account_session"),
        sa.UniqueConstraint("id_hash", name="uq_account_session_id_hash"),
    )
    op.create_index("ix_account_session_account_id", "account_session", ["account_id"])
    op.create_index("ix_account_session_provider_session", "account_session", ["provider_session"])
    op.create_index("ix_account_session_expires_at", "account_session", ["expires_at"])
    op.create_table(
        "sign_in",
        sa.Column("id_hash", sa.LargeBinary(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("return_page", sa.Text(), nullable=False),
        sa.Column("return_params", JSONB(), nullable=False),
        sa.Column("step_up_session", sa.Uuid()),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.CheckConstraint("octet_length(id_hash) = 32", name=op.f("ck_sign_in_id_hashed")),
        sa.CheckConstraint(SIDE, name=op.f("ck_sign_in_side")),
        sa.CheckConstraint(LEVEL, name=op.f("ck_sign_in_level")),
        sa.ForeignKeyConstraint(
            ["step_up_session"],
            ["account_session.id"],
            ondelete="CASCADE",
            name="fk_sign_in_step_up_session_account_session",
        ),
        sa.PrimaryKeyConstraint("id_hash", name="pk_sign_in"),
    )
    op.create_index("ix_sign_in_expires_at", "sign_in", ["expires_at"])
    op.create_table(
        "logout_token",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("seen_at", MOMENT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("issuer", "token_id", name="pk_logout_token"),
    )


def downgrade() -> None:
    for table in ("logout_token", "sign_in", "account_session", "account"):
        op.drop_table(table)
