"""How many appointments one contact may have: only confirmed ones count, and the refusal tells nothing about them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import BigInteger, bindparam, text
from sqlalchemy.orm import Session

from backend.booking import queries, rules
from backend.booking.errors import ContactLimit
from backend.booking.service.secrets import add_secret
from backend.booking.types import Contact
from backend.core.security import hash_secret
from backend.core.settings import get_settings
from backend.notifications import service as notifications

_LINE = text("SELECT pg_advisory_xact_lock(:key)").bindparams(bindparam("key", type_=BigInteger))


def stand_in_line(session: Session, contact: Contact) -> None:
    """Until the end of the transaction only this one counts the appointments of the contact."""
    key = int.from_bytes(hash_secret(f"contact:{contact.key}")[:8], "big", signed=True)
    session.execute(_LINE, {"key": key})


def enforce(
    session: Session, contact: Contact, services: Sequence[str], language: str, *, besides: UUID = queries.NOBODY
) -> None:
    """Raise ContactLimit when the contact has enough appointments ahead; its links go to it by mail."""
    helper = bool({contact.key, contact.mobile} & get_settings().helper_contacts)
    ahead = queries.open_of_contact(session, contact.key, besides)
    if rules.over_limit(list(ahead.values()), services, helper=helper):
        send_links(session, contact, list(ahead), language)
        raise ContactLimit


def send_links(session: Session, contact: Contact, appointments: Sequence[UUID], language: str) -> None:
    """One mail with a fresh link to each of these appointments; nothing when there are none or the cap is reached."""
    if not appointments or contact.email is None:
        return
    links = [(appointment, add_secret(session, appointment, "manage")) for appointment in appointments]
    mark = hash_secret(links[0][1]).hex()[:16]
    notifications.queue_links(
        session, language=language, to=contact.email, links=links, business_key=f"links:{appointments[0]}:{mark}"
    )
