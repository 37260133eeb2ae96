"""Words of accounts: the two sides, where a sign-in returns to, what is known of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from backend.audit.types import Look
from backend.core.access import Level


class Side(StrEnum):
    """Citizens and staff: two issuers that never share a callback, a cookie or a session."""

    CITIZEN = "citizen"
    STAFF = "staff"

    @property
    def cookie(self) -> str:
        """The session cookie of this side."""
        return "__Host-amtsweg" if self is Side.CITIZEN else "__Host-amtsweg-staff"

    @property
    def idle(self) -> timedelta:
        """How long a session lives without being used."""
        return timedelta(minutes=30) if self is Side.CITIZEN else timedelta(minutes=15)

    @property
    def absolute(self) -> timedelta:
        """How long a session lives at most."""
        return timedelta(hours=8) if self is Side.CITIZEN else timedelta(hours=10)

    def root(self, language: str) -> str:
        """Where the pages of this side lie: citizens' below their language; those of staff are in German."""
        return f"/{language}" if self is Side.CITIZEN else "/amt"

    @property
    def prefix(self) -> str:
        """Where the routes of this side's sign-in lie."""
        return f"/api/v1/auth/{self.value}"


class SessionKind(StrEnum):
    """Whose session it is; a guest resumed a draft and has no account."""

    CITIZEN = "citizen"
    GUEST = "guest"
    STAFF = "staff"


class ReturnPage(StrEnum):
    """The pages that a sign-in may return to; never an address."""

    HOME = "home"
    ACCOUNT = "account"
    MY_DATA = "my_data"
    FORM_START = "form_start"
    DRAFT = "draft"
    APPLICATION = "application"
    SIGN_IN_DONE = "sign_in_done"
    CASE = "case"


class Outcome(StrEnum):
    """Why a sign-in ended without what was wanted, as the portal's sign-in page is told."""

    CANCELLED = "cancelled"
    FAILED = "failed"
    EXPIRED = "expired"
    UNAVAILABLE = "unavailable"
    LEVEL = "level"


class Role(StrEnum):
    """What a member of staff may be; other words in the claim count for nothing."""

    CLERK = "clerk"
    LEAD = "lead"
    SECOND_APPROVER = "second_approver"
    AUDITOR = "auditor"
    PHONE_AGENT = "phone_agent"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, kw_only=True)
class ReturnTo:
    """A page and its parameters (slugs, ids, references: nothing about a person)."""

    page: ReturnPage = ReturnPage.HOME
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What an issuer said about a person, checked: who, how surely, by which means, when, and the person's claims."""

    issuer: str
    subject: str
    level: Level
    methods: tuple[str, ...]
    auth_time: datetime | None
    provider_session: str | None
    id_token: str
    claims: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address as the account says it; parts that it does not say are None."""

    street: str | None
    house_number: str | None
    postcode: str | None
    city: str | None
    country: str | None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One value about a person: its name, the value (JSON), who said it and when."""

    name: str
    value: Any
    source: str
    asserted_at: datetime


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What the service account says about a person; `given_name` is None for people with one name."""

    account_id: UUID
    given_name: str | None
    family_name: str | None
    birth_name: str | None
    birth_date: date | None
    address: Address | None
    email: str | None
    mailbox_handle: str | None
    level: Level
    electronic_delivery: bool
    claims: tuple[Claim, ...]


@dataclass(frozen=True, kw_only=True)
class SessionView:
    """A session as its person sees it; `current`: the one that asks."""

    id: UUID
    kind: SessionKind
    level: Level
    method: str | None
    name: str | None
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    absolute_until: datetime
    device: str | None
    current: bool


@dataclass(frozen=True, kw_only=True)
class Item:
    """One stored value, for people and for machines.

    `label` and `shown` are in the reader's language, `value` is JSON; `source`: who it comes from (you,
    service_account, office, portal); `at`: since when it is stored.
    """

    key: str
    label: str
    value: Any
    shown: str
    source: str
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of My data: what a room stores about a person."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """What deleting the account means for something of the person: a stable code, how many, whether it prevents it."""

    code: str
    count: int
    blocks: bool


@dataclass(frozen=True, kw_only=True)
class Idle:
    """An account that nobody used for long: whom to tell, in which language, when it ends."""

    account_id: UUID
    email: str
    language: str
    ends_at: datetime


@dataclass(frozen=True)
class Delivery:
    """Whether decisions may be announced in the portal, and since when the person said so (None: never asked)."""

    allowed: bool
    since: datetime | None


@dataclass(frozen=True, kw_only=True)
class MyData:
    """All that is stored about a person; `held_back`: some claims need a session of `level` to be shown."""

    issuer: str
    level: str
    held_back: bool
    created_at: datetime
    last_seen_at: datetime
    claims: tuple[Claim, ...]
    delivery: Delivery
    sections: tuple[tuple[str, Section], ...]
    looks: tuple[Look, ...]
    consequences: tuple[Consequence, ...]
