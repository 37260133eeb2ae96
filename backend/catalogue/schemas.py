"""Answer shapes of the catalogue; the importer dumps through them once, so every stored answer fits its shape."""

from marshmallow import fields, validate

from backend.catalogue.types import (
    AccessFeature,
    HoursKind,
    HoursStatus,
    Icon,
    OfficeKind,
    Payment,
    Review,
    WayKind,
)
from backend.core.schemas import LangQuerySchema, LocalizedTextSchema, PageQuerySchema, PageSchema, ResponseSchema


def localized(description: str, *, allow_none: bool = False) -> fields.Nested:
    """Return a field for a text with its language."""
    return fields.Nested(LocalizedTextSchema, allow_none=allow_none, metadata={"description": description})


def clock(description: str) -> fields.String:
    """Return a field for a local time of day."""
    return fields.String(validate=validate.Regexp(r"^[0-2][0-9]:[0-5][0-9]$"), metadata={"description": description})


class AddressSchema(ResponseSchema):
    """Where to go."""

    street = fields.String(allow_none=True, metadata={"description": "Street and number; null = not known"})
    postcode = fields.String(allow_none=True)
    city = fields.String()


class StopAddressSchema(AddressSchema):
    """Where a mobile office stops."""

    name = fields.String(allow_none=True, metadata={"description": "German name of the building; null = not known"})


class ServiceSummarySchema(ResponseSchema):
    """A service in a list."""

    slug = fields.String()
    name = localized("What people call it")
    summary = localized("For whom and what, one or two sentences")
    leika = fields.String(allow_none=True, metadata={"description": "Key of the national catalogue (LeiKa)"})
    authorities = fields.List(fields.String(), metadata={"description": "Slugs of the authorities that offer it"})
    channels = fields.List(
        fields.Enum(WayKind, by_value=True), metadata={"description": "Possible ways, without coming first"}
    )
    life_situation = fields.String()
    short_concern = fields.Boolean(metadata={"description": "Fits into short appointments"})
    bookable = fields.Boolean(metadata={"description": "Appointments can be booked here"})


class OfficeSummarySchema(ResponseSchema):
    """An office in a list; its names are proper German names."""

    slug = fields.String()
    name = fields.String()
    short_name = fields.String()
    authority = fields.String()
    kind = fields.Enum(OfficeKind, by_value=True)
    address = fields.Nested(AddressSchema)
    bookable = fields.Boolean()


class WaySchema(ResponseSchema):
    """One way to settle a concern, or why it does not work."""

    kind = fields.Enum(WayKind, by_value=True)
    authority = fields.String(allow_none=True, metadata={"description": "null = at every authority"})
    possible = fields.Boolean()
    text = localized("What this way is like")
    url = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    form = fields.String(allow_none=True, metadata={"description": "The portal's own form, to be filled in here"})


class DocumentSchema(ResponseSchema):
    """Something to bring."""

    name = localized("What it is")
    hint = localized("Where it comes from, what to do without it", allow_none=True)
    authority = fields.String(allow_none=True, metadata={"description": "null = at every authority"})


class FeeSchema(ResponseSchema):
    """What something costs, with its source; amount null = ask the office."""

    label = localized("For what")
    amount_cents = fields.Integer(allow_none=True)
    up_to_cents = fields.Integer(allow_none=True, metadata={"description": "Upper end of a range"})
    authority = fields.String(allow_none=True, metadata={"description": "null = at every authority"})
    source = fields.String(metadata={"description": "Where the amount comes from (German)"})
    source_date = fields.Date()
    assumption = fields.Boolean(metadata={"description": "Invented for the demonstration"})


class StepSchema(ResponseSchema):
    """One step of what happens."""

    title = localized("The step")
    text = localized("What it means")


class RelatedSchema(ResponseSchema):
    """Another service that people often look for as well."""

    slug = fields.String()
    name = localized("What people call it")


class ReviewSchema(ResponseSchema):
    """How far the texts of this answer have been checked."""

    status = fields.Enum(Review, by_value=True)


class ServiceSchema(ServiceSummarySchema):
    """Everything about a service."""

    answer = localized("Do I have to come?")
    answer_detail = localized("Why", allow_none=True)
    life_situation_name = localized("The life situation it belongs to")
    ways = fields.List(fields.Nested(WaySchema), metadata={"description": "Without coming first"})
    documents = fields.List(fields.Nested(DocumentSchema))
    fees = fields.List(fields.Nested(FeeSchema))
    duration_minutes = fields.Integer(allow_none=True, metadata={"description": "At the counter, one person"})
    further_person_minutes = fields.Integer(allow_none=True)
    max_quantity = fields.Integer(metadata={"description": "Persons in one appointment"})
    steps = fields.List(fields.Nested(StepSchema))
    deadline = localized("Until when", allow_none=True)
    legal_basis = fields.List(fields.String(), metadata={"description": "German references"})
    offices = fields.List(fields.Nested(OfficeSummarySchema))
    related = fields.List(fields.Nested(RelatedSchema))
    combinable_with = fields.List(fields.String(), metadata={"description": "Slugs for the same appointment"})
    leika_more = fields.List(fields.String())
    notes = localized("What else counts", allow_none=True)
    review = fields.Nested(ReviewSchema)


