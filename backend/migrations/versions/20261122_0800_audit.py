"""The audit trail: entries and seals that the application may only add, and a function that erases old contents."""

import sqlalchemy as sa
from alembic import context, op

revision = "20261122_0800"
down_revision = "20261122_0720"
branch_labels = None
depends_on = None

NOW = sa.text("clock_timestamp()")
MOMENT = sa.TIMESTAMP(timezone=True)
TABLES = ("audit_entry", "audit_seal", "audit_sealed")
# reason, payload and salt may be emptied together once they are a year old; nothing else ever changes
GUARD = """
CREATE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE erasable text[] := ARRAY['reason', 'payload', 'salt'];
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_entry' THEN
        IF NEW.reason IS NULL AND NEW.payload IS NULL AND NEW.salt IS NULL
            AND OLD.at < clock_timestamp() - interval '1 year'
            AND to_jsonb(NEW) - erasable = to_jsonb(OLD) - erasable
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END $$
"""
FORGET = """
CREATE FUNCTION audit_forget(before timestamptz) RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH gone AS (
        UPDATE audit_entry SET reason = NULL, payload = NULL, salt = NULL
        WHERE at < before AND salt IS NOT NULL RETURNING 1
    ) SELECT count(*) FROM gone
$$
"""


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("xid", sa.BigInteger, server_default=sa.text("(pg_current_xact_id()::text)::bigint"), nullable=False),
        sa.Column("actor_kind", sa.Text, nullable=False),
        sa.Column("actor_account", sa.Uuid),
        sa.Column("actor_session", sa.Uuid),
        sa.Column("actor_level", sa.Text),
        sa.Column("actor_roles", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("object_type", sa.Text, nullable=False),
        sa.Column("object_id", sa.Text, nullable=False),
        sa.Column("about", sa.Uuid),
        sa.Column("reason", sa.Text),
        sa.Column("payload", sa.Text),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.CheckConstraint(
            "actor_kind IN ('citizen', 'guest', 'nobody', 'staff', 'system')", name=op.f("ck_audit_entry_actor_kind")
        ),
        sa.CheckConstraint("octet_length(content) = 32", name=op.f("ck_audit_entry_content")),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_object", "audit_entry", ["object_type", "object_id", "at"])
    about = sa.text("about IS NOT NULL")
    op.create_index("ix_audit_entry_about", "audit_entry", ["about", "at"], postgresql_where=about)
    op.create_index("ix_audit_entry_action", "audit_entry", ["action", "at"])
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("previous", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("entries", sa.BigInteger, nullable=False),
        sa.Column("sealed_at", MOMENT, server_default=NOW, nullable=False),
        sa.CheckConstraint(
            "octet_length(hash) = 32 AND octet_length(previous) = 32", name=op.f("ck_audit_seal_hashes")
        ),
        sa.CheckConstraint("number > 0 AND entries > 0", name=op.f("ck_audit_seal_numbers")),
        sa.PrimaryKeyConstraint("number", name="pk_audit_seal"),
        sa.UniqueConstraint("previous", name="uq_audit_seal_previous"),
    )
    op.create_table(
        "audit_sealed",
        sa.Column("entry_id", sa.BigInteger, nullable=False),
        sa.Column("seal", sa.BigInteger, nullable=False),
        sa.Column("place", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_audit_sealed"),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name="fk_audit_sealed_entry_id_audit_entry"),
        sa.ForeignKeyConstraint(["seal"], ["audit_seal.number"], name="fk_audit_sealed_seal_audit_seal"),
    )
    op.create_index("ix_audit_sealed_seal_place", "audit_sealed", ["seal", "place"], unique=True)
    protect()


def protect() -> None:
    """A trigger for everybody, and fewer rights for the application's role."""
    op.execute(GUARD)
    op.execute(FORGET)
    for table in TABLES:
        guarded = "EXECUTE FUNCTION audit_guard()"
        op.execute(f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {guarded}")
        op.execute(f"CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} {guarded}")
    op.execute("REVOKE EXECUTE ON FUNCTION audit_forget(timestamptz) FROM PUBLIC")
    role = sa.make_url(context.config.attributes["app_url"]).username
    if role and role != op.get_bind().scalar(sa.text("SELECT current_user")):
        quoted = op.get_bind().dialect.identifier_preparer.quote(role)
        op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(TABLES)} FROM {quoted}")
        op.execute(f"GRANT EXECUTE ON FUNCTION audit_forget(timestamptz) TO {quoted}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DROP FUNCTION audit_forget(timestamptz)")
    op.execute("DROP FUNCTION audit_guard()")
