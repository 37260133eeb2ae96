"""What opening a case reads beside its rows: fixed statements, because a page is opened for each case of the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.core.clock import AnySession
from backend.core.sql import Statement

_EVENTS = Statement(
    "SELECT revision, at, type, actor, data FROM staff_case_event"
    " WHERE application_id = %(case)s::uuid AND revision > %(since)s::int ORDER BY id"
)
_NOTES = Statement(
    "SELECT id, author, text, written_at FROM staff_case_note WHERE application_id = %(case)s::uuid"
    " ORDER BY written_at, id"
)
_REQUESTS = Statement("SELECT * FROM application_request WHERE application_id = %(case)s::uuid ORDER BY opened_at, id")
_MESSAGES = Statement("SELECT * FROM application_message WHERE application_id = %(case)s::uuid ORDER BY written_at, id")
_LETTERS = Statement("SELECT * FROM application_letter WHERE application_id = %(case)s::uuid ORDER BY provided_at, id")
_VERSIONS = Statement(
    "SELECT * FROM application_answer_history WHERE application_id = %(case)s::uuid ORDER BY replaced_at, id"
)
_PRESENT = Statement(
    "SELECT account_id, since FROM staff_case_presence WHERE application_id = %(case)s::uuid"
    " AND seen_at >= clock_timestamp() - %(lasts)s::interval AND account_id IS DISTINCT FROM %(but)s::uuid"
    " ORDER BY since, account_id"
)
_NAMES = Statement("SELECT account_id, name FROM staff_worker WHERE account_id = ANY(%(ids)s::uuid[])")
_SAME_ACCOUNT = Statement(
    "SELECT c.* FROM application a JOIN staff_case c ON c.application_id = a.id"
    " WHERE a.owner_account = %(account)s::uuid AND a.id <> %(case)s::uuid AND c.office = ANY(%(offices)s::text[])"
    " ORDER BY c.received_at DESC, c.application_id DESC LIMIT %(most)s::int"
)
_SAME_BIRTH = Statement(
    "SELECT c.* FROM staff_case c WHERE c.birth_index = %(birth)s::bytea AND c.application_id <> %(case)s::uuid"
    " AND c.office = ANY(%(offices)s::text[]) ORDER BY c.received_at DESC, c.application_id DESC LIMIT %(most)s::int"
)


def events_of(session: AnySession, application_id: UUID, since: int = 0) -> list[Any]:
    """What was done with a case after a revision, oldest first: revision, at, type, actor, data."""
    return _EVENTS.all(session, {"case": application_id, "since": since})


def notes_of(session: AnySession, application_id: UUID) -> list[Any]:
    """The private notes, oldest first: id, author, text (sealed), written_at."""
    return _NOTES.all(session, {"case": application_id})


def requests_of(session: AnySession, application_id: UUID) -> list[Any]:
    """The office's requests, oldest first, as their rows are."""
    return _REQUESTS.all(session, {"case": application_id})


def messages_of(session: AnySession, application_id: UUID) -> list[Any]:
    """The dialogue with the citizen, likewise."""
    return _MESSAGES.all(session, {"case": application_id})


def letters_of(session: AnySession, application_id: UUID) -> list[Any]:
    """The letters, likewise."""
    return _LETTERS.all(session, {"case": application_id})


def versions_of(session: AnySession, application_id: UUID) -> list[Any]:
    """The documents that a change replaced, likewise."""
    return _VERSIONS.all(session, {"case": application_id})


def present_in(session: AnySession, application_id: UUID, but: UUID | None, lasts: timedelta) -> list[Any]:
    """Who has a case open, but for one person, the first one first: account_id, since."""
    return _PRESENT.all(session, {"case": application_id, "but": but, "lasts": lasts})


def names(session: AnySession, accounts: Iterable[UUID]) -> dict[UUID, str]:
    """The names of members of staff by account; no name is an empty one."""
    return {row.account_id: row.name or "" for row in _NAMES.all(session, {"ids": list(accounts)})}


def of_same_account(session: AnySession, offices: Sequence[str], account_id: UUID, but: UUID, most: int) -> list[Any]:
    """Other cases of an account in these offices, newest first, as rows of cases."""
    return _SAME_ACCOUNT.all(session, {"account": account_id, "case": but, "offices": list(offices), "most": most})


def of_same_birth(session: AnySession, offices: Sequence[str], birth: bytes, but: UUID, most: int) -> list[Any]:
    """Other cases with the same family name and date of birth in these offices, likewise."""
    return _SAME_BIRTH.all(session, {"birth": birth, "case": but, "offices": list(offices), "most": most})
