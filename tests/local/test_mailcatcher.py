"""The mail catcher as a real process: mails in by SMTP, out by HTTP; foreign HTML is locked in; never in production."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from backend.core.i18n import LANGUAGES, messages
from backend.local.mails.page import create_page
from backend.local.mails.store import KEPT, Store
from backend.local.ports import free_port, is_free

ROOT = Path(__file__).parents[2]


def mail(subject: str = "Ihr Termin am 24.11. ist gebucht", to: str = "zeynep@example.org") -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = "Amtsweg <termine@amtsweg.example>", to, subject
    made.set_content("Guten Tag\n\nhttp://localhost:8000/de/termin/K7M-3DX-9PC#s=abc\n<script>alert(1)</script>\n")
    made.add_alternative("<h1>Ihr Termin</h1><script>alert(1)</script>", subtype="html")
    made.add_attachment(b"BEGIN:VCALENDAR\r\n", maintype="application", subtype="ics", filename="termin.ics")
    return made


@dataclass
class Running:
    smtp_port: int
    http_port: int
    process: subprocess.Popen[bytes]

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.http_port, timeout=10)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text


def start(folder: Path, **environment: str) -> Running:
    ports = free_port(), free_port()
    options = ["--smtp-port", str(ports[0]), "--http-port", str(ports[1]), "--folder", str(folder)]
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.local.mailcatcher", *options],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    return Running(*ports, process)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    made = start(tmp_path / "mails")
    end = time.monotonic() + 20
    while is_free(made.http_port) or is_free(made.smtp_port):
        assert time.monotonic() < end
        time.sleep(0.05)
    yield made
    made.process.send_signal(signal.SIGTERM)
    assert made.process.wait(10) == 0
    assert made.process.stderr
    made.process.stderr.close()


def test_a_mail_is_caught_listed_and_shown(running: Running, tmp_path: Path) -> None:
    with smtplib.SMTP("127.0.0.1", running.smtp_port) as client:
        client.send_message(mail())
        client.send_message(mail("تم حجز موعدك", "layla@example.org"))
    (_, page) = running.get("/", **{"Accept-Language": "de"})
    assert "Aufgefangene E-Mails" in page
    assert page.index("تم حجز موعدك") < page.index("Ihr Termin am 24.11. ist gebucht"), "newest first"
    names = [file.stem for file in sorted((tmp_path / "mails").iterdir())]
    assert len(names) == 2
    (_, shown) = running.get(f"/mails/{names[0]}")
    assert '<a href="http://localhost:8000/de/termin/K7M-3DX-9PC#s=abc"' in shown
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown
    (_, found) = running.get("/mails.json?to=layla@example.org")
    assert '"to": "layla@example.org"' in found
    assert "zeynep" not in found


def test_nobody_reaches_it_by_another_name(running: Running) -> None:
    answer, _ = running.get("/", Host="evil.example")
    assert answer.status == 403


def test_it_listens_only_on_this_machine_and_never_in_production(tmp_path: Path) -> None:
    refused = start(tmp_path, AMTSWEG_ENV="production")
    _, said = refused.process.communicate(timeout=20)
    assert refused.process.returncode == 2
    assert b"production" in said


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_foreign_html_is_locked_in(store: Store) -> None:
    name = store.save(mail().as_bytes())
    client = create_page(store).test_client()
    html = client.get(f"/mails/{name}/html")
    assert "<script>" in html.text
    policy = html.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow" not in policy
    page = client.get(f"/mails/{name}")
    assert 'sandbox=""' in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    with client.get("/static/mails.css") as style:
        assert style.status_code == 200


def test_attachment_and_source_are_downloads(store: Store) -> None:
    name = store.save(mail().as_bytes())
    client = create_page(store).test_client()
    file = client.get(f"/mails/{name}/attachments/0")
    assert file.data == b"BEGIN:VCALENDAR\r\n"
    assert file.headers["Content-Disposition"] == "attachment; filename=termin.ics"
    assert file.content_type.startswith("text/calendar")
    assert client.get(f"/mails/{name}/source").content_type.startswith("text/plain")
    assert client.get(f"/mails/{name}/attachments/1").status_code == 404


@pytest.mark.parametrize(
    "name", ["..%2f..%2fetc%2fpasswd", "20261122T000000000000-00000000", "x", "20261122T000000000000"]
)
def test_what_is_not_there(store: Store, name: str) -> None:
    answer = create_page(store).test_client().get(f"/mails/{name}", headers={"Accept-Language": "uk"})
    assert answer.status_code == 404
    assert '<html lang="uk" dir="ltr">' in answer.text


@pytest.mark.parametrize("source", [b"", b"\x00\xff not a mail", b"Content-Type: text/plain; charset=none\r\n\r\n\xff"])
def test_broken_mails_are_shown_too(store: Store, source: bytes) -> None:
    name = store.save(source)
    client = create_page(store).test_client()
    assert client.get(f"/mails/{name}").status_code == 200
    assert client.get("/").status_code == 200


def test_old_mails_make_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.local.mails.store.KEPT", 3)
    names = [store.save(b"Subject: x\r\n\r\n") for _ in range(5)]
    assert [one.name for one in store.newest()] == names[:1:-1]
    assert KEPT == 1000


def test_texts_exist_in_every_language() -> None:
    wanted = {key for key in messages("de") if key.startswith("catcher.")}
    assert wanted
    assert all(wanted <= set(messages(language)) for language in LANGUAGES)
