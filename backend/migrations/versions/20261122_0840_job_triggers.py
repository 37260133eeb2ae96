"""A new job wakes nobody: workers look every second.

NOTIFY makes all commits with a job wait for each other, flush included, and the event "deferred" says what the job's
own row says already (docs/adr/0007-cost-of-a-booking.md).
"""

from alembic import op

revision = "20261122_0840"
down_revision = "20261122_0830"
branch_labels = None
depends_on = None

TRIGGERS = ("procrastinate_jobs_notify_queue_job_inserted_v1", "procrastinate_trigger_status_events_insert_v1")


def upgrade() -> None:
    for trigger in TRIGGERS:
        op.execute(f"ALTER TABLE procrastinate_jobs DISABLE TRIGGER {trigger}")


def downgrade() -> None:
    for trigger in TRIGGERS:
        op.execute(f"ALTER TABLE procrastinate_jobs ENABLE TRIGGER {trigger}")