class HoursSchema(ResponseSchema):
    """A period of a week."""

    kind = fields.Enum(HoursKind, by_value=True)
    weekday = fields.Integer(metadata={"description": "1 = Monday"})
    opens = clock("Local time")
    closes = clock("Local time")


class StopSchema(ResponseSchema):
    """A dated stop of a mobile office."""

    date = fields.Date()
    opens = clock("Local time")
    closes = clock("Local time")
    address = fields.Nested(StopAddressSchema)
    access = localized("How to get in", allow_none=True)
    assumption = fields.Boolean(metadata={"description": "Invented for the demonstration"})


class OfficeSchema(OfficeSummarySchema):
    """Everything about an office."""

    services = fields.List(fields.Nested(ServiceSummarySchema))
    hours = fields.List(fields.Nested(HoursSchema))
    hours_status = fields.Enum(HoursStatus, by_value=True)
    hours_source = fields.String(allow_none=True, metadata={"description": "German"})
    how_to_get_there = localized("Stops and ways", allow_none=True)
    access = localized("How to get in", allow_none=True)
    access_features = fields.List(
        fields.Enum(AccessFeature, by_value=True), allow_none=True, metadata={"description": "null = not known"}
    )
    payment = fields.List(
        fields.Enum(Payment, by_value=True), allow_none=True, metadata={"description": "null = not known"}
    )
    phone = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    notice = localized("What is special at the moment", allow_none=True)
    stops = fields.List(fields.Nested(StopSchema), metadata={"description": "Of the next four months, at most 60"})
    review = fields.Nested(ReviewSchema)


class LifeSituationSchema(ResponseSchema):
    """A situation in life and its services."""

    slug = fields.String()
    name = localized("Its name")
    summary = localized("What is in it")
    icon = fields.Enum(Icon, by_value=True)
    services = fields.List(fields.Nested(ServiceSummarySchema))


class LifeSituationsSchema(ResponseSchema):
    """All life situations in display order."""

    items = fields.List(fields.Nested(LifeSituationSchema))


class LeikaSchema(ResponseSchema):
    """The services behind a key of the national catalogue."""

    services = fields.List(fields.String())


class PortalAuthoritySchema(ResponseSchema):
    """An authority of this portal."""

    slug = fields.String()
    name = localized("Its name")
    ars = fields.String(metadata={"description": "Official key (Amtlicher Regionalschlüssel)"})


class FeedbackSchema(ResponseSchema):
    """How to reach the people behind the portal."""

    email = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    post = fields.String(allow_none=True)


class ImprintSchema(ResponseSchema):
    """Who is responsible for the portal."""

    name = fields.String(allow_none=True)
    street = fields.String(allow_none=True)
    place = fields.String(allow_none=True)
    representative = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    vat_id = fields.String(allow_none=True)
    supervision = fields.String(allow_none=True)


class PortalSchema(ResponseSchema):
    """What the portal must know about this deployment."""

    demo = fields.Boolean(metadata={"description": "No real appointment is made"})
    languages = fields.List(fields.String())
    authorities = fields.List(fields.Nested(PortalAuthoritySchema))
    feedback = fields.Nested(FeedbackSchema)
    imprint = fields.Nested(ImprintSchema)
    privacy_contact = fields.String(allow_none=True)
    sign_language_film_url = fields.String(allow_none=True)
    phone_help = fields.String()
    contact_kinds = fields.List(fields.String(validate=validate.OneOf(["email", "mobile"])))
    horizon_days = fields.Integer()


ServicePageSchema = PageSchema(ServiceSummarySchema)
OfficePageSchema = PageSchema(OfficeSummarySchema)


class ServicesQuerySchema(PageQuerySchema):
    """What to search for."""

    q = fields.String(load_default="", validate=validate.Length(max=200), metadata={"description": "Search words"})
    authority = fields.String(load_default=None, validate=validate.Length(max=100))
    life_situation = fields.String(load_default=None, validate=validate.Length(max=100))


class OfficesQuerySchema(PageQuerySchema):
    """Which offices."""

    authority = fields.String(load_default=None, validate=validate.Length(max=100))
    service = fields.String(load_default=None, validate=validate.Length(max=100))


class LeikaQuerySchema(LangQuerySchema):
    """Where the person lives."""

    ars = fields.String(load_default=None, validate=validate.Regexp(r"^[0-9]{2,12}$"))
