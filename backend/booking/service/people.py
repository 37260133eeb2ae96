"""How a person can be reached: the rule that the shapes alone cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.booking.errors import refuse
from backend.booking.types import Contact
from backend.core.settings import Settings


def reachable_contact(given: Mapping[str, Any], settings: Settings) -> Contact:
    """Mail address and mobile number, at least one that messages can be sent to.

    Raises Invalid at /contact: contact_required; contact_not_offered for a mobile number alone without an SMS gateway.
    """
    contact = Contact(given["email"], given["mobile"])
    if contact.email is None and contact.mobile is None:
        refuse("/contact", "contact_required")
    if contact.email is None and not settings.sms_configured:
        refuse("/contact", "contact_not_offered")
    return contact
