"""Turn a hold into an appointment that waits for its confirmation; repeatable by hold, secret and body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.booking import queries, rules
from backend.booking.errors import HoldExpired, HoldUsed, refuse, told_by_constraints
from backend.booking.service import contact_limit, secrets
from backend.booking.service.people import reachable_contact
from backend.booking.types import Booked, Contact, Person
from backend.core import names, proof
from backend.core.errors import NotFound
from backend.core.limits import HOUR, Limit, Verdict
from backend.core.security import format_reference, hash_secret, new_reference, new_secret
from backend.core.settings import get_settings
from backend.core.sql import Statement
from backend.notifications import service as notifications
from backend.notifications.types import MessageKind

LIMIT = Limit("bookAppointment", soft=10, hard=60, per=HOUR, sparse=True)

# One statement, because it is one thing: all claims of the hold live on as unconfirmed (none may have ended meanwhile),
# and only then are there an appointment, its services and its two secrets.
_BOOK = Statement(
    """
    WITH kept AS (
        UPDATE claim SET state = 'unconfirmed', appointment_id = %(appointment)s::uuid,
            live = tstzrange(lower(live), least(t + %(kept)s::interval, lower(during)))
        FROM clock_timestamp() AS t
        WHERE hold_id = %(hold)s::uuid AND state = 'held' AND upper(live) > t AND lower(during) > t
        RETURNING upper(live) AS until
    ), made AS (
        INSERT INTO appointment (id, reference, hold_id, request_hash, state, office, starts_at, ends_at, language,
            given_name, family_name, name_search, email, mobile, contact_key, needs, confirm_by)
        SELECT %(appointment)s::uuid, %(reference)s::text, hold.id, %(request)s::bytea, 'unconfirmed', hold.office,
            hold.starts_at, hold.ends_at, %(language)s::text, %(given_name)s::text, %(family_name)s::text,
            %(name_search)s::text, %(email)s::text, %(mobile)s::text, %(contact)s::text, hold.needs, all_kept.until
        FROM hold, (SELECT min(until) AS until FROM kept HAVING count(*) = %(claims)s::integer) AS all_kept
        WHERE hold.id = %(hold)s::uuid
        RETURNING id, confirm_by
    ), closed AS (
        UPDATE hold SET open = false FROM made WHERE hold.id = %(hold)s::uuid
    ), wanted AS (
        INSERT INTO appointment_service (appointment_id, position, service, quantity)
        SELECT made.id, position, service, quantity
        FROM made, unnest(
            %(positions)s::smallint[], %(services)s::text[], %(quantities)s::smallint[]
        ) AS asked(position, service, quantity)
    ), opened AS (
        INSERT INTO appointment_secret (secret_hash, appointment_id, purpose)
        SELECT given.secret, made.id, given.purpose
        FROM made, (VALUES (%(manage)s::bytea, 'manage'), (%(confirm)s::bytea, 'confirm')) AS given(secret, purpose)
    )
    SELECT confirm_by FROM made
    """
)


@dataclass(frozen=True, slots=True)
class Form:
    """What the person sent: the hold's secret, who comes, how to reach her (with room for a mail), language (None = the hold's)."""

    secret: str
    person: Person
    contact: Contact
    asked: bytes
    language: str | None
    room: notifications.Room


def book_appointment(session: Session, secret: str, request: Mapping[str, Any]) -> Booked:
    """Book the time of a hold for a person; unconfirmed until the link in the message is used.

    `request`: hold_id, person, contact, needs, proof (BookingRequestSchema). The same hold, secret and body give the
    same answer. Raises Invalid, NotFound, HoldExpired, HoldUsed, ContactLimit, ProofRequired, TooManyRequests.
    """
    contact = reachable_contact(request["contact"], get_settings())
    person = Person(**request["person"])
    asked = rules.request_hash(person, contact, request["needs"])
    room = notifications.ask_room(session, MessageKind.CONFIRM_REQUEST, contact.reached_at)
    form = Form(secret, person, contact, asked, request["language"], room)
    reference = new_reference()
    hold = _hold(session, request["hold_id"], form, reference)
    if hold.booked:
        return _again(session, hold.id, form)
    if not set(request["needs"] or ()) <= set(hold.needs):
        refuse("/needs", "needs_not_held")
    if hold.expired or not hold.open:
        raise HoldExpired
    if LIMIT.enforce() is Verdict.SOFT:
        proof.require("bookAppointment", request["proof"])
    if hold.known_contact:
        services = [item["service"] for item in hold.services]
        contact_limit.enforce(session, contact, services, form.language or hold.language)
    while hold.reference_taken:  # one draw in a hundred thousand at a million appointments
        reference = new_reference()
        hold = _hold(session, hold.id, form, reference)
    return _write(session, hold, reference, form)


def _hold(session: Session, hold_id: UUID, form: Form, reference: str) -> Any:
    key = form.contact.key
    hold = queries.hold_with_secret(session, hold_id, form.secret, new_reference=reference, contact_key=key)
    if hold is None:
        raise NotFound
    return hold


def _write(session: Session, hold: Any, reference: str, form: Form) -> Booked:
    appointment, manage, confirm = uuid4(), secrets.manage_secret_of(form.secret, hold.id), new_secret()
    values = {
        "appointment": appointment,
        "hold": hold.id,
        "kept": timedelta(minutes=get_settings().confirm_minutes),
        "claims": 1 + len(hold.needs),
        "reference": reference,
        "manage": hash_secret(manage),
        "confirm": hash_secret(confirm),
        "positions": list(range(len(hold.services))),
        "services": [item["service"] for item in hold.services],
        "quantities": [item["quantity"] for item in hold.services],
        **_personal(form),
        "language": form.language or hold.language,
    }
    with told_by_constraints():
        made = _BOOK.first(session, values)
    if made is None:  # a twin was faster, or the time ended in this very moment
        return _again(session, hold.id, form)
    notifications.queue_with_commit(
        session,
        form.room,
        kind=MessageKind.CONFIRM_REQUEST,
        language=form.language or hold.language,
        to=form.contact.reached_at,
        object_id=appointment,
        sequence=0,
        secrets={"confirm": confirm},
    )
    return _answer(reference, manage)


def _personal(form: Form) -> dict[str, Any]:
    """What is stored of the person, and the hash by which the same request is known again."""
    return {
        "request": form.asked,
        "given_name": form.person.given_name,
        "family_name": form.person.family_name,
        "name_search": names.search_form(form.person.full_name),
        "email": form.contact.email,
        "mobile": form.contact.mobile,
        "contact": form.contact.key,
    }


def _again(session: Session, hold_id: UUID, form: Form) -> Booked:
    """The answer that this hold already got; raises HoldUsed for another body, HoldExpired when there is none."""
    booked = queries.booked_from_hold_unchecked(session, hold_id)
    if booked is None:
        raise HoldExpired
    if booked.request_hash != form.asked:
        raise HoldUsed
    return _answer(booked.reference, secrets.manage_secret_of(form.secret, hold_id))


def _answer(reference: str, manage: str) -> Booked:
    return Booked(format_reference(reference), manage, secrets.code_of(reference), "unconfirmed")
