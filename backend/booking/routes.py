"""Holds and appointments over HTTP. Secrets come in the header X-Amtsweg-Secret or, in a body, as `secret`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, request

from backend.booking import errors, routes_availability
from backend.booking.schemas import (
    AppointmentSchema,
    BookedSchema,
    BookingRequestSchema,
    CalendarLinkSchema,
    ConfirmedSchema,
    ContactCorrectionSchema,
    HoldExtensionSchema,
    HoldRequestSchema,
    HoldSchema,
    MoveRequestSchema,
    OpenedSchema,
    OpenRequestSchema,
    ResendRequestSchema,
    SecretSchema,
)
from backend.booking.service import book, calendar, cancel, confirm, entry, hold, move, unconfirmed, view
from backend.booking.types import AppointmentView, HoldExtension, booked_document, hold_document
from backend.core.access import access, guest, public
from backend.core.api import Blueprint, written
from backend.core.db import db
from backend.core.errors import Invalid, NotFound, ProofRequired, ProofReused, TooManyRequests
from backend.core.idempotency import idempotent

HEADER = "X-Amtsweg-Secret"
ICS = {"Content-Type": "text/calendar; charset=utf-8", "Content-Disposition": 'attachment; filename="termin.ics"'}
Body = Mapping[str, Any]

blueprint = Blueprint("booking", __name__, url_prefix="/api/v1")
blueprints = (blueprint, routes_availability.blueprint)


def given_secret(body: Body | None = None) -> str | None:
    """The secret of a request, or None."""
    return request.headers.get(HEADER) or (body or {}).get("secret")


def _needed_secret(body: Body) -> str:
    secret = given_secret(body)
    if secret is None:
        raise NotFound
    return secret


@blueprint.route("/holds", methods=["POST"])
@blueprint.raises(errors.SlotTaken, ProofRequired, ProofReused, Invalid, TooManyRequests, errors.TooManyHolds)
@blueprint.arguments(HoldRequestSchema)
@blueprint.response(201, HoldSchema)
@idempotent(required=True, joins=True)
@access(public)
def create_hold(body: Body) -> Response:
    """Keep a time for some minutes."""
    return written(201, hold_document(hold.create_hold(db.session(), body)))


@blueprint.route("/holds/<uuid:hold_id>/extend", methods=["POST"])
@blueprint.raises(NotFound, errors.HoldExpired, errors.HoldUsed, errors.NoExtensionsLeft)
@blueprint.arguments(SecretSchema)
@blueprint.response(200, HoldExtensionSchema)
@access(guest("hold"))
def extend_hold(body: Body, hold_id: UUID) -> HoldExtension:
    """Keep the time for another full period, at most ten times."""
    return hold.extend_hold(db.session(), hold_id, _needed_secret(body))


@blueprint.route("/holds/<uuid:hold_id>/release", methods=["POST"])
@blueprint.raises(NotFound, errors.HoldExpired, errors.HoldUsed)
@blueprint.arguments(SecretSchema)
@blueprint.response(204)
@access(guest("hold"))
def release_hold(body: Body, hold_id: UUID) -> Response:
    """Give the time back at once."""
    hold.release_hold(db.session(), hold_id, _needed_secret(body))
    return Response(status=204)


@blueprint.route("/appointments", methods=["POST"])
@blueprint.raises(NotFound, Invalid, errors.HoldExpired, errors.HoldUsed, errors.ContactLimit)
@blueprint.raises(ProofRequired, ProofReused, TooManyRequests)
@blueprint.arguments(BookingRequestSchema)
@blueprint.response(201, BookedSchema)
@idempotent(required=False, joins=True)
@access(guest("hold"))
def book_appointment(body: Body) -> Response:
    """Book the time of a hold; the appointment then waits for its confirmation."""
    return written(201, booked_document(book.book_appointment(db.session(), _needed_secret(body), body)))


@blueprint.route("/appointments/open", methods=["POST"])
@blueprint.raises(NotFound, TooManyRequests)
@blueprint.arguments(OpenRequestSchema)
@blueprint.response(200, OpenedSchema)
@access(public)
def open_appointment(body: Body) -> dict[str, str]:
    """Exchange number and code for a secret that works for 30 minutes."""
    return {"secret": entry.open_appointment(db.session(), body["reference"], body["code"])}


@blueprint.route("/appointments/resend", methods=["POST"])
@blueprint.raises(TooManyRequests)
@blueprint.arguments(ResendRequestSchema)
@blueprint.response(202)
@access(public)
def resend_links(body: Body) -> Response:
    """Mail the links of all confirmed appointments of an address to it."""
    entry.resend_links(db.session(), body["email"], body["language"])
    return Response(status=202)


@blueprint.route("/appointments/<reference>")
@blueprint.raises(NotFound)
@blueprint.response(200, AppointmentSchema)
@access(guest("appointment"))
def get_appointment(reference: str) -> AppointmentView:
    """One appointment, with its manage secret."""
    return view.get_appointment(db.session(), reference, given_secret())


@blueprint.route("/appointments/<reference>/confirm", methods=["POST"])
@blueprint.raises(NotFound, errors.ConfirmationExpired, errors.AppointmentCancelled, errors.ContactLimit)
@blueprint.arguments(SecretSchema)
@blueprint.response(200, ConfirmedSchema)
@access(guest("appointment"))
def confirm_appointment(body: Body, reference: str) -> AppointmentView:
    """Confirm, with the secret that is only in the message; a second time gives the same answer."""
    return confirm.confirm_appointment(db.session(), reference, given_secret(body))


@blueprint.route("/appointments/<reference>/resend-confirmation", methods=["POST"])
@blueprint.raises(NotFound, errors.AlreadyConfirmed, errors.ConfirmationExpired, errors.AppointmentCancelled)
@blueprint.arguments(SecretSchema)
@blueprint.response(200, AppointmentSchema)
@access(guest("appointment"))
def resend_confirmation(body: Body, reference: str) -> AppointmentView:
    """Send the message with the confirmation link again."""
    return unconfirmed.resend_confirmation(db.session(), reference, given_secret(body))


@blueprint.route("/appointments/<reference>/contact", methods=["POST"])
@blueprint.raises(NotFound, errors.AlreadyConfirmed, errors.ConfirmationExpired, errors.AppointmentCancelled, Invalid)
@blueprint.arguments(ContactCorrectionSchema)
@blueprint.response(200, AppointmentSchema)
@access(guest("appointment"))
def correct_contact(body: Body, reference: str) -> AppointmentView:
    """Correct the contact before the confirmation; the name is fixed."""
    return unconfirmed.correct_contact(db.session(), reference, given_secret(body), body["contact"])


@blueprint.route("/appointments/<reference>/extend", methods=["POST"])
@blueprint.raises(NotFound, errors.AlreadyConfirmed, errors.ConfirmationExpired, errors.NoExtensionsLeft)
@blueprint.raises(errors.AppointmentCancelled)
@blueprint.arguments(SecretSchema)
@blueprint.response(200, AppointmentSchema)
@access(guest("appointment"))
def extend_confirmation(body: Body, reference: str) -> AppointmentView:
    """More time for the confirmation, at most ten times."""
    return unconfirmed.extend_confirmation(db.session(), reference, given_secret(body))


@blueprint.route("/appointments/<reference>/move", methods=["POST"])
@blueprint.raises(NotFound, Invalid, errors.SlotTaken, errors.NotConfirmed, errors.ConfirmationExpired)
@blueprint.raises(errors.AppointmentCancelled, errors.AppointmentOver)
@blueprint.arguments(MoveRequestSchema)
@blueprint.response(200, AppointmentSchema)
@access(guest("appointment"))
def move_appointment(body: Body, reference: str) -> AppointmentView:
    """Move to another time or office; the old time is kept when the new one is gone."""
    return move.move_appointment(db.session(), reference, given_secret(body), body)


@blueprint.route("/appointments/<reference>/cancel", methods=["POST"])
@blueprint.raises(NotFound, errors.AppointmentOver)
@blueprint.arguments(SecretSchema)
@blueprint.response(200, AppointmentSchema)
@access(guest("appointment"))
def cancel_appointment(body: Body, reference: str) -> AppointmentView:
    """Cancel; can be undone for five minutes."""
    return cancel.cancel_appointment(db.session(), reference, given_secret(body))


@blueprint.route("/appointments/<reference>/undo", methods=["POST"])
@blueprint.raises(NotFound, errors.UndoOver, errors.SlotTaken, errors.ContactLimit)
@blueprint.arguments(SecretSchema)
@blueprint.response(200, AppointmentSchema)
@access(guest("appointment"))
def undo_cancellation(body: Body, reference: str) -> AppointmentView:
    """Take the cancellation back if the time is still free."""
    return cancel.undo_cancellation(db.session(), reference, given_secret(body))


@blueprint.route("/appointments/<reference>/calendar")
@blueprint.raises(NotFound)
@blueprint.response(200, {"type": "string"}, content_type="text/calendar")
@access(guest("appointment"))
def get_appointment_calendar(reference: str) -> Response:
    """The appointment as an iCalendar file (METHOD PUBLISH)."""
    return Response(calendar.appointment_calendar(db.session(), reference, given_secret()), headers=ICS)


@blueprint.route("/appointments/<reference>/calendar-link", methods=["POST"])
@blueprint.raises(NotFound)
@blueprint.arguments(SecretSchema)
@blueprint.response(201, CalendarLinkSchema)
@access(guest("appointment"))
def create_calendar_link(body: Body, reference: str) -> dict[str, str]:
    """An address that gives the calendar file once, within 60 seconds."""
    return {"url": calendar.create_calendar_link(db.session(), reference, given_secret(body))}


@blueprint.route("/calendar/<token>")
@blueprint.raises(NotFound)
@blueprint.response(200, {"type": "string"}, content_type="text/calendar")
@access(public)
def get_calendar_by_link(token: str) -> Response:
    """The calendar file of a one-time link."""
    looks_first = request.method == "HEAD"  # as download managers do
    return Response(calendar.calendar_by_link(db.session(), token, use=not looks_first), headers=ICS)
