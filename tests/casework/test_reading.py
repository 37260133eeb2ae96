"""Reading a case: what changed between versions, the person's other cases, who is here, evidence as pictures."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import typst
from PIL import Image
from sqlalchemy import create_engine, event
from werkzeug.test import TestResponse

from backend.applications import codes
from backend.applications.files import checking
from backend.applications.files.types import FileState
from backend.casework.jobs_reading import list_changes_end, presence_ends
from backend.casework.service import diff
from backend.core.db import db
from backend.core.settings import Settings
from tests.applications.people import Somebody, Town
from tests.casework.office import Colleague, Office, today
from tests.casework.test_case import erase
from tests.scanner import clamd

SOON = (today() + timedelta(days=20)).isoformat()
SENTENCE = "Der Mietvertrag gilt ab Montag"


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with clamd(tmp_path_factory.mktemp("scanner")) as url:
        yield url


@pytest.fixture(scope="module")
def settings(settings: Settings, scanner: str) -> Settings:
    return replace(settings, clamd_url=scanner)


@pytest.fixture
def aylin(town: Town) -> Somebody:
    return town.citizen()


def two_pages() -> bytes:
    made = typst.compile(f"{SENTENCE}\n#pagebreak()\n#rect(width: 4cm)".encode())
    assert isinstance(made, bytes)
    return made


def scan() -> bytes:
    """A page that is only a picture."""
    written = io.BytesIO()
    Image.new("RGB", (800, 400), "white").save(written, "PDF")
    return written.getvalue()


def sent_file(town: Town, who: Somebody, name: str, content: bytes) -> str:
    """A clean file that goes with a message."""
    place = f"/applications/{who.sent['reference']}/attachments"
    made = who.post(place, {"purpose": "message", "slot": "message", "name": name, "size": len(content)})
    assert made.status_code == 201, made.json
    headers = {**who.headers, "Upload-Offset": "0", "Tus-Resumable": "1.0.0"}
    kind = {"Content-Type": "application/offset+octet-stream"}
    assert who.client.patch(made.json["upload_url"], data=content, headers={**kind, **headers}).status_code == 204
    attachment = str(made.json["attachment_id"])
    with town.app.app_context():
        done = checking.check(db.session(), town.app.extensions["amtsweg-settings"], UUID(attachment))
    assert done is FileState.CLEAN
    return attachment


def picture(answer: TestResponse) -> tuple[int, int]:
    assert (answer.status_code, answer.mimetype) == (200, "image/png"), answer.json
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "no-store"
    with Image.open(io.BytesIO(answer.data)) as image:
        return image.size


def test_pages_are_pictures_and_text(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    attachment = sent_file(town, aylin, "vertrag.pdf", two_pages())
    clerk = office.colleague()
    (seen,) = clerk.look(reference)["attachments"]
    assert (seen["attachment_id"], seen["pages"], seen["has_text"]) == (attachment, 2, True)
    path = f"/cases/{reference}/attachments/{attachment}"
    wide, high = picture(clerk.get(f"{path}/pages/1?width=800"))
    assert (wide, high > wide) == (800, True)
    assert picture(clerk.get(f"{path}/pages/2?width=400"))[0] == 400
    assert clerk.get(f"{path}/pages/3").status_code == 404
    assert clerk.get(f"{path}/pages/0").status_code == 404
    for width in ("10", "99999", "x"):
        assert clerk.get(f"{path}/pages/1?width={width}").status_code == 422
    text = clerk.get(f"{path}/text").json["pages"]
    assert [SENTENCE in page for page in text] == [True, False]
    entries = office.audited(reference, "case.file_opened")
    assert [str(each.actor_account) for each in entries] == [clerk.id, clerk.id]  # pages 1 and 2, and the text
    straight_there = office.colleague()
    for _ in range(2):
        picture(straight_there.get(f"{path}/pages/2?width=400"))
    entries = office.audited(reference, "case.file_opened")
    assert [str(each.actor_account) for each in entries[2:]] == [straight_there.id]


def test_a_scan_has_no_text_and_a_photo_one_page(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    photo = io.BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(photo, "JPEG")
    scanned = sent_file(town, aylin, "scan.pdf", scan())
    taken = sent_file(town, aylin, "foto.jpg", photo.getvalue())
    clerk = office.colleague()
    seen = {each["attachment_id"]: each for each in clerk.look(reference)["attachments"]}
    assert (seen[scanned]["has_text"], seen[taken]["has_text"]) == (False, False)
    path = f"/cases/{reference}/attachments"
    assert clerk.get(f"{path}/{scanned}/text").json == {"pages": [""]}
    assert clerk.get(f"{path}/{taken}/text").json == {"pages": [""]}
    assert picture(clerk.get(f"{path}/{taken}/pages/1?width=600")) == (600, 450)
    assert clerk.get(f"{path}/{taken}/pages/2").status_code == 404


def test_a_page_of_another_case_or_office_does_not_exist(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    attachment = sent_file(town, aylin, "vertrag.pdf", two_pages())
    other = office.case(town.citizen())
    clerk, stranger = office.colleague(), office.colleague(offices=("bhv-mitte",))
    for tail in ("pages/1", "text"):
        assert clerk.get(f"/cases/{other}/attachments/{attachment}/{tail}").status_code == 404
        assert stranger.get(f"/cases/{reference}/attachments/{attachment}/{tail}").status_code == 404
        assert clerk.get(f"/cases/{reference}/attachments/{uuid4()}/{tail}").status_code == 404
    assert len(office.audited(reference, "application.refused")) == 2
    assert office.audited(reference, "case.file_opened") == []


def test_an_unchecked_file_is_not_shown(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    attachment = sent_file(town, aylin, "vertrag.pdf", two_pages())
    town.sql(
        "UPDATE attachment SET state = 'infected', reason = 'virus', digest = NULL WHERE id = :id", id=UUID(attachment)
    )
    answer = office.colleague().get(f"/cases/{reference}/attachments/{attachment}/pages/1")
    assert (answer.status_code, answer.json["code"]) == (409, "not_clean")


def test_a_changed_answer_is_told_before_and_after(office: Office, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague()
    assert [(each["version"], each["by"], each["changes"]) for each in clerk.look(reference)["versions"]] == [
        (1, "citizen", [])
    ]
    asked = clerk.act(reference, "requests", {"fields": ["cover_language"], "reason": "Wirklich?", "due_on": SOON})
    assert asked.status_code == 201, asked.json
    request = asked.json["requests"][0]["id"]
    aylin.look()
    answered = aylin.act(f"requests/{request}/answer", {"answers": {"cover_language": "de"}})
    assert answered.status_code == 200, answered.json
    first, second = clerk.look(reference)["versions"]
    assert (first["changes"], second["version"], second["by"]) == ([], 2, "citizen")
    (change,) = second["changes"]
    assert (change["pointer"], change["before"], change["after"]) == ("/cover_language", ["Türkisch"], ["Deutsch"])
    assert change["label"]


def test_entries_of_groups_are_compared_one_by_one() -> None:
    before = {"a": 1, "people": [{"name": "A"}, {"name": "B"}], "home": {"city": "Bremen"}}
    told = dict(diff.leaves(before))
    assert told == {"/a": 1, "/people/0/name": "A", "/people/1/name": "B", "/home": {"city": "Bremen"}}


def test_the_same_persons_other_cases(office: Office, town: Town, aylin: Somebody) -> None:
    first = office.case(aylin)
    second = office.case(aylin)
    foreign = office.case(town.citizen())
    clerk = office.colleague()
    related = clerk.look(second)["related"]
    assert [each["reference"] for each in related["cases"]] == [first]
    assert related["appointments"] == []
    assert clerk.look(foreign)["related"]["cases"] == []
    town.sql("UPDATE staff_case SET office = 'bhv-mitte' WHERE application_id = :id", id=office.id_of(first))
    assert clerk.look(second)["related"]["cases"] == []
    assert office.colleague("auditor").look(second)["related"] is None


def test_the_appointment_of_an_application_is_shown(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    case_id, hold = office.id_of(reference), uuid4()
    with town.app.app_context():
        word = codes.visit_word(case_id)
    town.sql("INSERT INTO booking_origin (hold_id, origin) VALUES (:hold, :word)", hold=hold, word=word)
    town.sql(
        "INSERT INTO appointment (id, reference, hold_id, request_hash, state, office, starts_at, ends_at, language,"
        " family_name, email, needs, confirmed_at) VALUES (:hold, :reference, :hold, 'x', 'booked', 'hb-mitte',"
        " '2027-02-01 09:00+00', '2027-02-01 09:20+00', 'de', 'Y', 'a@example.org', '{}', clock_timestamp())",
        hold=hold,
        reference=f"V{hold.hex[:8]}",
    )
    clerk = office.colleague()
    (visit,) = clerk.look(reference)["related"]["appointments"]
    assert (visit["office"], visit["state"], visit["service"]) == ("hb-mitte", "booked", "meldebescheinigung")
    town.sql("UPDATE appointment SET office = 'bhv-mitte' WHERE id = :hold", hold=hold)
    assert clerk.look(reference)["related"]["appointments"] == []


def test_two_people_in_one_case_see_each_other(office: Office, town: Town) -> None:
    reference = office.case()
    wiebke, cem = office.colleague(), office.colleague(name="Cem Behrens")
    path = f"/cases/{reference}/presence"
    assert wiebke.post(path).json["present"] == []
    seen = cem.post(path).json
    assert [(each["account"], each["name"]) for each in seen["present"]] == [(wiebke.id, "Wiebke Osterloh")]
    assert seen["revision"] == cem.look(reference)["revision"]
    assert [each["name"] for each in wiebke.look(reference)["present"]] == ["Cem Behrens"]
    since = seen["present"][0]["since"]
    assert wiebke.post(path).status_code == 200
    assert cem.post(path).json["present"][0]["since"] == since
    town.sql("UPDATE staff_case_presence SET seen_at = seen_at - interval '61 seconds'")
    quiet(town)
    assert cem.post(path).json["present"] == []  # a minute of silence is gone
    assert [each["name"] for each in wiebke.post(path).json["present"]] == ["Cem Behrens"]
    assert cem.post(path).json["present"][0]["since"] > since  # a new visit
    assert wiebke.call("DELETE", path).status_code == 204
    assert cem.post(path).json["present"] == []
    assert office.colleague(offices=("bhv-mitte",)).post(path).status_code == 404


def quiet(town: Town) -> None:
    """Wait until every transaction is over that ran beside what was done so far, in any test's database."""
    (done,) = town.sql("SELECT (pg_current_xact_id()::text)::bigint AS number")
    for _ in range(600):
        (edge,) = town.sql("SELECT (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint AS low")
        if edge.low > done.number:
            return
        time.sleep(0.1)
    raise AssertionError("a transaction of another test never ends")


