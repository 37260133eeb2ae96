"""Capacity: booking rules, lanes, opening periods, breaks, exceptions, closures and the read model of free time."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0520"
down_revision = "20261122_0515"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "booking_rule",
        sa.Column("office_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("land", sa.Text(), nullable=False),
        sa.Column("horizon_days", sa.SmallInteger(), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), nullable=False),
        sa.Column("materialised_until", sa.Date(), nullable=True),
        sa.CheckConstraint("land ~ '^[A-Z]{2}$'", name=op.f("ck_booking_rule_land")),
        sa.CheckConstraint("horizon_days BETWEEN 1 AND 365", name=op.f("ck_booking_rule_horizon")),
        sa.CheckConstraint("lead_minutes BETWEEN 0 AND 100000", name=op.f("ck_booking_rule_lead")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_booking_rule_office_id_office")),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_booking_rule")),
    )
    op.create_table(
        "break_time",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "extract(epoch FROM starts) % 300 = 0 AND extract(epoch FROM ends) % 300 = 0 AND ends < time '24:00'",
            name=op.f("ck_break_time_on_grid"),
        ),
        sa.CheckConstraint("starts < ends OR ends = time '00:00'", name=op.f("ck_break_time_starts_before_ends")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_break_time_valid")),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_break_time_weekday")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_break_time_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_time")),
    )
    op.create_index("ix_break_time_office_id", "break_time", ["office_id"], unique=False)
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "extract(epoch FROM starts) % 300 = 0 AND extract(epoch FROM ends) % 300 = 0 AND ends < time '24:00'",
            name=op.f("ck_closure_on_grid"),
        ),
        sa.CheckConstraint("reason ~ '^[a-z][a-z_]*$'", name=op.f("ck_closure_reason")),
        sa.CheckConstraint("starts < ends OR ends = time '00:00'", name=op.f("ck_closure_starts_before_ends")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_closure_days")),
        sa.CheckConstraint("num_nonnulls(office_id, authority) = 1", name=op.f("ck_closure_office_or_authority")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_closure_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_index("ix_closure_office_id", "closure", ["office_id"], unique=False)
    op.create_table(
        "extra_opening",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("opens", sa.Time(), nullable=True),
        sa.Column("closes", sa.Time(), nullable=True),
        sa.Column("lanes_public", sa.SmallInteger(), nullable=False),
        sa.Column("lanes_internal", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "extract(epoch FROM opens) % 300 = 0 AND extract(epoch FROM closes) % 300 = 0 AND closes < time '24:00'",
            name=op.f("ck_extra_opening_on_grid"),
        ),
        sa.CheckConstraint(
            "kind IN ('standard', 'short', 'step_free', 'sign_language', 'large_room')",
            name=op.f("ck_extra_opening_kind"),
        ),
        sa.CheckConstraint(
            "opens < closes OR closes = time '00:00'", name=op.f("ck_extra_opening_opens_before_closes")
        ),
        sa.CheckConstraint(
            "lanes_public >= 0 AND lanes_internal >= 0 AND lanes_public + lanes_internal > 0",
            name=op.f("ck_extra_opening_lanes"),
        ),
        sa.CheckConstraint("num_nonnulls(day, opens, closes) IN (0, 3)", name=op.f("ck_extra_opening_dated_or_stop")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_extra_opening_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_opening")),
    )
    op.create_index("ix_extra_opening_office_id", "extra_opening", ["office_id"], unique=False)
    op.create_table(
        "opening_period",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("lanes_public", sa.SmallInteger(), nullable=False),
        sa.Column("lanes_internal", sa.SmallInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "extract(epoch FROM opens) % 300 = 0 AND extract(epoch FROM closes) % 300 = 0 AND closes < time '24:00'",
            name=op.f("ck_opening_period_on_grid"),
        ),
        sa.CheckConstraint(
            "kind IN ('standard', 'short', 'step_free', 'sign_language', 'large_room')",
            name=op.f("ck_opening_period_kind"),
        ),
        sa.CheckConstraint(
            "opens < closes OR closes = time '00:00'", name=op.f("ck_opening_period_opens_before_closes")
        ),
        sa.CheckConstraint(
            "lanes_public >= 0 AND lanes_internal >= 0 AND lanes_public + lanes_internal > 0",
            name=op.f("ck_opening_period_lanes"),
        ),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_opening_period_valid")),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_opening_period_weekday")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_opening_period_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_period")),
    )
    op.create_index("ix_opening_period_office_id", "opening_period", ["office_id"], unique=False)
    op.create_table(
        "resource",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("usage", sa.Text(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('standard', 'short', 'step_free', 'sign_language', 'large_room')", name=op.f("ck_resource_kind")
        ),
        sa.CheckConstraint("usage IN ('public', 'internal')", name=op.f("ck_resource_usage")),
        sa.CheckConstraint("number > 0", name=op.f("ck_resource_number")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_resource_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint(
            "office_id", "kind", "usage", "number", name=op.f("uq_resource_office_id_kind_usage_number")
        ),
    )
    op.create_table(
        "lane_day",
        sa.Column("resource_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("usage", sa.Text(), nullable=False),
        sa.Column("open", sa.LargeBinary(), nullable=False),
        sa.Column("taken", sa.LargeBinary(), nullable=False),
        sa.Column("free", sa.LargeBinary(), nullable=False),
        sa.Column("first_1", sa.SmallInteger(), nullable=True),
        sa.Column("first_2", sa.SmallInteger(), nullable=True),
        sa.Column("first_3", sa.SmallInteger(), nullable=True),
        sa.Column("first_4", sa.SmallInteger(), nullable=True),
        sa.Column("first_6", sa.SmallInteger(), nullable=True),
        sa.Column("first_9", sa.SmallInteger(), nullable=True),
        sa.CheckConstraint(
            "octet_length(open) = octet_length(taken) AND octet_length(open) = octet_length(free)",
            name=op.f("ck_lane_day_maps"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_lane_day_office_id_office")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_lane_day_resource_id_resource")),
        sa.PrimaryKeyConstraint("resource_id", "day", name=op.f("pk_lane_day")),
        postgresql_with={"fillfactor": 70},
    )
    op.create_index(
        "ix_lane_day_first_1",
        "lane_day",
        ["usage", "kind", "day", "first_1", "office_id"],
        unique=False,
        postgresql_where=sa.text("first_1 IS NOT NULL"),
    )
    op.create_index(
        "ix_lane_day_first_2",
        "lane_day",
        ["usage", "kind", "day", "first_2", "office_id"],
        unique=False,
        postgresql_where=sa.text("first_2 IS NOT NULL"),
    )
    op.create_index(
        "ix_lane_day_first_3",
        "lane_day",
        ["usage", "kind", "day", "first_3", "office_id"],
        unique=False,
        postgresql_where=sa.text("first_3 IS NOT NULL"),
    )
    op.create_index(
        "ix_lane_day_first_4",
        "lane_day",
        ["usage", "kind", "day", "first_4", "office_id"],
        unique=False,
        postgresql_where=sa.text("first_4 IS NOT NULL"),
    )
    op.create_index(
        "ix_lane_day_first_6",
        "lane_day",
        ["usage", "kind", "day", "first_6", "office_id"],
        unique=False,
        postgresql_where=sa.text("first_6 IS NOT NULL"),
    )
    op.create_index(
        "ix_lane_day_first_9",
        "lane_day",
        ["usage", "kind", "day", "first_9", "office_id"],
        unique=False,
        postgresql_where=sa.text("first_9 IS NOT NULL"),
    )
    op.create_index("ix_lane_day_office_id_day", "lane_day", ["office_id", "day"], unique=False)


def downgrade() -> None:
    for table in ("lane_day", "resource", "opening_period", "extra_opening", "closure", "break_time", "booking_rule"):
        op.drop_table(table)
