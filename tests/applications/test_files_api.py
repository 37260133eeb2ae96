"""Attachments over HTTP: sent in pieces, checked by the worker, opened by their owner only when they are clean."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import pytest
from PIL import Image
from werkzeug.test import TestResponse

from backend.applications.files import checking, jobs, queries
from backend.applications.files import service as files
from backend.applications.files.types import CHUNK_BYTES, MIB, FileState
from backend.core import keyring
from backend.core.db import db
from backend.core.settings import Settings
from backend.local.scanner import EICAR
from tests.applications.people import API, Somebody, Town
from tests.scanner import clamd

SERVICE, SLOT = "bewohnerparkausweis", "file_vehicle"
MARK = "marked-position-53.07-8.80"


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with clamd(tmp_path_factory.mktemp("scanner")) as url:
        yield url


@pytest.fixture(scope="module")
def settings(settings: Settings, scanner: str) -> Settings:
    return replace(settings, clamd_url=scanner)


@pytest.fixture
def applicant(town: Town) -> Somebody:
    somebody = town.citizen()
    somebody.begin(SERVICE)
    return somebody


def photo(size: tuple[int, int] = (60, 40)) -> bytes:
    exif, written = Image.Exif(), io.BytesIO()
    exif[0x010E] = MARK
    Image.effect_noise(size, 90).convert("RGB").save(written, "JPEG", exif=exif, quality=95)
    return written.getvalue()


def announce(who: Somebody, name: str = "schein.jpg", size: int = 100, slot: str = SLOT) -> TestResponse:
    return who.post(f"/drafts/{who.draft['draft_id']}/attachments", {"slot": slot, "name": name, "size": size})


def piece(who: Somebody, url: str, offset: int, chunk: bytes, **more: str) -> TestResponse:
    headers = {**who.headers, "Upload-Offset": str(offset), "Tus-Resumable": "1.0.0", **more}
    kind = {"Content-Type": "application/offset+octet-stream"}
    return who.client.patch(url, data=chunk, headers={**kind, **headers})


def send(who: Somebody, content: bytes, name: str = "schein.jpg", chunk: int = CHUNK_BYTES) -> str:
    made = announce(who, name, len(content))
    assert made.status_code == 201, made.json
    url = str((made.json or {})["upload_url"])
    for offset in range(0, len(content), chunk):
        answer = piece(who, url, offset, content[offset : offset + chunk])
        assert answer.status_code == 204, answer.json
    return url.rpartition("/")[2]


def checked(town: Town, attachment_id: str) -> FileState | None:
    with town.app.app_context():
        settings = town.app.extensions["amtsweg-settings"]
        return checking.check(db.session(), settings, UUID(attachment_id))


def state(who: Somebody, attachment_id: str) -> dict[str, Any]:
    answer = who.get(f"/attachments/{attachment_id}")
    assert answer.status_code == 200
    return dict(answer.json or {})


def download(who: Somebody, attachment_id: str) -> TestResponse:
    return who.get(f"/attachments/{attachment_id}/content")


def test_a_photo_arrives_in_pieces_and_comes_back_without_its_position(town: Town, applicant: Somebody) -> None:
    original = photo((900, 700))
    assert MARK.encode() in original
    attachment = send(applicant, original, "Fahrzeugschein Müller.JPG", chunk=100_000)
    assert state(applicant, attachment)["state"] == "pending"
    assert download(applicant, attachment).status_code == 409
    assert checked(town, attachment) is FileState.CLEAN
    assert state(applicant, attachment) | {"reason": None, "media_type": "image/jpeg", "pages": 1} == state(
        applicant, attachment
    )
    answer = download(applicant, attachment)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "Fahrzeugschein%20M%C3%BCller.JPG" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "no-store"
    with Image.open(io.BytesIO(answer.data)) as image:
        assert image.size == (900, 700)
    assert MARK.encode() not in answer.data
    seen = applicant.get(f"/drafts/{applicant.draft['draft_id']}").json or {}
    assert [(each["slot"], each["state"]) for each in seen["attachments"]] == [(SLOT, "clean")]


def test_no_byte_and_no_name_lies_in_the_clear(town: Town, applicant: Somebody, settings: Settings) -> None:
    secret = b"unmistakable-sentence-in-a-document"
    pdf, written = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page().obj.Contents = pikepdf.Stream(pdf, b"% " + secret)
    pdf.save(written, compress_streams=False)
    assert secret in written.getvalue()
    attachment = send(applicant, written.getvalue(), "Diagnose-Geheim.pdf")
    stored = [path for path in (settings.data_dir / "files").rglob("*") if path.is_file()]
    assert stored
    assert checked(town, attachment) is FileState.CLEAN
    for path in (settings.data_dir / "files").rglob("*"):
        assert not path.is_file() or secret not in path.read_bytes()
    rows = town.sql("SELECT row_to_json(a)::text AS all FROM attachment a")
    assert rows
    assert not [row for row in rows if "Geheim" in row.all]
    left = [path.name for path in (settings.data_dir / "files" / attachment[:2] / attachment).iterdir()]
    assert left == ["file"]  # what was received is shredded


def test_an_upload_goes_on_where_the_line_was_lost(applicant: Somebody) -> None:
    content = photo()
    made = announce(applicant, size=len(content)).json or {}
    url = made["upload_url"]
    assert piece(applicant, url, 0, content[:500]).headers["Upload-Offset"] == "500"
    again = piece(applicant, url, 0, content[:500])  # the answer was lost, the piece was not
    assert (again.status_code, again.headers["Upload-Offset"]) == (409, "500")
    head = applicant.client.head(url, headers=applicant.headers)
    assert head.status_code == 200
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("500", str(len(content)))
    assert head.headers["Tus-Resumable"] == "1.0.0"
    assert piece(applicant, url, 500, content[500:]).status_code == 204
    assert state(applicant, made["attachment_id"])["state"] == "pending"


def test_a_changed_piece_is_asked_for_again(applicant: Somebody) -> None:
    content = photo()
    url = (announce(applicant, size=len(content)).json or {})["upload_url"]
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    broken = piece(applicant, url, 0, content[:-1] + b"\0", **{"Upload-Checksum": f"sha256 {digest}"})
    assert (broken.json or {})["code"] == "checksum_wrong"
    assert piece(applicant, url, 0, content, **{"Upload-Checksum": f"sha256 {digest}"}).status_code == 204


@pytest.mark.parametrize(
    ("name", "size", "slot", "status", "code"),
    [
        ("a.exe", 10, SLOT, 422, "wrong_file_type"),
        ("a.pdf.js", 10, SLOT, 422, "wrong_file_type"),
        ("a.jpg", 20 * MIB + 1, SLOT, 413, "file_too_large"),
        ("a.jpg", 2 << 30, SLOT, 413, "file_too_large"),
        ("a.jpg", 10, "no_such_slot", 422, "unknown_slot"),
        ("a.jpg", 0, SLOT, 422, "invalid"),
        ("", 10, SLOT, 422, "invalid"),
    ],
)
def test_what_cannot_be_taken_is_said_before_anything_is_sent(
    applicant: Somebody, name: str, size: int, slot: str, status: int, code: str
) -> None:
    answer = announce(applicant, name, size, slot)
    assert (answer.status_code, (answer.json or {})["code"]) == (status, code)


def test_a_slot_and_an_application_have_an_end(town: Town, applicant: Somebody) -> None:
    for _ in range(4):
        assert announce(applicant, size=20 * MIB).status_code == 201
    full = announce(applicant)
    assert ((full.json or {})["code"], (full.json or {})["max"]) == ("too_many_files", 4)
    assert announce(applicant, size=20 * MIB, slot="file_use").status_code == 201
    assert (announce(applicant, size=1, slot="file_use").json or {})["code"] == "quota_spent"
    other = town.citizen()
    other.begin(SERVICE)
    town.sql("UPDATE attachment SET account_id = :a", a=other.actor.account_id if other.actor else None)
    for _ in range(3):
        town.sql(
            "INSERT INTO attachment (id, application_id, account_id, key_id, purpose, slot, name, size, state) SELECT"
            " gen_random_uuid(), application_id, account_id, key_id, purpose, slot, name, size, state FROM attachment"
            " WHERE size = 20971520 LIMIT 5"
        )
    assert (announce(other).json or {})["code"] == "quota_spent"
    town.sql("DELETE FROM attachment")


def test_more_bytes_than_announced_are_refused(applicant: Somebody) -> None:
    url = (announce(applicant, size=10).json or {})["upload_url"]
    assert piece(applicant, url, 0, b"x" * 11).status_code == 413
    big = (announce(applicant, size=10 * MIB).json or {})["upload_url"]
    assert piece(applicant, big, 0, b"x" * (CHUNK_BYTES + 1)).status_code == 413
    assert piece(applicant, big, 0, b"").status_code == 204


def test_another_content_type_or_another_site_is_refused(town: Town, applicant: Somebody) -> None:
    url = (announce(applicant, size=10).json or {})["upload_url"]
    form = {"Content-Type": "multipart/form-data; boundary=x", "Upload-Offset": "0"}
    assert applicant.client.patch(url, data=b"x", headers={**applicant.headers, **form}).status_code == 415
    assert piece(applicant, url, 0, b"x", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert piece(town.guest(), url, 0, b"x").status_code == 401


def test_files_of_others_do_not_exist(town: Town, applicant: Somebody) -> None:
    attachment = send(applicant, photo())
    checked(town, attachment)
    stranger = town.citizen()
    stranger.begin(SERVICE)
    missing = stranger.get(f"/attachments/{uuid4()}")
    for answer in (
        stranger.get(f"/attachments/{attachment}"),
        download(stranger, attachment),
        stranger.call("DELETE", f"/attachments/{attachment}"),
        piece(stranger, f"{API}/attachments/{attachment}", 0, b"x"),
        stranger.post(f"/drafts/{applicant.draft['draft_id']}/attachments", {"slot": SLOT, "name": "a.jpg", "size": 1}),
    ):
        assert answer.status_code == 404
        assert {**(answer.json or {}), "instance": ""} == {**(missing.json or {}), "instance": ""}
    refused = town.sql("SELECT object_id FROM audit_entry WHERE action LIKE '%refused%' OR action LIKE '%foreign%'")
    assert attachment in {row.object_id for row in refused}
    assert download(applicant, attachment).status_code == 200


def test_malware_is_never_handed_out(town: Town, applicant: Somebody) -> None:
    attachment = send(applicant, b"%PDF-1.7\n" + EICAR.encode(), "rechnung.pdf")
    assert checked(town, attachment) is FileState.INFECTED
    assert state(applicant, attachment)["reason"] == "virus"
    assert download(applicant, attachment).status_code == 409
    with town.app.app_context():
        assert SLOT not in files.slots_of(db.session(), UUID(applicant.draft["draft_id"]))


def encrypted() -> bytes:
    pdf, written = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(written, encryption=pikepdf.Encryption(user="a", owner="b"))
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", photo(), "wrong_type"),
        ("a.jpg", b"<html><script>alert(1)</script>", "wrong_type"),
        ("a.png", b"GIF89a" + bytes(50), "wrong_type"),
        ("a.jpg", photo()[:400], "damaged"),
        ("a.pdf", encrypted(), "encrypted"),
        ("a.pdf", b"%PDF-1.7\nnothing", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    town: Town, applicant: Somebody, name: str, content: bytes, reason: str
) -> None:
    attachment = send(applicant, content, name)
    assert checked(town, attachment) is FileState.FAILED
    assert state(applicant, attachment)["reason"] == reason
    assert download(applicant, attachment).status_code == 409
    assert checked(town, attachment) is None  # final: nobody tries again


def test_a_polyglot_loses_its_second_nature(town: Town, applicant: Somebody) -> None:
    double = photo() + b"<script>alert('second nature')</script>" + b"PK\x05\x06" + bytes(18)
    attachment = send(applicant, double)
    assert checked(town, attachment) is FileState.CLEAN
    assert b"second nature" not in download(applicant, attachment).data


def test_a_scanner_that_is_down_delays_and_blocks_nothing(town: Town, applicant: Somebody, settings: Settings) -> None:
    attachment = send(applicant, photo())
    with town.app.app_context():
        gone = replace(settings, clamd_url="tcp://127.0.0.1:1")
        assert checking.check(db.session(), gone, UUID(attachment)) is FileState.FAILED
        assert state(applicant, attachment)["reason"] == "scanner_unavailable"
        assert download(applicant, attachment).status_code == 409
        assert files.slots_of(db.session(), UUID(applicant.draft["draft_id"]))[SLOT] == [attachment]
        assert checking.check(db.session(), settings, UUID(attachment)) is None  # not before its time
        town.sql("UPDATE attachment SET due_at = clock_timestamp() WHERE id = :id", id=attachment)
        assert UUID(attachment) in queries.due(db.session())
        assert checking.check(db.session(), settings, UUID(attachment)) is FileState.CLEAN


def test_a_killed_worker_leaves_a_file_that_another_one_checks(town: Town, applicant: Somebody) -> None:
    attachment = send(applicant, photo())
    with town.app.app_context():
        leased = queries.lease(db.session(), UUID(attachment), checking.LEASE)
        assert leased is not None
        db.session.commit()
    assert checked(town, attachment) is None  # another worker has it
    town.sql("UPDATE attachment SET lease_until = clock_timestamp() WHERE id = :id", id=attachment)
    assert checked(town, attachment) is FileState.CLEAN


def test_a_removed_file_leaves_nothing(town: Town, applicant: Somebody, settings: Settings) -> None:
    attachment = send(applicant, photo())
    folder = settings.data_dir / "files" / attachment[:2] / attachment
    assert folder.exists()
    assert applicant.call("DELETE", f"/attachments/{attachment}").status_code == 204
    assert applicant.get(f"/attachments/{attachment}").status_code == 404
    with town.app.app_context():
        jobs.shred_attachment(attachment)
    assert not folder.exists()
    assert checked(town, attachment) is None


def test_an_erased_case_has_no_readable_file_left(town: Town, applicant: Somebody, tmp_path: Path) -> None:
    attachment = send(applicant, photo())
    assert checked(town, attachment) is FileState.CLEAN
    with town.app.app_context():
        row = town.sql("SELECT key_id FROM attachment WHERE id = :id", id=attachment)[0]
        keyring.destroy(db.session(), row.key_id)
        with pytest.raises(keyring.KeyGoneError):
            keyring.unseal_stream(db.session(), row.key_id, [b""], context="x")
        assert files.erase(db.session(), UUID(applicant.draft["draft_id"])) == 1
        db.session.rollback()


def test_sent_files_stay_as_they_were(town: Town, applicant: Somebody) -> None:
    attachment = send(applicant, photo())
    checked(town, attachment)
    with town.app.app_context():
        draft = UUID(applicant.draft["draft_id"])
        assert files.freeze(db.session(), draft, purpose="draft") == [UUID(attachment)]
        db.session.commit()
    assert (applicant.call("DELETE", f"/attachments/{attachment}").json or {})["code"] == "frozen"
    with town.app.app_context():
        files.thaw(db.session(), draft)
        db.session.commit()
    assert applicant.call("DELETE", f"/attachments/{attachment}").status_code == 204


def test_uploads_that_nobody_finished_are_cleared_after_a_day(town: Town, applicant: Somebody) -> None:
    made = announce(applicant, size=100).json or {}
    piece(applicant, made["upload_url"], 0, b"x" * 50)
    with town.app.app_context():
        jobs.clear_unfinished()
        db.session.commit()
        assert state(applicant, made["attachment_id"])["offset"] == 50
        past = "UPDATE attachment SET touched_at = clock_timestamp() - interval '25 hours' WHERE id = :id"
        town.sql(past, id=made["attachment_id"])
        jobs.clear_unfinished()
        db.session.commit()
    assert applicant.get(f"/attachments/{made['attachment_id']}").status_code == 404
