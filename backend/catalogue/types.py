"""Facts of the catalogue as plain values, for the catalogue itself and for the domains above it."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class OfficeKind(StrEnum):
    """An office with a house of its own, or one that comes to a place on certain days."""

    PERMANENT = "permanent"
    MOBILE = "mobile"


class WayKind(StrEnum):
    """How a concern can be settled, in the order of the answer: without coming first."""

    ONLINE = "online"
    LINK_OUT = "link_out"
    POST = "post"
    PICKUP_BOX = "pickup_box"
    PHONE = "phone"
    EXPRESS = "express"
    WALK_IN = "walk_in"
    APPOINTMENT = "appointment"


class HoursKind(StrEnum):
    """What a person can do at an office in a period."""

    OPEN = "open"
    APPOINTMENT = "appointment"
    WALK_IN = "walk_in"
    EXPRESS = "express"
    PHONE = "phone"


class HoursStatus(StrEnum):
    """How far the hours can be trusted."""

    CURRENT = "current"
    OUTDATED = "outdated"
    ASSUMPTION = "assumption"


class AccessFeature(StrEnum):
    """What a building offers to people with disabilities."""

    STEP_FREE = "step_free"
    LIFT = "lift"
    ACCESSIBLE_TOILET = "accessible_toilet"
    DISABLED_PARKING = "disabled_parking"
    INDUCTION_LOOP = "induction_loop"
    TACTILE = "tactile"


class Payment(StrEnum):
    """What the counter takes."""

    CASH = "cash"
    GIROCARD = "girocard"
    CARD = "card"


class Icon(StrEnum):
    """Drawings of the life situations; the portal owns the shapes."""

    HOME = "home"
    ID_CARD = "id_card"
    CAR = "car"
    FAMILY = "family"
    RINGS = "rings"
    SHOP = "shop"
    GLOBE = "globe"
    DOCUMENT = "document"
    MORE = "more"


class Review(StrEnum):
    """How far a text has been checked; the last two need a named person in the file."""

    MACHINE = "machine"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    TESTED = "tested"


@dataclass(frozen=True, slots=True)
class Address:
    """Where to go; street and postcode are None when not known, `name` is that of a building a mobile office visits."""

    street: str | None
    postcode: str | None
    city: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class BookableService:
    """What booking must know about a service; minutes are at the counter, `office_ids` are the bookable offices."""

    id: int
    slug: str
    duration_minutes: int
    further_person_minutes: int
    max_quantity: int
    short_concern: bool
    combinable_with: frozenset[str]
    office_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class BookableOffice:
    """What capacity and booking must know about an office; `access_features` is None when not known."""

    id: int
    slug: str
    authority: str
    kind: OfficeKind
    name: str
    short_name: str
    address: Address
    access_features: frozenset[AccessFeature] | None


@dataclass(frozen=True, slots=True)
class MobileStop:
    """One dated stop of a mobile office, in local time of Europe/Berlin."""

    id: int
    office_id: int
    office: str
    day: date
    opens: time
    closes: time
    address: Address
    assumption: bool
