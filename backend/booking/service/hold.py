"""Keep a time while a person types: create, extend, release. Nothing about the person is known or stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import Interval, LargeBinary, SmallInteger, Uuid, bindparam, text
from sqlalchemy.orm import Session

from backend.booking import queries, rules
from backend.booking.errors import HoldExpired, HoldUsed, NoExtensionsLeft, TooManyHolds, told_by_constraints
from backend.booking.service import origin
from backend.booking.service.stock import Wanted, hold_a_desk
from backend.booking.service.visit import desks_for, plan_visit, plan_wish, slot_taken, take
from backend.booking.types import HoldAnswer, HoldExtension
from backend.core import proof
from backend.core.errors import NotFound
from backend.core.limits import MINUTE, Limit, Verdict, caller_range, is_loopback
from backend.core.security import derived_key, hash_secret, keyed_hash, new_secret
from backend.core.settings import Settings, get_settings

LIMIT = Limit("createHold", soft=10, hard=60, per=MINUTE, sparse=True)
LIVE_SOFT = 5
LIVE_HARD = 40
RANGE_KEY_BYTES = 16

_EXTEND = text(
    """
    WITH kept AS (
        UPDATE claim SET live = tstzrange(lower(live), t + :kept)
        FROM hold, clock_timestamp() AS t
        WHERE hold.id = :hold AND hold.secret_hash = :secret AND hold.open AND hold.extensions < :most
        AND claim.hold_id = hold.id AND claim.state = 'held' AND upper(claim.live) > t
        RETURNING upper(claim.live) AS until
    )
    UPDATE hold SET extensions = extensions + 1, expires_at = kept_until.until
    FROM (SELECT min(until) AS until FROM kept HAVING count(*) > 0) AS kept_until
    WHERE hold.id = :hold
    RETURNING hold.expires_at, hold.extensions
    """
).bindparams(
    bindparam("kept", type_=Interval),
    bindparam("hold", type_=Uuid),
    bindparam("secret", type_=LargeBinary),
    bindparam("most", type_=SmallInteger),
)

_RELEASE = text(
    """
    WITH freed AS (
        UPDATE claim SET state = 'released',
            live = tstzrange(lower(live), greatest(t, lower(live) + interval '1 microsecond'))
        FROM hold, clock_timestamp() AS t
        WHERE hold.id = :hold AND hold.secret_hash = :secret
        AND claim.hold_id = hold.id AND claim.state = 'held' AND upper(claim.live) > t
        RETURNING claim.id
    )
    UPDATE hold SET open = false, expires_at = least(expires_at, clock_timestamp())
    WHERE hold.id = :hold AND EXISTS (SELECT FROM freed)
    RETURNING hold.id
    """
).bindparams(bindparam("hold", type_=Uuid), bindparam("secret", type_=LargeBinary))


def create_hold(session: Session, wish: Mapping[str, Any]) -> HoldAnswer:
    """Keep a time of an office for some minutes.

    `wish`: services, office, starts_at, language, needs, origin, proof (HoldRequestSchema). Raises Invalid, SlotTaken
    with alternatives, ProofRequired, ProofReused, TooManyRequests, TooManyHolds.
    """
    settings = get_settings()
    verdict = LIMIT.enforce()
    services = [(item["service"], item["quantity"]) for item in wish["services"]]
    asked = services, wish["office"], wish["starts_at"], wish["needs"]
    resolved, period = plan_wish(session, *asked)
    hold_id, secret = uuid4(), new_secret()
    row = {
        "secret": hash_secret(secret),
        "office": wish["office"],
        "services": json.dumps(wish["services"]),
        "needs": f"{{{','.join(resolved.needs)}}}",  # an array as PostgreSQL writes it (plain words only)
        "language": wish["language"],
        "range": _range_key(),
        "most": LIVE_HARD,
    }
    kept = timedelta(minutes=settings.hold_minutes)
    wanted = Wanted(period, "held", kept, hold_id=hold_id, hold=row)
    desks = desks_for(resolved, period)
    taken = hold_a_desk(session, desks, wanted) if desks else None
    if taken is None:
        visit = plan_visit(session, *asked)
        taken = take(session, visit, wanted)
        if taken is None:
            raise slot_taken(session, visit)
    _admit(settings, verdict, taken.others, wish["proof"])
    origin.keep(session, hold_id, wish["origin"])
    until = cast(datetime, taken.until)  # holds have an end
    return HoldAnswer(hold_id, secret, wish["office"], *period, until, rules.EXTENSIONS)


def _admit(settings: Settings, verdict: Verdict, others: int, solution: str | None) -> None:
    """Bots that keep everything and book nothing: proof of work from the soft limit on, refusal at the hard one.

    Judged after the INSERT that counts, because a refusal takes everything back.
    """
    if settings.limits == "off" or (settings.limits == "observe_loopback" and is_loopback()):
        return
    if others >= LIVE_HARD:
        raise TooManyHolds(headers={"Retry-After": str(settings.hold_minutes * 60)})
    if verdict is Verdict.SOFT or others >= LIVE_SOFT:
        proof.require("createHold", solution)


def _range_key() -> bytes:
    """The caller's address range under today's key: equal ranges can be counted, nobody can read them back."""
    key = derived_key(f"hold-range:{datetime.now(UTC).date()}")
    return keyed_hash(key, caller_range().encode())[:RANGE_KEY_BYTES]


def extend_hold(session: Session, hold_id: UUID, secret: str) -> HoldExtension:
    """Keep the time for another full period, at most ten times.

    Raises NotFound, HoldExpired, HoldUsed, NoExtensionsLeft.
    """
    values = {
        "hold": hold_id,
        "secret": hash_secret(secret),
        "kept": timedelta(minutes=get_settings().hold_minutes),
        "most": rules.EXTENSIONS,
    }
    with told_by_constraints():
        row = session.execute(_EXTEND, values).first()
    if row is None:
        raise _why_not(session, hold_id, secret)
    return HoldExtension(row.expires_at, rules.extensions_left(row.extensions))


def release_hold(session: Session, hold_id: UUID, secret: str) -> None:
    """Give the time back at this instant; a second time changes nothing. Raises NotFound, HoldExpired, HoldUsed."""
    values = {"hold": hold_id, "secret": hash_secret(secret)}
    if session.execute(_RELEASE, values).first() is not None:
        return
    hold = queries.hold_with_secret(session, hold_id, secret)
    if hold is None:
        raise NotFound
    if hold.booked:
        raise HoldUsed
    if hold.open:
        raise HoldExpired


def _why_not(session: Session, hold_id: UUID, secret: str) -> Exception:
    hold = queries.hold_with_secret(session, hold_id, secret)
    if hold is None:
        return NotFound()
    if hold.booked:
        return HoldUsed()
    if hold.expired or not hold.open:
        return HoldExpired()
    return NoExtensionsLeft()
