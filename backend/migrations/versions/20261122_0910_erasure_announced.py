"""One more thing that happens to applications: their person is told of the erasure before it comes."""

from alembic import op

revision = "20261122_0910"
down_revision = "20261122_0905"
branch_labels = None
depends_on = None

HAPPENINGS = (
    "'created', 'version_moved', 'draft_warned', 'submitted', 'undone', 'received', 'review_started', 'fee_set', "
    "'payment', 'request_opened', 'request_reminded', 'request_extended', 'request_answered', 'request_cancelled', "
    "'person_wrote', 'office_wrote', 'granted', 'partly_granted', 'refused', 'letter_provided', 'handover', "
    "'appointment', 'withdrawn', 'lapsed', 'closed', 'purged', 'erased', 'corrected', 'reopened', 'office_changed', "
    "'discontinued', 'person_asked'"
)


def upgrade() -> None:
    _can_happen(f"{HAPPENINGS}, 'erasure_announced'")
    # until now this was only said of drafts; nobody has been told of the end of what was sent
    # (nor of a draft whose day was forgotten when it was sent and taken back)
    op.execute(
        "UPDATE application SET warned_at = NULL"
        " WHERE warned_at IS NOT NULL AND (state <> 'draft' OR erase_after IS NULL)"
    )


def downgrade() -> None:
    op.execute("DELETE FROM application_event WHERE type = 'erasure_announced'")
    _can_happen(HAPPENINGS)


def _can_happen(words: str) -> None:
    name = op.f("ck_application_event_type")
    op.drop_constraint(name, "application_event", type_="check")
    op.create_check_constraint(name, "application_event", f"type IN ({words})")
