"""One try of one message: claim the row, ask what is still true, hand it over, write down what happened.

The row is committed as `sending` before anything leaves and marked again right before the gateway may take it. So a
killed worker leaves either a row that certainly was not handed over (tried again as often as needed) or one in doubt
(repeated once under the same Message-ID, then shown as `unknown`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.core.clock import NOW, db_now
from backend.core.settings import Settings
from backend.notifications import (
    letters,
    letters_account,
    letters_application,
    letters_office,
    queries,
    rules,
    sealing,
    service,
    writer,
)
from backend.notifications.channels.mail import MailChannel
from backend.notifications.channels.types import Channel, LeaseLostError, Outcome, Result
from backend.notifications.models import Message
from backend.notifications.types import FINAL, BookingMessage, Envelope, Letter, MessageKind, MessageState

CHANNELS: dict[str, Callable[[Settings], Channel]] = {service.MAIL: MailChannel.of}
log = structlog.get_logger("amtsweg.messages")


def deliver(session: Session, settings: Settings, message_id: UUID) -> MessageState | None:
    """Try a message once if it is due; returns its new state, None when there was nothing to do. Commits."""
    message = queries.claim(session, message_id)
    session.commit()
    if message is None:
        return None
    if message.uncertain > rules.REPEATS_IN_DOUBT:
        return _finish(session, message, MessageState.UNKNOWN, "worker_lost")
    try:
        letter = _letter(session, settings, message)
    except Exception as error:  # a letter that cannot be written must not block the others
        session.rollback()
        log.error("letter_failed", row_id=str(message.id), attempt=message.attempts, exc_info=error)
        return _try_again(session, message, f"letter_{type(error).__name__}")
    session.commit()
    if letter is None:
        return _finish(session, message, MessageState.SUPERSEDED)
    return _hand_over(session, settings, message, letter)


def _hand_over(session: Session, settings: Settings, message: Message, letter: Letter) -> MessageState | None:
    envelope = Envelope(message_id=message.id, recipient=message.recipient or "", language=message.language)

    def handing_over() -> None:
        held = queries.update_try(session, message.id, message.attempts, handed_over_at=NOW)
        session.commit()
        if not held:
            raise LeaseLostError

    try:
        result = CHANNELS[message.channel](settings).send(envelope, letter, handing_over)
    except LeaseLostError:
        return None
    return _record(session, message, result)


def _record(session: Session, message: Message, result: Result) -> MessageState | None:
    match result.outcome:
        case Outcome.ACCEPTED:
            return _finish(session, message, MessageState.SENT)
        case Outcome.REFUSED:
            return _finish(session, message, MessageState.DEAD, result.reason)
        case Outcome.UNCERTAIN if message.uncertain >= rules.REPEATS_IN_DOUBT:
            return _finish(session, message, MessageState.UNKNOWN, result.reason)
        case Outcome.UNCERTAIN:
            return _try_again(session, message, result.reason, in_doubt=True)
        case Outcome.TRY_AGAIN:
            return _try_again(session, message, result.reason)


def _letter(session: Session, settings: Settings, message: Message) -> Letter | None:
    """The letter as things are now, or None when it is no longer true."""
    kind, now = MessageKind(message.kind), db_now(session)
    secrets = sealing.unseal(message.id, message.sealed)
    sender = writer.Sender(
        public_url=settings.public_url,
        mail_from=service.bare_address(settings.mail_from),
        feedback_email=settings.feedback_email,
    )
    if kind is MessageKind.LINKS:
        found = [(UUID(key), _current(session, message, kind, UUID(key), now)) for key in secrets]
        booked = sorted(((key, one) for key, one in found if one), key=lambda pair: (pair[1].starts_at, pair[0]))
        return letters.compose_links(booked, message.language, secrets, sender) if booked else None
    if message.object_id is None:
        raise ValueError("a message about one thing names it")
    if kind is MessageKind.ACCOUNT_IDLE:
        idle = accounts.idle(session, message.object_id)
        return letters_account.compose(idle, message.language, sender, demo=settings.demo) if idle else None
    if kind.topic == "office":
        news = service.office_source()(session, secrets)
        return letters_office.compose(kind, news, message.language, sender, demo=settings.demo) if news else None
    if kind.topic == "application":
        told = service.application_source().load(session, message.object_id, message.language)
        true = told and rules.application_still_true(kind, told, recipient=message.recipient or "")
        return letters_application.compose(kind, told, message.language, secrets, sender) if told and true else None
    current = _current(session, message, kind, message.object_id, now)
    return letters.compose(kind, current, message.language, secrets, sender) if current else None


def _current(
    session: Session, message: Message, kind: MessageKind, object_id: UUID, now: datetime
) -> BookingMessage | None:
    current = service.source().load(session, object_id, message.language)
    if current is None:
        return None
    recipient = message.recipient or ""
    return current if rules.still_true(kind, current, sequence=message.sequence, recipient=recipient, now=now) else None


def _try_again(
    session: Session, message: Message, reason: str | None, *, in_doubt: bool = False
) -> MessageState | None:
    again = rules.next_try(message.attempts, db_now(session), message.give_up_at)
    if again is None:
        last = MessageState.UNKNOWN if in_doubt else MessageState.DEAD
        return _finish(session, message, last, reason)
    uncertain = message.uncertain + int(in_doubt)
    return _write(session, message, MessageState.FAILED, due_at=again, uncertain=uncertain, error=reason)


def _finish(session: Session, message: Message, state: MessageState, reason: str | None = None) -> MessageState | None:
    return _write(session, message, state, sealed=None, finished_at=NOW, error=reason)


def _write(session: Session, message: Message, state: MessageState, **values: object) -> MessageState | None:
    """Write the result of this try, unless another worker owns the row by now; alarms for dead letters."""
    written = queries.update_try(session, message.id, message.attempts, state=state, lease_until=None, **values)
    session.commit()
    alarming = state in FINAL - {MessageState.SENT, MessageState.SUPERSEDED}
    (log.error if alarming else log.info)(
        "message", row_id=str(message.id), channel=message.channel, state=str(state) if written else "taken_over",
        attempt=message.attempts, error=values.get("error"),
    )  # fmt: skip
    return state if written else None
