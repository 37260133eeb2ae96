"""Reads capacity files and brings an office's opening rules, lanes and read model to what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

from marshmallow import Schema, ValidationError, fields, validate, validates_schema
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from backend.capacity import service
from backend.capacity.models import BookingRule, BreakTime, Closure, ExtraOpening, OpeningPeriod, Resource
from backend.capacity.openings import LANDS
from backend.capacity.rules import CELL_MINUTES
from backend.capacity.types import LaneKind, Usage
from backend.catalogue import service as catalogue
from backend.catalogue.yaml_source import BadFileError, Fault, Source, read, reasons

DATA = Path(__file__).parent / "data"
Row: TypeAlias = dict[str, Any]
CapacityFile: TypeAlias = Mapping[str, Any]
Rules: TypeAlias = type[OpeningPeriod] | type[BreakTime] | type[ExtraOpening] | type[Closure]

WEEKDAYS = fields.List(fields.Integer(validate=validate.Range(1, 7)), required=True, validate=validate.Length(1, 7))
LANES = fields.Dict(
    keys=fields.Enum(LaneKind, by_value=True), values=fields.Integer(validate=validate.Range(0, 200)), load_default=dict
)


class SpanSchema(Schema):
    """Two local times of a day, in order and on full five minutes; an end of 00:00 is the midnight after."""

    ENDS: ClassVar[tuple[str, str]] = ("starts", "ends")

    @validates_schema
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        start, end = (data[name] for name in self.ENDS)
        for name, wall in zip(self.ENDS, (start, end), strict=True):
            if wall is not None and wall.minute % CELL_MINUTES:
                raise ValidationError(f"must be full {CELL_MINUTES} minutes", name)
        if end not in (None, time()) and (start or time()) >= end:
            raise ValidationError(f"must be after {self.ENDS[0]}", self.ENDS[1])


class OpenSchema(SpanSchema):
    """Lanes that are open between two times."""

    ENDS = ("opens", "closes")
    opens = fields.Time(format="%H:%M", required=True)
    closes = fields.Time(format="%H:%M", required=True)
    lanes = LANES
    internal = LANES

    @validates_schema
    def _somebody_serves(self, data: dict[str, Any], **_: Any) -> None:
        if not any([*data["lanes"].values(), *data["internal"].values()]):
            raise ValidationError("opens no lane", "lanes")


class HoursSchema(OpenSchema):
    """Lanes that are open between two times of some weekdays."""

    weekdays = WEEKDAYS


class BreakSchema(SpanSchema):
    """A rest of the whole office."""

    weekdays = WEEKDAYS
    starts = fields.Time(format="%H:%M", required=True)
    ends = fields.Time(format="%H:%M", required=True)


class ClosureSchema(SpanSchema):
    """Days on which the office is closed."""

    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    starts = fields.Time(format="%H:%M", load_default=None)
    ends = fields.Time(format="%H:%M", load_default=None)
    reason = fields.String(required=True, validate=validate.Regexp("^[a-z][a-z_]*$"))

    @validates_schema
    def _days_in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["last_day"] < data["first_day"]:
            raise ValidationError("must not be before first_day", "last_day")


class ExceptionSchema(OpenSchema):
    """Lanes that are open on one date beyond the pattern."""

    day = fields.Date(required=True)


class CapacitySchema(Schema):
    """One office's capacity; `source` and `assumption` say how far it can be trusted."""

    office = fields.String(required=True)
    assumption = fields.Boolean(required=True)
    source = fields.String(required=True)
    land = fields.String(required=True, validate=validate.OneOf(LANDS))
    horizon_days = fields.Integer(required=True, validate=validate.Range(1, 365))
    lead_minutes = fields.Integer(required=True, validate=validate.Range(0, 100_000))
    valid_from = fields.Date(required=True)
    valid_until = fields.Date(load_default=None, allow_none=True)
    periods = fields.List(fields.Nested(HoursSchema), load_default=list)
    breaks = fields.List(fields.Nested(BreakSchema), load_default=list)
    closures = fields.List(fields.Nested(ClosureSchema), load_default=list)
    exceptions = fields.List(fields.Nested(ExceptionSchema), load_default=list)
    at_stops = LANES

    @validates_schema
    def _validity_in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["valid_until"] is not None and data["valid_until"] < data["valid_from"]:
            raise ValidationError("must not be before valid_from", "valid_until")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: offices whose rules changed, offices left as they were, lane days made or corrected."""

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    lane_days: int


def read_folder(folder: Path = DATA) -> list[CapacityFile]:
    """All capacity files of a folder; raises BadFileError with file, line and reason of every fault."""
    found: dict[str, CapacityFile] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            source = read(path)
            office: CapacityFile = CapacitySchema().load(_mapping(source))
            if found.setdefault(office["office"], office) is not office:
                faults.append(source.fault(("office",), f"{office['office']} has a file already"))
        except BadFileError as error:
            faults += error.faults
        except ValidationError as error:
            faults += [source.fault(pointer, reason) for pointer, reason in reasons(error.messages)]
    if faults:
        raise BadFileError(faults)
    return list(found.values())


def _mapping(source: Source) -> Mapping[str, Any]:
    if not isinstance(source.data, Mapping):
        raise BadFileError([Fault(source.path, 1, "must be a mapping")])
    return source.data


def load(session: Session, offices: Sequence[CapacityFile]) -> Loaded:
    """Replace the rules of each office by its file's and bring lanes and read model up to date; repeatable.

    Lanes are only added: a claim may name one that no rule opens any more. Raises LookupError for an unknown office.
    """
    known = catalogue.bookable_offices(session)
    changed: list[str] = []
    unchanged: list[str] = []
    lane_days = 0
    for wanted in offices:
        slug = wanted["office"]
        if slug not in known:
            raise LookupError(f"office {slug} takes no appointments in the catalogue")
        differs = _replace(session, known[slug].id, wanted)
        (changed if differs else unchanged).append(slug)
        done = service.extend(session, [known[slug].id])
        lane_days += done.made + done.corrected
    return Loaded(tuple(changed), tuple(unchanged), lane_days)


def _replace(session: Session, office_id: int, wanted: CapacityFile) -> bool:
    rows: dict[Rules, list[Row]] = {
        OpeningPeriod: list(_periods(office_id, wanted)),
        BreakTime: list(_breaks(office_id, wanted)),
        ExtraOpening: list(_openings(office_id, wanted)),
        Closure: [{"office_id": office_id, "authority": None, **closure} for closure in wanted["closures"]],
    }
    differs = [_replace_table(session, table, office_id, table_rows) for table, table_rows in rows.items()]
    settings = {name: wanted[name] for name in ("land", "horizon_days", "lead_minutes")}
    rule = session.get(BookingRule, office_id)
    if rule is None or any(getattr(rule, name) != value for name, value in settings.items()):
        session.merge(BookingRule(office_id=office_id, **settings))
        differs.append(True)
    _add_lanes(session, office_id, [*rows[OpeningPeriod], *rows[ExtraOpening]])
    session.flush()
    return any(differs)


def _replace_table(session: Session, table: Rules, office_id: int, wanted: list[Row]) -> bool:
    columns = [column for column in table.__table__.columns if column.name != "id"]
    there = {tuple(row) for row in session.execute(select(*columns).where(table.office_id == office_id))}
    if there == {tuple(row[column.name] for column in columns) for row in wanted}:
        return False
    session.execute(delete(table).where(table.office_id == office_id))
    if wanted:
        session.execute(insert(table), wanted)
    return True


def _lanes(row: Mapping[str, Any]) -> Iterator[Row]:
    for kind in LaneKind:
        public, internal = row["lanes"].get(kind, 0), row.get("internal", {}).get(kind, 0)
        if public or internal:
            yield {"kind": kind.value, "lanes_public": public, "lanes_internal": internal}


def _periods(office_id: int, wanted: CapacityFile) -> Iterator[Row]:
    valid = {name: wanted[name] for name in ("valid_from", "valid_until")}
    for row in wanted["periods"]:
        for weekday in row["weekdays"]:
            for lanes in _lanes(row):
                times = {"weekday": weekday, "opens": row["opens"], "closes": row["closes"]}
                yield {"office_id": office_id, **times, **valid, **lanes}


def _breaks(office_id: int, wanted: CapacityFile) -> Iterator[Row]:
    valid = {name: wanted[name] for name in ("valid_from", "valid_until")}
    for row in wanted["breaks"]:
        for weekday in row["weekdays"]:
            yield {"office_id": office_id, "weekday": weekday, "starts": row["starts"], "ends": row["ends"], **valid}


def _openings(office_id: int, wanted: CapacityFile) -> Iterator[Row]:
    for row in wanted["exceptions"]:
        times = {name: row[name] for name in ("day", "opens", "closes")}
        yield from ({"office_id": office_id, **times, **lanes} for lanes in _lanes(row))
    undated = dict.fromkeys(("day", "opens", "closes"))
    yield from ({"office_id": office_id, **undated, **lanes} for lanes in _lanes({"lanes": wanted["at_stops"]}))


def _add_lanes(session: Session, office_id: int, rows: Sequence[Row]) -> None:
    """Make the lanes that the rules count on and that do not exist yet."""
    there = {
        (row.kind, row.usage, row.number)
        for row in session.execute(
            select(Resource.kind, Resource.usage, Resource.number).where(Resource.office_id == office_id)
        )
    }
    for kind in LaneKind:
        for usage, column in ((Usage.PUBLIC, "lanes_public"), (Usage.INTERNAL, "lanes_internal")):
            most = max((row[column] for row in rows if row["kind"] == kind.value), default=0)
            for number in range(1, most + 1):
                if (kind.value, usage.value, number) not in there:
                    session.add(Resource(office_id=office_id, kind=kind.value, usage=usage.value, number=number))
