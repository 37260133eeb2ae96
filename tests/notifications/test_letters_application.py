"""Every kind of mail about an application in every language, compared whole with the golden files."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from backend.core.clock import BERLIN
from backend.core.i18n import LANGUAGES, messages
from backend.notifications.letters_application import compose
from backend.notifications.rules import application_still_true
from backend.notifications.types import ApplicationMessage, Letter, MessageKind
from tests.notifications.samples import SENDER

pytestmark = pytest.mark.usefixtures("formats")  # dates are written by flask-babel

GOLDEN = Path(__file__).parent / "golden"
KINDS = [kind for kind in MessageKind if kind.topic == "application"]
EVERY = [(language, kind) for language in LANGUAGES for kind in KINDS]
SECRETS = {
    MessageKind.APPLICATION_RESUME: {"resume": "r" * 43},
    MessageKind.APPLICATION_DRAFT_REMINDER: {"resume": "r" * 43},
    MessageKind.APPLICATION_SENT: {"code": "4HTQRA"},
}
DRAFTS = (MessageKind.APPLICATION_RESUME, MessageKind.APPLICATION_DRAFT_REMINDER)
REQUESTS = (MessageKind.APPLICATION_REQUEST, MessageKind.APPLICATION_REQUEST_REMINDER)
MESSAGE = ApplicationMessage(
    reference="K7M-3DX-9PC",
    state="received",
    email="zeynep@example.org",
    payment=None,
    with_account=False,
    undo_until=datetime(2026, 11, 24, 14, 15, tzinfo=BERLIN),
    due_on=None,
    erase_after=None,
    demo=True,
)


def told(kind: MessageKind) -> ApplicationMessage:
    if kind in DRAFTS:
        return replace(MESSAGE, state="draft", reference=None, erase_after=datetime(2026, 12, 24, 10, tzinfo=BERLIN))
    if kind in REQUESTS:
        return replace(MESSAGE, state="waiting_for_citizen", due_on=date(2026, 12, 8), with_account=True)
    if kind is MessageKind.APPLICATION_ERASURE:
        return replace(MESSAGE, state="decided_granted", erase_after=datetime(2027, 6, 24, 10, tzinfo=BERLIN))
    if kind is MessageKind.APPLICATION_PAID:
        return replace(MESSAGE, payment="booked", with_account=True)
    return replace(MESSAGE, with_account=kind is not MessageKind.APPLICATION_SENT)


def letter(language: str, kind: MessageKind) -> Letter:
    return compose(kind, told(kind), language, SECRETS.get(kind, {}), SENDER)


@pytest.mark.parametrize(("language", "kind"), EVERY)
def test_is_as_agreed(language: str, kind: MessageKind) -> None:
    made = letter(language, kind)
    forms = {"txt": f"Subject: {made.subject}\n\n{made.text}", "html": made.html}
    folder = GOLDEN / language
    if os.environ.get("UPDATE_GOLDEN"):
        for ending, text in forms.items():
            (folder / f"{kind}.{ending}").write_text(text, encoding="utf-8")
    assert forms == {file.suffix[1:]: file.read_text(encoding="utf-8") for file in folder.glob(f"{kind}.*")}


@pytest.mark.parametrize(("language", "kind"), EVERY)
def test_tells_nothing_but_the_number(language: str, kind: MessageKind) -> None:
    """Neither person nor service nor address stand in it; no calendar file; subject in the reader's own words."""
    made = letter(language, kind)
    for text in (made.subject, made.text, made.html):
        assert "zeynep" not in text
    assert made.calendar is None
    assert made.subject.splitlines()[0] == messages(language)[f"mail.subject.{kind}"]


@pytest.mark.parametrize("kind", KINDS)
def test_leaves_only_while_it_is_true(kind: MessageKind) -> None:
    now = told(kind)
    assert application_still_true(kind, now, recipient="Zeynep@example.org")
    assert not application_still_true(kind, now, recipient="other@example.org")
    changed = replace(now, state="received" if now.state == "draft" else "draft", due_on=None, payment=None)
    if kind is MessageKind.APPLICATION_RESUME:
        changed = replace(now, with_account=True)
    assert not application_still_true(kind, changed, recipient="zeynep@example.org")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in DRAFTS])
def test_without_an_account_a_link_opens_what_was_sent(kind: MessageKind) -> None:
    guest = replace(told(kind), with_account=False)
    made = compose(kind, guest, "de", {"resume": "r" * 43}, SENDER)
    assert f"/antrag/weiter#s={'r' * 43}" in made.text
    assert messages("de")["mail.application.once"] in " ".join(made.text.split())
    assert messages("de")["mail.application.open"] in made.text


def test_a_link_that_needs_a_secret_is_not_written_without() -> None:
    with pytest.raises(KeyError):
        compose(MessageKind.APPLICATION_RESUME, told(MessageKind.APPLICATION_RESUME), "de", {}, SENDER)
