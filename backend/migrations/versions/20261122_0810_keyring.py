"""The keys of encrypted data, in a schema of their own."""

import sqlalchemy as sa
from alembic import context, op

revision = "20261122_0810"
down_revision = "20261122_0805"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA keyring")
    op.create_table(
        "data_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name="pk_data_key"),
        schema="keyring",
    )
    role = sa.make_url(context.config.attributes["app_url"]).username
    if role and role != op.get_bind().scalar(sa.text("SELECT current_user")):
        quoted = op.get_bind().dialect.identifier_preparer.quote(role)
        op.execute(f"GRANT USAGE ON SCHEMA keyring TO {quoted}")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON keyring.data_key TO {quoted}")


def downgrade() -> None:
    op.drop_table("data_key", schema="keyring")
    op.execute("DROP SCHEMA keyring")
