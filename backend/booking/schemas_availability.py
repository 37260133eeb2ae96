"""JSON shapes of the availability search, and its answer written straight as text."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any

from marshmallow import fields, validate, validates_schema

from backend.booking import joined
from backend.booking.availability import MAX_SLOTS, Availability, find_availability
from backend.booking.look import glance, take_look
from backend.booking.schemas import NEEDS, SLUG, SLUG_LENGTH, SlotSchema
from backend.booking.search import ANY_WEEKDAY, Filters, asked_of
from backend.booking.wish import Wish
from backend.capacity.rules import CELL_MINUTES, ONE_DAY, cells_in, chosen, instant_of
from backend.core.clock import BERLIN, AnySession, made
from backend.core.schemas import RequestSchema, ResponseSchema, invalid

MOST_DAYS = 90
USUAL_DAYS = 14
MOST_SERVICES = 10
MOST_OFFICES = 50
_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_PLAIN = {  # values that need no decoding and have no fault; days that do not exist aside
    "service": re.compile(f"(?=[^:]{{1,100}}:){_SLUG}:[1-9][0-9]{{0,3}}").fullmatch,
    "office": re.compile(f"(?=.{{1,100}}$){_SLUG}").fullmatch,
    "from": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch,
    "days": re.compile("[1-8]?[1-9]|[1-9]0").fullmatch,
}
_WALL = [f"T{cell // 12:02}:{cell % 12 * 5:02}:00" for cell in range(288)]


class AskedService(fields.Field[tuple[str, int]]):
    """`<slug>:<persons>` as (slug, persons)."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> tuple[str, int]:
        """Split and check; codes `invalid`, `too_small`, `too_large`."""
        slug, colon, number = str(value).partition(":")
        SLUG_LENGTH(slug)
        SLUG(slug)
        if not colon or not number.isascii() or not number.isdigit():
            raise invalid("invalid")
        persons = int(number[:6])
        if not persons:
            raise invalid("too_small", min=1)
        if persons > 10_000:
            raise invalid("too_large", max=10_000)
        return slug, persons


class TimeOfDay(fields.Time):
    """A local time `HH:MM` on full five minutes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["metadata"] = {
            "type": "string",
            "format": None,
            "pattern": "^[0-2][0-9]:[0-5][05]$",
            **kwargs["metadata"],
        }
        super().__init__(format="%H:%M", load_default=None, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> time:
        """A time; code `not_on_grid` between full five minutes."""
        found: time = super()._deserialize(value, *args, **kwargs)
        if found.minute % CELL_MINUTES:
            raise invalid("not_on_grid")
        return found


class AvailabilityQuerySchema(RequestSchema):
    """What is wanted, where and when."""

    service = fields.List(
        AskedService(metadata={"type": "string", "pattern": "^[a-z0-9-]+:[0-9]+$"}),
        required=True,
        validate=validate.Length(1, MOST_SERVICES),
        metadata={"description": "`<slug>:<persons>`, once for each service"},
    )
    office = fields.List(
        fields.String(validate=[SLUG_LENGTH, SLUG]),
        load_default=list,
        validate=validate.Length(max=MOST_OFFICES),
        metadata={"description": "Slugs; none: every office that offers all of the services"},
    )
    first_day = fields.Date(data_key="from", load_default=None, metadata={"description": "Local date, default today"})
    days = fields.Integer(load_default=USUAL_DAYS, validate=validate.Range(1, MOST_DAYS))
    need = fields.List(
        fields.String(validate=validate.OneOf(NEEDS)), load_default=list, validate=validate.Length(max=len(NEEDS))
    )
    weekday = fields.List(
        fields.Integer(validate=validate.Range(1, 7)),
        load_default=list,
        validate=validate.Length(max=7),
        metadata={"description": "1 = Monday"},
    )
    time_from = TimeOfDay(metadata={"description": "The appointment begins at or after this local time"})
    time_to = TimeOfDay(metadata={"description": "The appointment ends at or before this local time; 00:00 = midnight"})

    def usual(self, query: bytes) -> dict[str, Any] | None:
        """Services, offices, first day and days in plain letters; whatever else there is goes the ordinary way."""
        asked: dict[str, list[str]] = {"service": [], "office": [], "from": [], "days": []}
        if not query.isascii():
            return None
        for part in query.decode().split("&"):
            name, _, value = part.partition("=")
            if name not in asked or not _PLAIN[name](value):
                return None
            asked[name].append(value)
        services, offices, first, days = asked.values()
        if not 1 <= len(services) <= MOST_SERVICES or len(offices) > MOST_OFFICES or len(first) > 1 or len(days) > 1:
            return None
        try:
            first_day = date.fromisoformat(first[0]) if first else None
        except ValueError:  # no such day
            return None
        pairs = [(slug, int(number)) for slug, _, number in (service.partition(":") for service in services)]
        return {
            "service": pairs, "office": offices, "first_day": first_day, "days": int(days[0]) if days else USUAL_DAYS,
            "need": [], "weekday": [], "time_from": None, "time_to": None,
        }  # fmt: skip

    @validates_schema
    def times_in_order(self, data: Mapping[str, Any], **_options: Any) -> None:
        """An end before the beginning can never be met."""
        starts, ends = data.get("time_from"), data.get("time_to")
        if starts and ends and ends <= starts:
            raise invalid("out_of_order", "time_to")


def filters_of(query: Mapping[str, Any]) -> Filters:
    """The filters of a query; no weekday means all."""
    weekdays = frozenset(query["weekday"]) or ANY_WEEKDAY
    return Filters(weekdays, query["time_from"], query["time_to"])


class AvailableDaySchema(ResponseSchema):
    """A local date with its free slots, by time."""

    date = fields.Date()
    slots = fields.List(fields.Nested(SlotSchema))


class AvailabilitySchema(ResponseSchema):
    """Free slots; days without any are absent."""

    searched_until = fields.Date(metadata={"description": "The last date that was searched in full"})
    first = fields.List(
        fields.Nested(SlotSchema),
        metadata={"description": "The earliest, at most five; beyond `days` when those hold fewer"},
    )
    days = fields.List(fields.Nested(AvailableDaySchema), metadata={"description": f"At most {MAX_SLOTS} slots in all"})


@lru_cache(maxsize=512)
def _clock(day: date) -> tuple[str, ...]:
    """The RFC 3339 text of every cell of a day."""
    first, end = (instant_of(day, cell).astimezone(BERLIN).isoformat() for cell in (0, cells_in(day)))
    if first[19:] == end[19:]:  # the offset stays all day
        return tuple([f"{first[:10]}{wall}{first[19:]}" for wall in _WALL])
    return tuple(instant_of(day, cell).astimezone(BERLIN).isoformat() for cell in range(cells_in(day)))


@lru_cache(maxsize=512)
def _times(day: date, length: int) -> tuple[bytes, ...]:
    """The end of a slot's text, start and end, for every cell of a day; it may end on the next day."""
    clock = _clock(day)
    ends = (clock + _clock(day + ONE_DAY))[length:]
    texts = [f'"starts_at":"{starts}","ends_at":"{until}"}}' for starts, until in zip(clock, ends, strict=False)]
    return tuple([text.encode() for text in texts])


