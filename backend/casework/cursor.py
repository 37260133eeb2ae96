"""Where a page of a list ends, as one opaque word: the sort value and id of its last row."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import date, datetime
from uuid import UUID

from backend.core.errors import FieldError, Invalid

Key = tuple[date | datetime, UUID]


def written(value: date | datetime, row_id: UUID) -> str:
    """The word for a place in a list."""
    kind = "t" if isinstance(value, datetime) else "d"
    return base64.urlsafe_b64encode(json.dumps([kind, value.isoformat(), row_id.hex]).encode()).decode()


def read(word: str | None, *, moments: bool) -> Key | None:
    """The place again; `moments`: sorted by instants, else by days. Raises Invalid for a word that is none of ours."""
    if word is None:
        return None
    try:
        kind, value, row_id = json.loads(base64.urlsafe_b64decode(word))
        if kind != ("t" if moments else "d"):
            raise ValueError(kind)
        place = datetime.fromisoformat(value) if moments else date.fromisoformat(value)
        if isinstance(place, datetime) and place.tzinfo is None:
            raise ValueError(value)
        return place, UUID(hex=row_id)
    except (ValueError, TypeError, binascii.Error, AttributeError) as error:
        raise Invalid(errors=[FieldError("/after", "invalid")]) from error