def settled(who: Colleague, town: Town) -> str:
    """The list's tag when it can move no more: as long as others run beside a change, it may once."""
    quiet(town)
    return tag(who)


def test_forgotten_presence_is_swept(office: Office, town: Town) -> None:
    reference = office.case()
    office.colleague().post(f"/cases/{reference}/presence")
    town.sql("UPDATE staff_case_presence SET seen_at = seen_at - interval '61 seconds'")
    quiet(town)
    with town.app.app_context():
        presence_ends()
        list_changes_end()
        db.session.commit()
    assert town.sql("SELECT 1 FROM staff_case_presence") == []
    left = town.sql("SELECT office, count(*) AS n FROM staff_list_change GROUP BY office HAVING count(*) > 1")
    assert left == []


def tag(who: Colleague, query: str = "") -> str:
    return str(who.get(f"/cases{query}").headers["ETag"])


def unchanged(who: Colleague, seen: str, query: str = "") -> bool:
    return who.get(f"/cases{query}", If_None_Match=seen).status_code == 304


def test_an_unchanged_list_is_known_without_reading_it(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk, other = office.colleague(), office.colleague(name="Cem Behrens")
    seen = settled(clerk, town)
    assert unchanged(clerk, seen)
    assert not unchanged(other, seen)  # the same list for somebody else is another one
    assert not unchanged(clerk, seen, "?scope=all")
    changes = [
        lambda: clerk.post(f"/cases/{reference}/notes", {"text": "Ruft an"}),
        lambda: clerk.act(reference, "assign", {"assignee": clerk.id}),
        lambda: aylin.look() and aylin.act("withdraw"),
        lambda: office.case(town.citizen()),
        lambda: town.sql("UPDATE staff_case SET labels = '{Eilt}' WHERE application_id = :id", id=case_id),
        lambda: town.sql(
            "UPDATE staff_worker SET name = 'Wiebke Neu' WHERE account_id = :id", id=clerk.actor.account_id
        ),
        lambda: town.sql("UPDATE staff_case SET office = 'bhv-mitte' WHERE application_id = :id", id=case_id),
    ]
    case_id = office.id_of(reference)
    for number, change in enumerate(changes):
        change()
        assert not unchanged(clerk, seen), number
        seen = settled(clerk, town)
        assert unchanged(clerk, seen), number
    town.sql("UPDATE staff_worker SET seen_at = clock_timestamp()")
    assert unchanged(clerk, seen)  # signing in again changes no list
    town.sql("UPDATE staff_case SET labels = '{}' WHERE application_id = :id", id=case_id)
    assert unchanged(clerk, seen)  # in another office now


def test_erasure_changes_the_list(office: Office, town: Town, aylin: Somebody) -> None:
    reference = office.case(aylin)
    clerk = office.colleague()
    seen = tag(clerk, "?scope=all")
    erase(town, office.id_of(reference))
    assert not unchanged(clerk, seen, "?scope=all")


def test_a_late_commit_behind_many_newer_ones_is_not_missed(office: Office, town: Town) -> None:
    """The order of commits is not the order of changes: whoever looks in between must still notice the late one."""
    slow, others = office.id_of(office.case()), [office.id_of(office.case(town.citizen())) for _ in range(3)]
    clerk = office.colleague()
    with town.engine.connect() as late:
        transaction = late.begin()
        late.exec_driver_sql("UPDATE staff_case SET team = 'late' WHERE application_id = %s", (slow,))
        for _ in range(10):
            for each in others:
                town.sql("UPDATE staff_case SET team = 'early' WHERE application_id = :id", id=each)
        seen = tag(clerk)
        transaction.commit()
    assert not unchanged(clerk, seen)
    assert unchanged(clerk, settled(clerk, town))


def test_numbers_of_another_cluster_hide_nothing(office: Office, town: Town, settings: Settings) -> None:
    """Rows restored from a copy carry higher numbers than this cluster has given: new changes are seen all the same."""
    old, new = office.id_of(office.case()), office.id_of(office.case(town.citizen()))
    owner = create_engine(settings.database_owner_url)
    with owner.begin() as connection:  # as a restore: rows arrive without their triggers
        connection.exec_driver_sql("ALTER TABLE staff_case DISABLE TRIGGER USER")
        far = "UPDATE staff_case SET changed_xid = changed_xid + 1000000 WHERE application_id = %s"
        connection.exec_driver_sql(far, (old,))
        connection.exec_driver_sql("ALTER TABLE staff_case ENABLE TRIGGER USER")
    owner.dispose()
    clerk = office.colleague()
    seen = settled(clerk, town)
    assert unchanged(clerk, seen)
    town.sql("UPDATE staff_case SET team = 'a' WHERE application_id = :id", id=new)
    assert not unchanged(clerk, seen)
    seen = tag(clerk)
    town.sql("UPDATE staff_case SET team = 'b' WHERE application_id = :id", id=old)
    assert not unchanged(clerk, seen)


def test_what_is_read_when_nothing_changed(office: Office, town: Town) -> None:
    office.case()
    clerk = office.colleague()
    seen, asked = settled(clerk, town), []
    with town.app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert unchanged(clerk, seen)
        assert [each for each in asked if "FROM staff_case" in each] == []
        clerk.listed()
        assert [each for each in asked if "FROM staff_case" in each]
    finally:
        event.remove(engine, "before_cursor_execute", note)