_ANSWERS: dict[Hashable, tuple[Hashable, bytes]] = {}  # by question, with the value of its look; oldest first
MOST_ANSWERS = 256


def answer(session: AnySession, wish: Wish, first_day: date | None, days: int, filters: Filters) -> bytes:
    """The JSON of a search; an answer that follows from the look alone is remembered with the look's value.

    Whatever changes for the asked offices changes that value, and a glance reads it anew, so a remembered answer is
    never older than the request.
    """
    if joined.suits(wish):  # read at once for little more than a glance
        return as_json(find_availability(session, wish, first_day=first_day, days=days, filters=filters))
    session, asked, question = made(session), asked_of(wish), (wish, first_day, days, filters)
    value, known = _ANSWERS.get(question, (None, b""))
    if known and glance(session, wish, asked, first_day, days).value() == value:
        return known
    look = take_look(session, wish, asked, first_day, days)
    found = find_availability(session, wish, first_day=first_day, days=days, filters=filters, look=look)
    written = as_json(found)
    _ANSWERS.pop(question, None)
    if not found.read_on:
        while len(_ANSWERS) >= MOST_ANSWERS:
            _ANSWERS.pop(next(iter(tuple(_ANSWERS)), None), None)
        _ANSWERS[question] = look.value(), written
    return written


def forget_answers() -> None:
    """Write each answer anew (to measure and to compare)."""
    _ANSWERS.clear()


def as_json(found: Availability) -> bytes:
    """The answer in the shape of AvailabilitySchema: only dates, times and slugs, so plain text is safe and fast."""
    length = found.length
    slots = {office_id: f'{{"office":"{slug}",'.encode() for office_id, slug in found.slugs.items()}
    first = b",".join([slots[start.office_id] + _times(start.day, length)[start.cell] for start in found.first])
    parts = [b'{"searched_until":"', found.searched_until.isoformat().encode(), b'","first":[', first, b'],"days":[']
    between = b'{"date":"'
    for here in found.days:
        times = _times(here.day, length)
        parts += (between, here.day.isoformat().encode(), b'","slots":[')
        if len(here.shown) == 1:
            (office_id, bits), *_ = here.shown
            begin = slots[office_id]
            parts += (begin, (b"," + begin).join(chosen(times, bits)))
        else:
            parts.append(b",".join([slots[office_id] + times[cell] for cell, office_id in here.starts]))
        between = b']},{"date":"'
    parts.append(b"]}]}" if found.days else b"]}")
    return b"".join(parts)
