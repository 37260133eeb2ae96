"""The door of notifications: queue a message in your own transaction, register the source, get a calendar file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, current_app

from backend.core.clock import db_now
from backend.core.jobs import DEFER, job
from backend.core.settings import get_settings
from backend.core.sql import Asked, Statement
from backend.notifications import ical, queries, rules, sealing
from backend.notifications.models import Message
from backend.notifications.queries import AnySession
from backend.notifications.types import (
    ApplicationMessage,
    BookingMessage,
    MessageKind,
    MessageSource,
    MessageState,
    OfficeMessage,
    Secrets,
)

OfficeSource = Callable[[AnySession, Secrets], OfficeMessage | None]
MAIL = "mail"
SEND_TASK = "notifications.send"
_SOURCES = "amtsweg-message-sources"
_INSERT = f"""
    INSERT INTO message (id, business_key, kind, channel, language, object_id, sequence, recipient, contact_key, sealed,
        state, nudged_at, due_at, give_up_at)
    SELECT %(id)s::uuid, %(business_key)s::text, %(kind)s::text, %(channel)s::text, %(language)s::text,
        %(object_id)s::uuid, %(sequence)s::integer, %(recipient)s::text, %(contact_key)s::bytea, %(sealed)s::bytea,
        '{MessageState.QUEUED}', t, due_at, due_at + %(patience)s::interval
    FROM (SELECT clock_timestamp() AS t) AS clock, coalesce(%(later)s::timestamptz, clock.t) AS due_at
    ON CONFLICT (business_key) DO NOTHING
"""  # noqa: S608 - a constant
_WRITE = Statement(_INSERT)
_WRITE_WITH_JOB = Statement(f"WITH written AS ({_INSERT} RETURNING id) {DEFER} FROM written")
_UNASKED = tuple(kind for kind in MessageKind if kind.unasked)
_ASKED = tuple(kind for kind in MessageKind if not kind.unasked)


@dataclass(frozen=True, slots=True)
class Room:
    """A contact (its pseudonym) and the answer to come when its last messages went; None = nobody counts."""

    key: bytes
    recent: Asked | None


@dataclass(frozen=True, slots=True)
class _Made:
    """A message and the statement that writes it."""

    id: UUID
    statement: Statement
    values: Mapping[str, Any]


def register_source(app: Flask, source: MessageSource[BookingMessage]) -> None:
    """Tell this application who can say what an appointment is now (web and worker alike)."""
    app.extensions.setdefault(_SOURCES, {})["appointment"] = source


def register_application_source(app: Flask, source: MessageSource[ApplicationMessage]) -> None:
    """Tell this application who can say what an online application is now."""
    app.extensions.setdefault(_SOURCES, {})["application"] = source


def register_office_source(app: Flask, source: OfficeSource) -> None:
    """Tell this application who can say what an office has to be told now, by a message's secrets."""
    app.extensions.setdefault(_SOURCES, {})["office"] = source


def office_source() -> OfficeSource:
    """The registered owner of the offices' cases; raises KeyError when the application has none."""
    registered: OfficeSource = current_app.extensions[_SOURCES]["office"]
    return registered


def source() -> MessageSource[BookingMessage]:
    """The registered owner of the appointments; raises KeyError when the application has none."""
    registered: MessageSource[BookingMessage] = current_app.extensions[_SOURCES]["appointment"]
    return registered


def application_source() -> MessageSource[ApplicationMessage]:
    """The registered owner of the online applications; raises KeyError when the application has none."""
    registered: MessageSource[ApplicationMessage] = current_app.extensions[_SOURCES]["application"]
    return registered


def queue(
    session: AnySession,
    *,
    kind: MessageKind,
    language: str,
    to: str,
    object_id: UUID,
    sequence: int | None,
    business_key: str,
    secrets: Secrets,
) -> UUID | None:
    """Queue one message about one appointment or application; it exists exactly if the caller's transaction commits.

    Returns None when nothing was queued: the business key was used before, or anybody could have asked for this mail
    and the contact has got 5 of them this hour or 10 this day. A message that follows from what a proven contact did
    is never dropped, only sent later. Secrets of messages about the same appointment that have not left yet are taken
    over, because those messages will find themselves outdated.
    """
    if kind is MessageKind.LINKS:
        raise ValueError("links to several appointments are queued by queue_links()")
    carried = {} if kind.unasked or kind.topic != "appointment" else _unsent(session, object_id)
    return _queue(
        session, kind=kind, language=language, to=to, object_id=object_id, sequence=sequence,
        business_key=business_key, secrets={**carried, **secrets},
    )  # fmt: skip


