"""Plain values of booking that travel between its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.catalogue.types import Address
from backend.core.clock import BERLIN
from backend.core.i18n import LocalizedText


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at an office (slug)."""

    office: str
    starts_at: datetime
    ends_at: datetime


def slot_document(slot: Slot) -> dict[str, str]:
    """A slot as JSON, for problem documents."""
    return {
        "office": slot.office,
        "starts_at": slot.starts_at.astimezone(BERLIN).isoformat(),
        "ends_at": slot.ends_at.astimezone(BERLIN).isoformat(),
    }


@dataclass(frozen=True, slots=True)
class HoldAnswer:
    """A new hold, with the only copy of its secret."""

    hold_id: UUID
    secret: str
    office: str
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime
    extensions_left: int


def hold_document(hold: HoldAnswer) -> dict[str, str | int]:
    """A new hold as JSON (HoldSchema)."""
    return {
        "office": hold.office,
        "starts_at": hold.starts_at.astimezone(BERLIN).isoformat(),
        "ends_at": hold.ends_at.astimezone(BERLIN).isoformat(),
        "hold_id": str(hold.hold_id),
        "secret": hold.secret,
        "expires_at": hold.expires_at.astimezone(BERLIN).isoformat(),
        "extensions_left": hold.extensions_left,
    }


@dataclass(frozen=True, slots=True)
class HoldExtension:
    """The new end of a hold."""

    expires_at: datetime
    extensions_left: int


@dataclass(frozen=True, slots=True)
class Person:
    """Who comes; checked, in NFC."""

    given_name: str | None
    family_name: str

    @property
    def full_name(self) -> str:
        """The name in its usual order."""
        return f"{self.given_name} {self.family_name}" if self.given_name else self.family_name


@dataclass(frozen=True, slots=True)
class Contact:
    """A checked contact; `key` is what limits count by (mail case-folded, else the mobile number in E.164)."""

    email: str | None
    mobile: str | None

    @property
    def key(self) -> str:
        """The same for every spelling of one address."""
        return self.email.casefold() if self.email else self.mobile or ""

    @property
    def reached_at(self) -> str:
        """Where messages go: the mail address, else the mobile number."""
        return self.email or self.mobile or ""


@dataclass(frozen=True, slots=True)
class Booked:
    """A new appointment: number as people read it, secret of its page, code."""

    reference: str
    secret: str
    code: str
    state: str


def booked_document(booked: Booked) -> dict[str, str]:
    """A new appointment as JSON (BookedSchema)."""
    return {"reference": booked.reference, "secret": booked.secret, "code": booked.code, "state": booked.state}


@dataclass(frozen=True, slots=True)
class ServiceView:
    """One service of an appointment."""

    service: str
    quantity: int
    name: LocalizedText


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """An appointment as its holder sees it, with the names of its services in its language."""

    reference: str
    state: str
    services: Sequence[ServiceView]
    office: Mapping[str, object]
    place: Address
    starts_at: datetime
    ends_at: datetime
    language: str
    person: Mapping[str, Any]
    contact: Mapping[str, Any]
    needs: Sequence[str]
    confirm_by: datetime | None
    extensions_left: int | None
    undo_until: datetime | None
    sequence: int
    demo: bool
    secret: str | None = None
