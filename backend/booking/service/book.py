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
DRAWS = 3  # a number is in use once in a hundred thousand at a million appointments

# One statement, because it is one thing: a hold that is free of every doubt lives on as an unconfirmed appointment, all
# of its claims (none may have ended meanwhile), and only then is there an appointment with its secrets and services.
# Doubts (a number in use, needs that were not held, a contact with appointments) are looked at one by one in Python.
_BOOK = Statement(
    """
    WITH mine AS (
        SELECT * FROM hold WHERE id = %(hold)s::uuid AND secret_hash = %(secret)s::bytea
        AND open AND expires_at > clock_timestamp() AND %(needs)s::text[] <@ needs
        AND NOT EXISTS (SELECT FROM appointment WHERE reference = %(reference)s::text)
        AND (%(contact_checked)s::boolean OR NOT EXISTS (
            SELECT FROM appointment WHERE contact_key = %(contact)s::text AND state = 'booked'
        ))
    ), kept AS (
        UPDATE claim SET state = 'unconfirmed', appointment_id = %(appointment)s::uuid,
            live = tstzrange(lower(live), least(t + %(kept)s::interval, lower(during)))
        FROM clock_timestamp() AS t
        WHERE hold_id = (SELECT id FROM mine) AND state = 'held' AND upper(live) > t AND lower(during) > t
        RETURNING upper(live) AS until
    ), made AS (
        INSERT INTO appointment (id, reference, hold_id, request_hash, manage_hash, confirm_hash, state, office,
            starts_at, ends_at, language, given_name, family_name, name_search, email, mobile, contact_key, needs,
            confirm_by)
        SELECT %(appointment)s::uuid, %(reference)s::text, mine.id, %(request)s::bytea, %(manage)s::bytea,
            %(confirm)s::bytea, 'unconfirmed', mine.office, mine.starts_at, mine.ends_at,
            coalesce(%(language)s::text, mine.language), %(given_name)s::text, %(family_name)s::text,
            %(name_search)s::text, %(email)s::text, %(mobile)s::text, %(contact)s::text, mine.needs, all_kept.until
        FROM mine, (SELECT min(until) AS until, count(*) AS claims FROM kept) AS all_kept
        WHERE all_kept.claims = 1 + cardinality(mine.needs)
        RETURNING id, language
    ), closed AS (
        UPDATE hold SET open = false FROM made WHERE hold.id = %(hold)s::uuid
    ), wanted AS (
        INSERT INTO appointment_service (appointment_id, position, service, quantity)
        SELECT made.id, number - 1, asked ->> 'service', (asked ->> 'quantity')::smallint
        FROM made, mine, jsonb_array_elements(mine.services) WITH ORDINALITY AS each (asked, number)
    )
    SELECT language FROM made
    """
)


@dataclass(frozen=True, slots=True)
class Form:
    """What the person sent: hold and secret, who comes, how to reach her; no language = the hold's, no needs = all."""

    hold_id: UUID
    secret: str
    person: Person
    contact: Contact
    needs: tuple[str, ...]
    language: str | None
    proof: str | None
    asked: bytes


def book_appointment(session: Session, secret: str, request: Mapping[str, Any]) -> Booked:
    """Book the time of a hold for a person; unconfirmed until the link in the message is used.

    `request`: hold_id, person, contact, needs, proof (BookingRequestSchema). The same hold, secret and body give the
    same answer. Raises Invalid, NotFound, HoldExpired, HoldUsed, ContactLimit, ProofRequired, TooManyRequests.
    """
    contact = reachable_contact(request["contact"], get_settings())
    person = Person(**request["person"])
    form = Form(
        hold_id=request["hold_id"],
        secret=secret,
        person=person,
        contact=contact,
        needs=tuple(request["needs"] or ()),
        language=request["language"],
        proof=request["proof"],
        asked=rules.request_hash(person, contact, request["needs"]),
    )
    room = notifications.ask_room(session, MessageKind.CONFIRM_REQUEST, contact.reached_at)
    booked = _write(session, form, room, new_reference(), contact_checked=False)
    if booked is not None:
        _count(form)  # a refusal takes the booking back
        return booked
    return _with_care(session, form, room)


def _count(form: Form) -> None:
    if LIMIT.enforce() is Verdict.SOFT:
        proof.require("bookAppointment", form.proof)


def _with_care(session: Session, form: Form, room: notifications.Room) -> Booked:
    """Book a hold that is not free of every doubt, or say why not."""
    hold = queries.hold_with_secret(session, form.hold_id, form.secret)
    if hold is None:
        raise NotFound
    if hold.booked:
        return _again(session, form)
    if not set(form.needs) <= set(hold.needs):
        refuse("/needs", "needs_not_held")
    if hold.expired or not hold.open:
        raise HoldExpired
    _count(form)
    services = [item["service"] for item in hold.services]
    contact_limit.enforce(session, form.contact, services, form.language or hold.language)
    for _ in range(DRAWS):
        booked = _write(session, form, room, new_reference(), contact_checked=True)
        if booked is not None:
            return booked
    return _again(session, form)  # a twin was faster, or the time ended in this very moment


def _write(
    session: Session, form: Form, room: notifications.Room, reference: str, *, contact_checked: bool
) -> Booked | None:
    """Appointment, message and job of a hold, or nothing at all: None."""
    appointment, manage, confirm = uuid4(), secrets.manage_secret_of(form.secret, form.hold_id), new_secret()
    values = {
        "appointment": appointment,
        "hold": form.hold_id,
        "secret": hash_secret(form.secret),
        "needs": f"{{{','.join(form.needs)}}}",  # an array as PostgreSQL writes it (plain words only)
        "kept": timedelta(minutes=get_settings().confirm_minutes),
        "reference": reference,
        "contact_checked": contact_checked,
        "manage": hash_secret(manage),
        "confirm": hash_secret(confirm),
        "language": form.language,
        **_personal(form),
    }
    with told_by_constraints():
        made = _BOOK.first(session, values)
    if made is None:
        return None
    notifications.queue_with_commit(
        session,
        room,
        kind=MessageKind.CONFIRM_REQUEST,
        language=made.language,
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


def _again(session: Session, form: Form) -> Booked:
    """The answer that this hold already got; raises HoldUsed for another body, HoldExpired when there is none."""
    booked = queries.booked_from_hold_unchecked(session, form.hold_id)
    if booked is None:
        raise HoldExpired
    if booked.request_hash != form.asked:
        raise HoldUsed
    return _answer(booked.reference, secrets.manage_secret_of(form.secret, form.hold_id))


def _answer(reference: str, manage: str) -> Booked:
    return Booked(format_reference(reference), manage, secrets.code_of(reference), "unconfirmed")
