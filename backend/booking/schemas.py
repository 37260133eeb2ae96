"""JSON shapes of holds and appointments (docs: the booking table of the API contract)."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.catalogue.schemas import OfficeSummarySchema
from backend.core.fields import Email, Instant, Mobile, PersonName, Ready
from backend.core.i18n import DEFAULT, LANGUAGES
from backend.core.schemas import LocalizedTextSchema, RequestSchema, ResponseSchema

SLUG = validate.Regexp(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SLUG_LENGTH = validate.Length(min=1, max=100)
SECRET = validate.Length(min=1, max=200)
NEEDS = ("step_free", "sign_language", "large_room")
STATES = ("unconfirmed", "booked", "cancelled", "expired")


def _needs() -> fields.List[str]:
    return fields.List(
        fields.String(validate=validate.OneOf(NEEDS)),
        load_default=list,
        validate=validate.Length(max=len(NEEDS)),
        metadata={"description": "Resources that the hold claims together with the desk"},
    )


def _proof() -> fields.String:
    return fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=4000),
        metadata={"description": "Solution of the challenge of an answer 428, base64"},
    )


def _optional_secret() -> fields.String:
    return fields.String(
        load_default=None, allow_none=True, validate=SECRET, metadata={"description": "Instead of X-Amtsweg-Secret"}
    )


class ServiceQuantitySchema(RequestSchema):
    """One service and for how many persons."""

    service = fields.String(required=True, validate=[SLUG_LENGTH, SLUG], metadata={"description": "Slug"})
    quantity = fields.Integer(
        required=True, strict=True, validate=validate.Range(1, 10_000), metadata={"description": "Persons"}
    )


class HoldRequestSchema(RequestSchema):
    """What to keep for the person who is typing."""

    services = fields.List(fields.Nested(ServiceQuantitySchema), required=True, validate=validate.Length(1, 10))
    office = fields.String(required=True, validate=[SLUG_LENGTH, SLUG], metadata={"description": "Slug"})
    starts_at = Instant(required=True, metadata={"description": "RFC 3339 with offset, on a full five minutes"})
    language = fields.String(load_default=DEFAULT, validate=validate.OneOf(LANGUAGES))
    needs = _needs()
    origin = fields.String(
        load_default=None,
        allow_none=True,
        validate=[validate.Length(1, 100), validate.Regexp(r"^[A-Za-z0-9._~-]+\Z")],
        metadata={"description": "The word that an application gave for its visit; opaque, told back to it"},
    )
    proof = _proof()


class SlotSchema(ResponseSchema):
    """A time at an office."""

    office = fields.String()
    starts_at = Instant()
    ends_at = Instant()


class HoldSchema(SlotSchema):
    """The kept time; `secret` is given once and is needed for every further step."""

    hold_id = fields.UUID()
    secret = fields.String()
    expires_at = Instant()
    extensions_left = fields.Integer()


class SecretSchema(RequestSchema):
    """The secret, when it does not come in the header."""

    secret = _optional_secret()


class HoldExtensionSchema(ResponseSchema):
    """The new end of a hold."""

    expires_at = Instant()
    extensions_left = fields.Integer()


class PersonRequestSchema(RequestSchema):
    """The person who comes; letters and sequences of DIN 91379; `given_name` is null for one-name persons."""

    given_name = PersonName(load_default=None, allow_none=True)
    family_name = PersonName(required=True)


class ContactRequestSchema(RequestSchema):
    """Where the confirmation goes: mail, later also a mobile number (E.164)."""

    email = Email(load_default=None, allow_none=True)
    mobile = Mobile(load_default=None, allow_none=True)


class BookingRequestSchema(RequestSchema):
    """Turns a hold into an appointment."""

    hold_id = fields.UUID(required=True)
    secret = _optional_secret()
    person = fields.Nested(PersonRequestSchema, required=True)
    contact = fields.Nested(ContactRequestSchema, required=True)
    needs = fields.List(
        fields.String(validate=validate.OneOf(NEEDS)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=len(NEEDS)),
        metadata={"description": "Must be among those that the hold has claimed"},
    )
    language = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "Language of the messages; by default that of the hold"},
    )
    proof = _proof()


class BookedSchema(ResponseSchema):
    """The new appointment: its number, the secret of its page, and the code for the person without a link."""

    reference = fields.String()
    secret = fields.String()
    code = fields.String()
    state = fields.String(validate=validate.OneOf(STATES))


class OpenRequestSchema(RequestSchema):
    """Number and code, as they were shown and mailed."""

    reference = fields.String(required=True, validate=validate.Length(min=1, max=40))
    code = fields.String(required=True, validate=validate.Length(min=1, max=40))


class OpenedSchema(ResponseSchema):
    """A secret for this appointment that works for 30 minutes."""

    secret = fields.String()


class ResendRequestSchema(RequestSchema):
    """Whose links are wanted; the answer never says whether there are any."""

    email = Email(required=True)
    language = fields.String(load_default=DEFAULT, validate=validate.OneOf(LANGUAGES))


class ContactCorrectionSchema(SecretSchema):
    """The right contact of an unconfirmed appointment."""

    contact = fields.Nested(ContactRequestSchema, required=True)


class MoveRequestSchema(SecretSchema):
    """Where and when instead."""

    office = fields.String(required=True, validate=[SLUG_LENGTH, SLUG])
    starts_at = Instant(required=True)


class AppointmentServiceSchema(ResponseSchema):
    """One service of the appointment."""

    service = fields.String()
    quantity = fields.Integer()
    name = fields.Nested(LocalizedTextSchema)


class PlaceSchema(ResponseSchema):
    """Where to go: the house, or the stop of a mobile office on that day."""

    name = fields.String(allow_none=True, metadata={"description": "German name of a building that is no office"})
    street = fields.String(allow_none=True)
    postcode = fields.String(allow_none=True)
    city = fields.String()


class PersonSchema(ResponseSchema):
    """The person as entered."""

    given_name = fields.String(allow_none=True)
    family_name = fields.String(allow_none=True)


class ContactSchema(ResponseSchema):
    """The contact as entered."""

    email = fields.String(allow_none=True)
    mobile = fields.String(allow_none=True)


class AppointmentSchema(ResponseSchema):
    """An appointment as its holder sees it. `expired` = never confirmed in time."""

    reference = fields.String(metadata={"description": "Written K7M-3DX-9PC"})
    state = fields.String(validate=validate.OneOf(STATES))
    services = fields.List(fields.Nested(AppointmentServiceSchema))
    office = Ready(OfficeSummarySchema)
    place = fields.Nested(PlaceSchema)
    starts_at = Instant()
    ends_at = Instant()
    language = fields.String()
    person = fields.Nested(PersonSchema)
    contact = fields.Nested(ContactSchema)
    needs = fields.List(fields.String())
    confirm_by = Instant(allow_none=True)
    extensions_left = fields.Integer(allow_none=True)
    undo_until = Instant(allow_none=True)
    sequence = fields.Integer(metadata={"description": "Rises with every change (iCalendar SEQUENCE)"})
    demo = fields.Boolean(metadata={"description": "True: a demonstration, no real appointment is made"})


class ConfirmedSchema(AppointmentSchema):
    """The confirmed appointment, with the secret of its page for the tab that the mail has opened."""

    secret = fields.String()


class CalendarLinkSchema(ResponseSchema):
    """An address of this portal that gives the calendar file once, within 60 seconds."""

    url = fields.String()
