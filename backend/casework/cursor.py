"""Where a page of a list ends, as one opaque word: the sort value and id of its last row."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar, get_args
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from backend.casework.types import Order, Place, Sort
from backend.core.errors import FieldError, Invalid
from backend.core.security import derived_key

Found = TypeVar("Found")
Key = tuple[date | datetime, UUID]
_GROUP = re.compile(r"[a-z0-9_-]*\Z")
_NAMES = [b"case-list-name"]


def written(value: date | datetime, row_id: UUID) -> str:
    """The word for a place in a list that has one order."""
    kind = "t" if isinstance(value, datetime) else "d"
    return _word([kind, value.isoformat(), row_id.hex])


def read(word: str | None, *, moments: bool) -> Key | None:
    """The place again; `moments`: sorted by instants, else by days. Raises Invalid for a word that is none of ours."""

    def place(parts: Sequence[str]) -> Key:
        kind, value, row_id = parts
        if kind != ("t" if moments else "d"):
            raise ValueError(kind)
        return _moment(value) if moments else date.fromisoformat(value), UUID(hex=row_id)

    return None if word is None else _read(word, place)


def of_list(order: Order, place: Place) -> str:
    """The word for a place in a work list: it names its sort. What a person is called is sealed in it.

    The same place is always the same word (AES-SIV, RFC 5297), so that an unchanged page has an unchanged end.
    """
    value = place.value
    if isinstance(value, str):
        value = base64.b85encode(AESSIV(derived_key("case-cursor")).encrypt(value.encode(), _NAMES)).decode()
    else:
        value = value.isoformat()
    return _word([order.sort, place.group, value, place.case.hex])


def in_list(word: str | None, sort: Sort) -> Place | None:
    """The place again; raises Invalid for a word that is none of ours (`invalid`) or of another sort (`other_sort`)."""

    def place(parts: Sequence[str]) -> Place:
        given, group, value, case = parts
        if given not in get_args(Sort):
            raise ValueError(given)
        if given != sort:
            raise Invalid(errors=[FieldError("/after", "other_sort")])
        if _GROUP.match(group) is None:
            raise ValueError(group)
        if sort in ("assigned", "-assigned"):
            group = str(UUID(hex=group))
        return Place(group=group, value=_value(sort, value), case=UUID(hex=case))

    return None if word is None else _read(word, place)


def _value(sort: Sort, value: str) -> date | datetime | str:
    if sort in ("due", "-due"):
        return date.fromisoformat(value)
    if sort in ("name", "-name"):
        return AESSIV(derived_key("case-cursor")).decrypt(base64.b85decode(value), _NAMES).decode()
    return _moment(value)


def _moment(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError(value)
    return found


def _word(parts: list[str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


def _read(word: str, place: Callable[[Any], Found]) -> Found:
    try:
        return place(json.loads(base64.urlsafe_b64decode(word)))
    except (ValueError, TypeError, binascii.Error, AttributeError, InvalidTag) as error:
        raise Invalid(errors=[FieldError("/after", "invalid")]) from error
