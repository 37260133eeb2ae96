"""Reading cases: versions of answers, who has a case open, and when a list last changed."""

import sqlalchemy as sa
from alembic import context, op

revision = "20261122_0870"
down_revision = "20261122_0860"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)
NOW = sa.text("clock_timestamp()")
KINDS = ["service", "state", "language", "waiting_for", "assigned_to"]
# What a list shows can change without a case that is still in it: a case leaves an office, or somebody gets another
# name. Such a change is a row of staff_list_change; every other one is the number on the case itself.
FUNCTIONS = (
    """
    CREATE FUNCTION staff_case_changes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.changed_xid := pg_current_xact_id()::text::bigint;
        NEW.facets := ARRAY[
            's:' || NEW.service, 't:' || NEW.state, 'l:' || NEW.language, 'w:' || coalesce(NEW.waiting_for, 'office'),
            'a:' || coalesce(NEW.assigned_to::text, 'nobody'),
            CASE WHEN NEW.ended_at IS NULL THEN 'open' ELSE 'ended' END
        ] || ARRAY(SELECT 'b:' || label FROM unnest(NEW.labels) AS label);
        IF TG_OP = 'UPDATE' AND OLD.office <> NEW.office THEN
            INSERT INTO staff_list_change (office, changed_xid) VALUES (OLD.office, pg_current_xact_id()::text::bigint);
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION staff_case_goes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO staff_list_change (office, changed_xid) VALUES (OLD.office, pg_current_xact_id()::text::bigint);
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION staff_worker_changes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO staff_list_change (office, changed_xid) VALUES (NULL, pg_current_xact_id()::text::bigint);
        RETURN NULL;
    END $$
    """,
)
TRIGGERS = (
    "CREATE TRIGGER staff_case_changes BEFORE INSERT OR UPDATE ON staff_case"
    " FOR EACH ROW EXECUTE FUNCTION staff_case_changes()",
    "CREATE TRIGGER staff_case_goes AFTER DELETE ON staff_case FOR EACH ROW EXECUTE FUNCTION staff_case_goes()",
    "CREATE TRIGGER staff_worker_changes AFTER UPDATE ON staff_worker FOR EACH ROW WHEN ((OLD.name, OLD.absent_until,"
    " OLD.substitute) IS DISTINCT FROM (NEW.name, NEW.absent_until, NEW.substitute))"
    " EXECUTE FUNCTION staff_worker_changes()",
)


def upgrade() -> None:
    op.add_column(
        "application_answer_history",
        sa.Column("replaced_by", sa.Text(), server_default="citizen", nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_application_answer_history_replaced_by"),
        "application_answer_history",
        "replaced_by IN ('citizen', 'office')",
    )
    op.add_column("attachment", sa.Column("has_text", sa.Boolean()))
    op.add_column("account_session", sa.Column("training", sa.Boolean(), server_default=sa.false(), nullable=False))
    _ledger()
    op.create_index(op.f("ix_booking_origin_origin"), "booking_origin", ["origin"])
    op.create_table(
        "staff_case_presence",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("since", MOMENT, server_default=NOW, nullable=False),
        sa.Column("seen_at", MOMENT, server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["staff_case.application_id"],
            name=op.f("fk_staff_case_presence_application_id_staff_case"),
        ),
        sa.PrimaryKeyConstraint("application_id", "account_id", name=op.f("pk_staff_case_presence")),
    )
    op.create_index("ix_staff_case_presence_seen_at", "staff_case_presence", ["seen_at"])
    _changes()


def _ledger() -> None:
    """Destroyed keys by their random names, until they stand in the ledger beside the backups."""
    op.create_table(
        "erased",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("written_at", MOMENT),
        sa.PrimaryKeyConstraint("key_id", name="pk_erased"),
        schema="keyring",
    )
    waiting = sa.text("written_at IS NULL")
    op.create_index("ix_erased_waiting", "erased", ["at"], postgresql_where=waiting, schema="keyring")
    role = sa.make_url(context.config.attributes["app_url"]).username
    if role and role != op.get_bind().scalar(sa.text("SELECT current_user")):
        quoted = op.get_bind().dialect.identifier_preparer.quote(role)
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON keyring.erased TO {quoted}")


def _changes() -> None:
    op.create_table(
        "staff_list_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("office", sa.Text()),
        sa.Column("changed_xid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_list_change")),
    )
    op.create_index("ix_staff_list_change_office", "staff_list_change", ["office", "changed_xid"])
    op.add_column("staff_case", sa.Column("changed_xid", sa.BigInteger(), server_default="0", nullable=False))
    op.alter_column("staff_case", "changed_xid", server_default=None)
    op.create_index("ix_staff_case_changed", "staff_case", ["office", "changed_xid"])
    op.add_column("staff_case", sa.Column("facets", sa.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.alter_column("staff_case", "facets", server_default=None)
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)
    op.execute("UPDATE staff_case SET facets = '{}'")  # the trigger fills them
    _walks([*KINDS, "team", "promise_on", "received_at"], [*KINDS, "promise_on", "due_rank"], KINDS)
    op.drop_index("ix_staff_case_labels", "staff_case")
    _inverted("facets")


def _walks(due: list[str] | None, received: list[str] | None, others: list[str] | None) -> None:
    """The indexes of lists again, with what is filtered by beside their keys."""
    rest = ["received_at", "application_id"]
    for name, columns, where, include in (
        ("due", ["due_rank", "application_id"], "ended_at IS NULL", due),
        ("received", rest, "ended_at IS NULL", received),
        ("ended", rest, "ended_at IS NOT NULL", others),
        ("all", rest, None, others),
    ):
        index = f"ix_staff_case_{name}"
        op.drop_index(index, "staff_case")
        only = None if where is None else sa.text(where)
        op.create_index(index, "staff_case", ["office", *columns], postgresql_where=only, postgresql_include=include)


def _inverted(column: str) -> None:
    options = {"postgresql_using": "gin", "postgresql_with": {"fastupdate": "off"}}
    op.create_index(f"ix_staff_case_{column}", "staff_case", [column], **options)


def downgrade() -> None:
    _walks(None, None, None)
    op.drop_index("ix_staff_case_facets", "staff_case")
    _inverted("labels")
    op.execute("DROP TRIGGER staff_worker_changes ON staff_worker")
    for trigger in ("staff_case_goes", "staff_case_changes"):
        op.execute(f"DROP TRIGGER {trigger} ON staff_case")
    for function in ("staff_worker_changes", "staff_case_goes", "staff_case_changes"):
        op.execute(f"DROP FUNCTION {function}()")
    op.drop_index("ix_staff_case_changed", "staff_case")
    op.drop_column("staff_case", "facets")
    op.drop_column("staff_case", "changed_xid")
    op.drop_table("staff_list_change")
    op.drop_table("staff_case_presence")
    op.drop_table("erased", schema="keyring")
    op.drop_index(op.f("ix_booking_origin_origin"), "booking_origin")
    op.drop_column("account_session", "training")
    op.drop_column("attachment", "has_text")
    op.drop_column("application_answer_history", "replaced_by")
