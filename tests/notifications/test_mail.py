"""The SMTP client against real servers: encryption, sign-in, refusals, silence."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from backend.notifications.channels import mail
from backend.notifications.channels.types import LeaseLostError, Outcome, Result
from backend.notifications.types import Envelope, Letter
from tests.notifications.gateway import Gateway, running

LETTER = Letter(subject="Termin", text="Guten Tag", html="<p>Guten Tag</p>")


def send(url: str, to: str = "zeynep@example.org", handing_over: object = None) -> Result:
    server = mail.Server.of(url)
    channel = mail.MailChannel(server, mail_from="termine@amtsweg.example", reply_to=None, greeting="amtsweg.example")
    envelope = Envelope(message_id=uuid4(), recipient=to, language="de")
    return channel.send(envelope, LETTER, handing_over or (lambda: None))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of its own authority for `localhost`, made by openssl."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))


@pytest.mark.usefixtures("trusted")
def test_starttls_and_sign_in(tls: ssl.SSLContext) -> None:
    with running(Gateway(), tls=tls, auth=True) as gateway:
        assert send(f"smtp://amtsweg:p%40ss%2Fword@localhost:{gateway.port}") == Result(Outcome.ACCEPTED)
        assert gateway.encrypted == [True]
        assert gateway.signed_in == [b"amtsweg"]


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_a_fault_of_the_deployment_and_waits(tls: ssl.SSLContext) -> None:
    with running(Gateway(), tls=tls, auth=True) as gateway:
        assert send(f"smtp://amtsweg:wrong@localhost:{gateway.port}") == Result(Outcome.TRY_AGAIN, "smtp_535")
        assert gateway.accepted == []


def test_a_certificate_of_nobody_is_not_trusted(tls: ssl.SSLContext) -> None:
    with running(Gateway(), tls=tls) as gateway:
        result = send(f"smtp://localhost:{gateway.port}")
        assert result == Result(Outcome.TRY_AGAIN, "SSLCertVerificationError")
        assert gateway.accepted == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_name_is_not_trusted(tls: ssl.SSLContext) -> None:
    with running(Gateway(), tls=tls) as gateway:
        assert send(f"smtp://127.0.0.1:{gateway.port}") == Result(Outcome.TRY_AGAIN, "SSLCertVerificationError")


def test_without_encryption_only_on_this_machine(monkeypatch: pytest.MonkeyPatch, gateway: Gateway) -> None:
    assert send(f"smtp://127.0.0.1:{gateway.port}").outcome is Outcome.ACCEPTED
    monkeypatch.setattr(mail, "LOOPBACK", set())
    assert send(f"smtp://127.0.0.1:{gateway.port}") == Result(Outcome.TRY_AGAIN, "EncryptionMissingError")
    assert send(f"smtp://127.0.0.1:{gateway.port}?tls=off").outcome is Outcome.ACCEPTED


@pytest.mark.usefixtures("trusted")
def test_implicit_tls(tls: ssl.SSLContext) -> None:
    with raw_server(tls=tls, replies=[b"220 hello\r\n", b"250 hello\r\n", b"250 OK\r\n", b"550 no\r\n"]) as port:
        assert send(f"smtps://localhost:{port}") == Result(Outcome.REFUSED, "smtp_550")


@contextmanager
def raw_server(replies: list[bytes], tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Says its replies one by one, the first unasked, then nothing more, holding the line."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        if tls:
            connection = tls.wrap_socket(connection, server_side=True)
        with connection:
            for position, reply in enumerate(replies):
                if position:
                    connection.recv(4096)
                connection.sendall(reply)
            done.wait(10)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        done.set()
        thread.join()
        listener.close()


def test_a_server_that_falls_silent_costs_only_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "SECONDS", 0.5)
    with raw_server([]) as port:
        assert send(f"smtp://127.0.0.1:{port}").outcome is Outcome.TRY_AGAIN
    opening = [b"220 hello\r\n", b"250 hello\r\n"]
    with raw_server(opening) as port:
        assert send(f"smtp://127.0.0.1:{port}").outcome is Outcome.TRY_AGAIN
    until_data = [*opening, b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"]
    with raw_server(until_data) as port:
        assert send(f"smtp://127.0.0.1:{port}").outcome is Outcome.UNCERTAIN


def test_a_server_that_wants_no_letter_has_none() -> None:
    replies = [b"220 hello\r\n", b"250 hello\r\n", b"250 OK\r\n", b"250 OK\r\n", b"451 not now\r\n"]
    with raw_server(replies) as port:
        assert send(f"smtp://127.0.0.1:{port}") == Result(Outcome.TRY_AGAIN, "smtp_451")


def test_a_lost_lease_leaves_the_gateway_without_the_letter(gateway: Gateway) -> None:
    def lost() -> None:
        raise LeaseLostError

    with pytest.raises(LeaseLostError):
        send(f"smtp://127.0.0.1:{gateway.port}", handing_over=lost)
    assert gateway.accepted == []


def test_a_mailbox_with_a_name_in_another_script(gateway: Gateway) -> None:
    assert send(f"smtp://127.0.0.1:{gateway.port}", to="зейнеп@example.org").outcome is Outcome.ACCEPTED
    replies = [b"220 hello\r\n", b"250 hello\r\n"]
    with raw_server(replies) as port:
        result = send(f"smtp://127.0.0.1:{port}", to="зейнеп@example.org")
    assert result == Result(Outcome.REFUSED, "smtputf8_unsupported")


@pytest.mark.parametrize("url", ["http://localhost", "smtp://", "localhost:25"])
def test_an_address_of_no_mail_server(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL"):
        mail.Server.of(url)


def test_usual_ports() -> None:
    assert mail.Server.of("smtps://mail.example").port == 465
    assert mail.Server.of("smtp://mail.example").port == 25