def ask_room(session: AnySession, kind: MessageKind, to: str) -> Room:
    """Ask whether the caps of a contact leave room for one more message; the question travels with what comes next."""
    key = sealing.contact_key(to)
    if get_settings().limits != "on":
        return Room(key, None)
    return Room(key, queries.ask_recent_times(session, key, _UNASKED if kind.unasked else _ASKED, rules.PER_DAY))


def queue_with_commit(
    session: AnySession,
    room: Room,
    *,
    kind: MessageKind,
    language: str,
    to: str,
    object_id: UUID,
    sequence: int,
    secrets: Secrets,
) -> None:
    """Queue the first message about a new object as in queue(), written in one round trip with the caller's commit."""
    made = _message(
        session, room, kind=kind, language=language, to=to, object_id=object_id, sequence=sequence,
        business_key=f"{kind}:{object_id}:{sequence}", secrets=secrets,
    )  # fmt: skip
    if made is not None:
        made.statement.ask(session, made.values)


def queue_links(
    session: AnySession, *, language: str, to: str, links: Sequence[tuple[UUID, str]], business_key: str
) -> UUID | None:
    """Queue one mail with fresh manage links to several appointments (appointment id, secret); None as in queue()."""
    secrets = {str(object_id): secret for object_id, secret in links}
    return _queue(
        session, kind=MessageKind.LINKS, language=language, to=to, object_id=None, sequence=None,
        business_key=business_key, secrets=secrets,
    )  # fmt: skip


def unsent(session: AnySession, object_id: UUID) -> Sequence[Message]:
    """Messages about an object that could not be sent so far (`created_at`, `attempts`)."""
    return queries.unsent_tried(session, object_id)


def over_at(session: AnySession, business_key: str) -> datetime | None:
    """When a message left or was given up, now while it is on its way; None when there is none (any more)."""
    found = queries.ending(session, business_key)
    return None if found is None else found[1] or db_now(session)


def is_outdated(session: AnySession, business_key: str) -> bool:
    """True when a message did not leave because it was true no longer, as for an address that was given up."""
    found = queries.ending(session, business_key)
    return found is not None and found[0] == MessageState.SUPERSEDED


def calendar_file(message: BookingMessage, language: str) -> bytes:
    """The appointment for a download (METHOD PUBLISH), with the UID and SEQUENCE of the mails' calendar files."""
    return ical.calendar_file(message, language, ical.PUBLISH, organizer=bare_address(get_settings().mail_from))


def bare_address(configured: str) -> str:
    """The address of a setting that may also carry a name."""
    return parseaddr(configured)[1]


def _queue(session: AnySession, *, kind: MessageKind, to: str, **told: Any) -> UUID | None:
    made = _message(session, ask_room(session, kind, to), kind=kind, to=to, **told)
    if made is None or not made.statement.execute(session, made.values):
        return None
    return made.id


def _message(
    session: AnySession,
    room: Room,
    *,
    kind: MessageKind,
    language: str,
    to: str,
    object_id: UUID | None,
    sequence: int | None,
    business_key: str,
    secrets: Secrets,
) -> _Made | None:
    """The row and what writes it, with its job when it is due now; None when the caps say no."""
    later = _later(session, room)
    if later is not None and kind.unasked:
        return None
    message_id = uuid4()
    row = {
        "id": message_id, "business_key": business_key, "kind": kind.value, "channel": MAIL, "language": language,
        "object_id": object_id, "sequence": sequence, "recipient": to, "contact_key": room.key, "later": later,
        "patience": rules.GIVE_UP_AFTER, "sealed": sealing.seal(message_id, secrets),
    }  # fmt: skip
    if later is None:
        return _Made(message_id, _WRITE_WITH_JOB, {**row, **job(SEND_TASK, message_id)})
    return _Made(message_id, _WRITE, row)


def _later(session: AnySession, room: Room) -> datetime | None:
    """The first free time under the caps of the contact, None = now (only counted where limits are on)."""
    recent = [row.due_at for row in room.recent.all()] if room.recent is not None else []
    if not recent:
        return None
    now = db_now(session)
    due_at = rules.free_at(recent, now)
    return due_at if due_at > now else None


def _unsent(session: AnySession, object_id: UUID) -> dict[str, str]:
    carried: dict[str, str] = {}
    for message in queries.unsent_secrets_unchecked(session, object_id):
        carried |= sealing.unseal(message.id, message.sealed)
    return carried
