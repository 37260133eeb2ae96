"""Powers of attorney: a person lets a helper fill applications for her, for some services, until a day, revocably."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.applications import codes
from backend.applications.errors import Foreign, PowerInvalid
from backend.applications.models import PowerOfAttorney
from backend.audit import service as audit
from backend.core.access import Actor
from backend.core.clock import db_now, today
from backend.core.errors import FieldError, Invalid, NotFound
from backend.core.limits import HOUR, Limit
from backend.forms import service as forms
from backend.forms.types import Form

LONGEST = timedelta(days=3 * 366)
WRONG = Limit("wrongPowerCode", soft=5, hard=10, per=HOUR)


@dataclass(frozen=True, kw_only=True)
class PowerView:
    """A power of attorney as one of the two sees it; `other` is the other one's name, `code` only when it is new."""

    power_id: UUID
    role: str
    other: str | None
    services: list[str] | None
    valid_until: date
    state: str
    granted_at: datetime
    code: str | None = None


def grant(session: Session, actor: Actor, services: list[str] | None, valid_until: date) -> PowerView:
    """Make a power of attorney; its code is shown once and given to the helper by the person herself.

    Raises Invalid (a day in the past or too far away, an unknown service).
    """
    day = today(session)
    faults = [] if day <= valid_until <= day + LONGEST else [FieldError("/valid_until", "not_allowed")]
    known = {form.slug for form in forms.all_published()}
    faults += [FieldError("/services", "not_allowed") for service in services or () if service not in known]
    if faults:
        raise Invalid(errors=faults)
    power_id = uuid4()
    code = codes.document_code_of(power_id)
    power = PowerOfAttorney(
        id=power_id,
        grantor=_account(actor),
        services=services,
        code_hash=codes.document_hash(code),
        valid_until=valid_until,
    )
    session.add(power)
    session.flush()
    session.refresh(power)
    _audit(session, actor, power, "power.granted")
    return _view(session, actor, power, code=codes.grouped(code))


def accept(session: Session, actor: Actor, typed: str) -> PowerView:
    """Take up a power of attorney with its code; raises NotFound, also for one's own."""
    WRONG.refuse_if_spent()
    code = codes.parse_document_code(typed)
    wanted = select(PowerOfAttorney).where(PowerOfAttorney.code_hash == codes.document_hash(code or ""))
    power = session.scalars(wanted.with_for_update()).one_or_none()
    me = _account(actor)
    if power is None or power.grantor == me or power.helper not in (None, me) or not _living(session, power):
        WRONG.enforce()
        raise NotFound
    if power.helper is None:
        power.helper, power.accepted_at = me, db_now(session)
        _audit(session, actor, power, "power.accepted")
        session.flush()
    return _view(session, actor, power)


def revoke(session: Session, actor: Actor, power_id: UUID) -> PowerView:
    """End a power of attorney at once, from either side; what was filled so far stays the person's. Raises NotFound."""
    power = session.get(PowerOfAttorney, power_id, with_for_update=True)
    if power is None or _account(actor) not in (power.grantor, power.helper):
        if power is not None:
            _audit(session, actor, power, "power.refused")
        raise Foreign
    if power.revoked_at is None:
        power.revoked_at = db_now(session)
        _audit(session, actor, power, "power.revoked")
        session.flush()
    return _view(session, actor, power)


def listed(session: Session, actor: Actor) -> list[PowerView]:
    """Powers that the caller gave or holds, newest first."""
    me = _account(actor)
    found = select(PowerOfAttorney).where(or_(PowerOfAttorney.grantor == me, PowerOfAttorney.helper == me))
    rows = session.scalars(found.order_by(PowerOfAttorney.granted_at.desc(), PowerOfAttorney.id))
    return [_view(session, actor, power) for power in rows]


def usable(session: Session, actor: Actor, power_id: UUID, form: Form) -> PowerOfAttorney:
    """The power that lets the caller fill this form for its grantor; raises PowerInvalid, alike for every reason."""
    power = session.get(PowerOfAttorney, power_id)
    fits = power is not None and power.helper is not None and power.helper == actor.account_id
    if power is None or not fits or not _living(session, power) or not form.facts["representation"]:
        raise PowerInvalid
    if power.services is not None and form.slug not in power.services:
        raise PowerInvalid
    return power


def _living(session: Session, power: PowerOfAttorney) -> bool:
    return power.revoked_at is None and power.valid_until >= today(session)


def _view(session: Session, actor: Actor, power: PowerOfAttorney, *, code: str | None = None) -> PowerView:
    granted = power.grantor == actor.account_id
    other = power.helper if granted else power.grantor
    state = "revoked" if power.revoked_at else "over" if not _living(session, power) else "open"
    return PowerView(
        power_id=power.id,
        role="granted" if granted else "held",
        other=None if other is None else _name(session, other),
        services=power.services,
        valid_until=power.valid_until,
        state="accepted" if state == "open" and power.helper is not None else state,
        granted_at=power.granted_at,
        code=code,
    )


def _name(session: Session, account_id: UUID) -> str | None:
    known = accounts.profile(session, account_id)
    return " ".join(part for part in (known.given_name, known.family_name) if part) or None


def _account(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise NotFound
    return actor.account_id


def _audit(session: Session, actor: Actor, power: PowerOfAttorney, action: str) -> None:
    audit.record(session, actor=actor, action=action, object_type="power_of_attorney", object_id=str(power.id))
