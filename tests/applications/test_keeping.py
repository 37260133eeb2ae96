"""What time does: the undo ends, drafts are warned about and erased, ended applications go by their package."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from backend.applications import form as form_reading
from backend.applications import jobs
from backend.applications.service import accounts_ties, keeping
from backend.core.db import db
from backend.core.errors import NotFound
from backend.forms import service as forms
from tests.applications.people import BY_CLERK, SIMPLE, Somebody, Town
from tests.applications.test_every_form import case_of, fill, with_names_of


def run(town: Town, *steps: Any) -> None:
    """What the worker does, each step committed."""
    with town.app.app_context():
        for step in steps:
            step()
            db.session.commit()


def row(town: Town, application_id: UUID) -> Any:
    return town.sql("SELECT * FROM application WHERE id = :id", id=application_id)[0]


def later(town: Town, application_id: UUID, days: int) -> None:
    """Let days pass for one application."""
    town.sql(
        "UPDATE application SET touched_at = touched_at - make_interval(days => :days), decided_at = decided_at"
        " - make_interval(days => :days), erase_after = erase_after - make_interval(days => :days),"
        " warned_at = warned_at - make_interval(days => :days) WHERE id = :id",
        id=application_id, days=days,
    )  # fmt: skip


def test_after_the_minutes_for_undoing_the_worker_begins(town: Town, aylin: Somebody) -> None:
    sent = aylin.applied()
    application = town.id_of(sent)
    run(town, jobs.end_undo)
    assert row(town, application).state == "submitted"
    town.sql("UPDATE application SET undo_until = clock_timestamp() WHERE id = :id", id=application)
    late = aylin.act("undo")
    assert (late.status_code, (late.json or {})["code"]) == (410, "undo_over")
    run(town, jobs.end_undo)
    queued = town.sql("SELECT args FROM procrastinate_jobs WHERE task_name = 'applications.receive'")
    assert {"row_id": str(application)} in [each.args for each in queued]
    run(town, lambda: jobs.receive(str(application)), lambda: jobs.receive(str(application)))
    assert row(town, application).state == "decided_granted"
    assert aylin.look()["letters"][0]["kind"] == "granted"


def test_an_idle_draft_is_warned_about_and_then_erased(town: Town, aylin: Somebody) -> None:
    draft = UUID(aylin.begin()["draft_id"])
    later(town, draft, 22)
    run(town, jobs.remind)
    assert row(town, draft).warned_at is None
    later(town, draft, 2)
    run(town, jobs.remind, jobs.remind)
    assert town.mails(draft) == ["application_draft_reminder"]
    run(town, jobs.forget_applications)
    assert row(town, draft).erased_at is None
    later(town, draft, 8)
    run(town, jobs.forget_applications)
    gone = row(town, draft)
    assert gone.erased_at is not None
    assert (gone.document, gone.key_id, gone.owner_account) == (None, None, None)


def test_a_warned_draft_that_was_sent_and_taken_back_is_warned_about_again(town: Town, aylin: Somebody) -> None:
    aylin.begin()
    aylin.fill()
    draft = UUID(aylin.draft["draft_id"])
    later(town, draft, 24)
    run(town, jobs.remind)
    warned = row(town, draft)
    assert warned.warned_at is not None
    assert aylin.send(revision=warned.revision).status_code == 201
    assert aylin.act("undo").status_code == 200
    assert row(town, draft).warned_at is None
    later(town, draft, 24)
    run(town, jobs.remind)
    assert row(town, draft).erase_after is not None


def test_saving_a_warned_draft_keeps_it(town: Town, aylin: Somebody) -> None:
    draft = UUID(aylin.begin()["draft_id"])
    later(town, draft, 25)
    run(town, jobs.remind)
    aylin.draft = dict(aylin.get(f"/drafts/{draft}").json or {})
    assert aylin.save("content", {"kind": "simple"}).status_code == 200
    later(town, draft, 10)
    run(town, jobs.forget_applications)
    assert row(town, draft).erased_at is None


@pytest.mark.parametrize(("ended", "days"), [("granted", 180), ("withdrawn", 30)])
def test_an_ended_application_is_kept_as_its_package_says(town: Town, aylin: Somebody, ended: str, days: int) -> None:
    aylin.applied(BY_CLERK if ended == "withdrawn" else SIMPLE)
    application = town.id_of(aylin.sent)
    aylin.act("send-now")
    if ended == "withdrawn":
        aylin.act("withdraw")
    run(town, jobs.forget_applications)
    later(town, application, days - 14)
    run(town, jobs.forget_applications)  # the person is told
    later(town, application, 13)
    run(town, jobs.forget_applications)
    assert row(town, application).erased_at is None
    later(town, application, 2)
    run(town, jobs.forget_applications)
    assert row(town, application).erased_at is not None
    assert aylin.get(f"/applications/{aylin.sent['reference']}").status_code == 404
    texts = "SELECT count(*) AS n FROM application_letter WHERE application_id = :id AND content IS NOT NULL"
    assert town.sql(texts, id=application)[0].n == 0


def test_a_broken_application_stops_only_its_own_step(town: Town, aylin: Somebody) -> None:
    """Its day of erasure cannot be known; others are erased all the same, and the failure is seen."""
    aylin.applied()
    aylin.act("send-now")
    broken = town.id_of(aylin.sent)
    draft = UUID(aylin.begin()["draft_id"])
    later(town, draft, 25)
    run(town, jobs.remind)
    later(town, draft, 8)
    published = row(town, broken).version
    town.sql("UPDATE application SET version = 999 WHERE id = :id", id=broken)
    try:
        with pytest.raises(ExceptionGroup) as seen:
            run(town, jobs.forget_applications)
    finally:
        town.sql("UPDATE application SET version = :version WHERE id = :id", version=published, id=broken)
    assert seen.group_contains(NotFound)
    assert (row(town, broken).erase_after, row(town, draft).erased_at is None) == (None, False)
    run(town, jobs.forget_applications)
    assert row(town, broken).erase_after is not None


def test_a_running_application_is_never_erased_by_time(town: Town, aylin: Somebody) -> None:
    aylin.applied(BY_CLERK)
    aylin.act("send-now")
    later(town, town.id_of(aylin.sent), 4000)
    run(town, jobs.forget_applications)
    assert aylin.look()["state"] == "received"


def test_the_end_of_an_account(town: Town, aylin: Somebody) -> None:
    """Drafts go, what runs holds the account, what has ended stays without it."""
    assert aylin.actor is not None
    account = aylin.actor.account_id
    assert account is not None
    draft = UUID(aylin.begin()["draft_id"])
    aylin.applied()
    application = town.id_of(aylin.sent)
    with town.app.app_context():
        told = {each.code: (each.count, each.blocks) for each in accounts_ties.consequences(db.session, account)}
        assert told["drafts_erased"] == (1, False)
        assert told["applications_running"] == (1, True)
        section = accounts_ties.section(db.session, aylin.actor, "uk")
        assert section is not None
        assert len(section.items) == 2
    aylin.act("send-now")
    run(town, lambda: accounts_ties.forget(db.session, account))
    assert row(town, draft).erased_at is not None
    assert (row(town, application).owner_account, row(town, application).erased_at) == (None, None)
    code = {"reference": aylin.sent["reference"], "code": "x"}
    assert town.guest().post("/applications/status", code).status_code == 404


def test_kept_days_follow_the_way_it_ended(town: Town, aylin: Somebody) -> None:
    aylin.applied()
    with town.app.app_context():
        application = keeping.queries.by_id_unchecked(db.session(), town.id_of(aylin.sent))
        assert application is not None
        assert keeping.kept_days(db.session(), application) == 180
        db.session.rollback()


def test_evidence_goes_a_day_after_the_decision(town: Town) -> None:
    """Files that the package keeps only until the decision are gone then; the answers stay until the retention ends."""
    form = forms.published("bewohnerparkausweis")
    answers, expected = case_of(form, "just_moved_in")
    who = with_names_of(town, answers, "basic")
    who.begin("bewohnerparkausweis")
    fill(who, form, answers)
    assert who.send(revision=who.check()["revision"], fee_cents=expected["fee_cents"]).status_code == 201
    kept = {slot for slot, node in form.fields.items() if node.get("x-purge") == "decided"} & who.sent["answers"].keys()
    assert kept
    who.act("send-now")
    who.act("withdraw")
    application = town.id_of(who.sent)
    run(town, jobs.forget_applications)
    assert len(who.look()["attachments"]) > 0
    later(town, application, 2)
    run(town, jobs.forget_applications, jobs.forget_applications)
    now = who.look()
    assert now["attachments"] == []
    assert not kept & now["answers"].keys()
    assert now["answers"]["family_name"] == answers["family_name"]
    assert who.get(f"/applications/{now['reference']}/receipt").status_code == 200
    happened = town.sql(
        "SELECT count(*) AS n FROM application_event WHERE application_id = :id AND type = 'purged'", id=application
    )
    assert happened[0].n == 1


def test_what_is_purged_goes_at_every_depth() -> None:
    nodes: dict[str, Any] = {
        "name": {"type": "string"},
        "proof": {"type": "array", "x-purge": "decided"},
        "person": {"type": "object", "properties": {"born": {"x-purge": "decided"}, "given": {}}},
        "children": {"type": "array", "items": {"properties": {"born": {"x-purge": "decided"}, "given": {}}}},
    }
    answers = {
        "name": "A", "proof": ["1"], "person": {"born": "x", "given": "y"},
        "children": [{"born": "x", "given": "y"}], "older": 1,
    }  # fmt: skip
    left = {"name": "A", "person": {"given": "y"}, "children": [{"given": "y"}], "older": 1}
    assert form_reading.purged(nodes, answers, "decided") == left
    assert form_reading.purged(nodes, answers, "submitted") == answers
