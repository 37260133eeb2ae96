"""Catalogue: authorities, life situations, offices, mobile stops, services, search terms."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_0510"
down_revision = "20261122_0501"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_table(
        "authority",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("ars", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_authority"),
        sa.UniqueConstraint("ars", name="uq_authority_ars"),
        sa.UniqueConstraint("slug", name="uq_authority_slug"),
    )
    op.create_table(
        "catalogue_state",
        sa.Column("only_row", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("only_row", name="ck_catalogue_state_only_row"),
        sa.PrimaryKeyConstraint("only_row", name="pk_catalogue_state"),
    )
    op.create_table(
        "life_situation",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_life_situation"),
        sa.UniqueConstraint("slug", name="uq_life_situation_slug"),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("bookable", sa.Boolean(), nullable=False),
        sa.Column("access_features", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('permanent', 'mobile')", name="ck_office_kind"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_office_authority_id_authority"),
        sa.PrimaryKeyConstraint("id", name="pk_office"),
        sa.UniqueConstraint("slug", name="uq_office_slug"),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("life_situation_id", sa.BigInteger(), nullable=False),
        sa.Column("bookable", sa.Boolean(), nullable=False),
        sa.Column("short_concern", sa.Boolean(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=True),
        sa.Column("further_person_minutes", sa.Integer(), nullable=True),
        sa.Column("max_quantity", sa.Integer(), nullable=False),
        sa.Column("combine_group", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("NOT bookable OR duration_minutes IS NOT NULL", name="ck_service_bookable_has_duration"),
        sa.CheckConstraint("duration_minutes > 0", name="ck_service_duration_positive"),
        sa.CheckConstraint("further_person_minutes >= 0", name="ck_service_further_person_not_negative"),
        sa.CheckConstraint("max_quantity > 0", name="ck_service_max_quantity_positive"),
        sa.ForeignKeyConstraint(
            ["life_situation_id"], ["life_situation.id"], name="fk_service_life_situation_id_life_situation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_service"),
        sa.UniqueConstraint("slug", name="uq_service_slug"),
    )
    op.create_table(
        "mobile_stop",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("access", postgresql.JSONB(), nullable=False),
        sa.Column("assumption", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("opens < closes", name="ck_mobile_stop_opens_before_closes"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_mobile_stop_office_id_office"),
        sa.PrimaryKeyConstraint("id", name="pk_mobile_stop"),
        sa.UniqueConstraint("office_id", "rule", "day", name="uq_mobile_stop_office_id_rule_day"),
    )
    op.create_table(
        "office_answer",
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("summary", postgresql.JSONB(), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name="fk_office_answer_office_id_office", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("office_id", "lang", name="pk_office_answer"),
    )
    op.create_table(
        "service_answer",
        sa.Column("service_id", sa.BigInteger(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("summary", postgresql.JSONB(), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_service_answer_service_id_service", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "lang", name="pk_service_answer"),
    )
    op.create_table(
        "service_authority",
        sa.Column("service_id", sa.BigInteger(), nullable=False),
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_service_authority_authority_id_authority"),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_service_authority_service_id_service", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "authority_id", name="pk_service_authority"),
    )
    op.create_table(
        "service_leika",
        sa.Column("leika", sa.Text(), nullable=False),
        sa.Column("service_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_service_leika_service_id_service", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("leika", "service_id", name="pk_service_leika"),
    )
    op.create_table(
        "service_office",
        sa.Column("service_id", sa.BigInteger(), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_service_office_office_id_office"),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_service_office_service_id_service", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "office_id", name="pk_service_office"),
    )
    op.create_index("ix_service_office_office_id", "service_office", ["office_id"], unique=False)
    op.create_table(
        "service_term",
        sa.Column("service_id", sa.BigInteger(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("phrase", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name="ck_service_term_weight_range"),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_service_term_service_id_service", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "lang", "term", "phrase", name="pk_service_term"),
    )
    op.create_index(
        "ix_service_term_term_trgm",
        "service_term",
        ["term"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"term": "gin_trgm_ops"},
    )


def downgrade() -> None:
    op.drop_table("service_term")
    op.drop_table("service_office")
    op.drop_table("service_leika")
    op.drop_table("service_authority")
    op.drop_table("service_answer")
    op.drop_table("office_answer")
    op.drop_table("mobile_stop")
    op.drop_table("service")
    op.drop_table("office")
    op.drop_table("life_situation")
    op.drop_table("catalogue_state")
    op.drop_table("authority")
