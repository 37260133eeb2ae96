"""Brings the catalogue tables to what the files say; flushes, never commits, and writes nothing that is the same."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeAlias

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from backend.catalogue import facts
from backend.catalogue.folder import Folder
from backend.catalogue.models import (
    Authority,
    CatalogueState,
    LifeSituation,
    MobileStop,
    Office,
    OfficeAnswer,
    Service,
    ServiceAnswer,
    ServiceAuthority,
    ServiceLeika,
    ServiceOffice,
    ServiceTerm,
)
from backend.catalogue.plan import Entry, plan
from backend.catalogue.queries import DbSession
from backend.catalogue.stops import StopKey, stop_rows

Keyed: TypeAlias = type[Authority] | type[LifeSituation] | type[Office] | type[Service]
Ids: TypeAlias = dict[str, int]
STOP_HORIZON = timedelta(days=400)  # the longest booking horizon and a month, for a file that nobody touches
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('amtsweg catalogue import'))")


@dataclass
class Changes:
    """What an import did to one kind of thing, as slugs in file order."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


Report: TypeAlias = dict[str, Changes]


def import_folder(session: DbSession, folder: Folder, today: date, horizon: timedelta = STOP_HORIZON) -> Report:
    """Write what changed and return it by kind; rows that no file names any more are withdrawn, not deleted.

    Mobile stops are expanded from their rules for the days from `today` to the end of the horizon.
    """
    session.execute(_LOCK)
    wanted = plan(folder)
    report: Report = {}
    authorities, report["authorities"] = _apply(session, Authority, wanted.authorities, _own_answers)
    situations, report["life_situations"] = _apply(session, LifeSituation, wanted.life_situations, _own_answers)
    offices, report["offices"] = _apply(session, Office, wanted.offices, _referring(authority=authorities))
    services, report["services"] = _apply(session, Service, wanted.services, _referring(life_situation=situations))
    touched = {kind: {*changes.added, *changes.changed} for kind, changes in report.items()}
    _write_answers(session, OfficeAnswer, "office_id", offices, wanted.offices, touched["offices"])
    _write_answers(session, ServiceAnswer, "service_id", services, wanted.services, touched["services"])
    for entry in wanted.services:
        if entry.slug in touched["services"]:
            _write_links(session, services[entry.slug], entry, authorities, offices)
    report["mobile_stops"] = _write_stops(session, folder, offices, today, today + horizon)
    if any(report.values()):
        _raise_version(session)
    facts.forget()
    return report


def _own_answers(entry: Entry) -> dict[str, Any]:
    return {**entry.columns, "answers": entry.answers}


def _referring(**ids: Ids) -> Callable[[Entry], dict[str, Any]]:
    """Return how an entry becomes a row: the slug in each named column becomes the id in `<name>_id`."""

    def columns(entry: Entry) -> dict[str, Any]:
        references = {f"{name}_id": known[entry.columns[name]] for name, known in ids.items()}
        return {key: value for key, value in entry.columns.items() if key not in ids} | references

    return columns


def _apply(
    session: DbSession, model: Keyed, entries: list[Entry], columns: Callable[[Entry], dict[str, Any]]
) -> tuple[Ids, Changes]:
    """Add, change and withdraw the rows of one table; return all ids by slug and what was done."""
    have = {row.slug: row for row in session.execute(select(model.id, model.slug, model.content_hash, model.active))}
    ids = {slug: int(row.id) for slug, row in have.items()}
    changes = Changes()
    for entry in entries:
        known, fingerprint = have.get(entry.slug), entry.content_hash
        values = {**columns(entry), "content_hash": fingerprint, "active": True}
        if known is None:
            row_id = session.scalar(insert(model).values(slug=entry.slug, **values).returning(model.id))
            ids[entry.slug] = int(row_id or 0)
            changes.added.append(entry.slug)
        elif not known.active or known.content_hash != fingerprint:
            session.execute(update(model).where(model.id == known.id).values(**values))
            (changes.changed if known.active else changes.added).append(entry.slug)
        else:
            changes.unchanged.append(entry.slug)
    named = {entry.slug for entry in entries}
    changes.removed = sorted(slug for slug, row in have.items() if row.active and slug not in named)
    if changes.removed:
        session.execute(update(model).where(model.slug.in_(changes.removed)).values(active=False))
    return ids, changes


def _write_answers(
    session: DbSession,
    model: type[OfficeAnswer] | type[ServiceAnswer],
    owner: str,
    ids: Ids,
    entries: Iterable[Entry],
    touched: set[str],
) -> None:
    rows = [
        {owner: ids[entry.slug], "lang": lang, **answer}
        for entry in entries
        if entry.slug in touched
        for lang, answer in entry.answers.items()
    ]
    if rows:
        session.execute(delete(model).where(getattr(model, owner).in_({row[owner] for row in rows})))
        session.execute(insert(model), rows)


def _write_links(session: DbSession, service_id: int, entry: Entry, authorities: Ids, offices: Ids) -> None:
    links = entry.links
    rows: list[tuple[Any, list[dict[str, Any]]]] = [
        (ServiceAuthority, [{"authority_id": authorities[slug]} for slug in links["authorities"]]),
        (ServiceOffice, [{"office_id": offices[slug]} for slug in links["offices"]]),
        (ServiceLeika, [{"leika": key} for key in links["leika"]]),
        (
            ServiceTerm,
            [dict(zip(("lang", "term", "phrase", "weight"), term, strict=True)) for term in links["terms"]],
        ),
    ]
    for model, values in rows:
        session.execute(delete(model).where(model.service_id == service_id))
        if values:
            session.execute(insert(model), [{"service_id": service_id, **value} for value in values])


def _write_stops(session: DbSession, folder: Folder, offices: Ids, first: date, last: date) -> Changes:
    """Bring the dated stops of the horizon to what the rules say; past days stay as they were."""
    wanted = {(offices[slug], *key): values for slug, key, values in stop_rows(folder, first, last)}
    names = {office_id: slug for slug, office_id in offices.items()}
    have = {
        (row.office_id, row.rule, row.day): row
        for row in session.scalars(select(MobileStop).where(MobileStop.day >= first).order_by(MobileStop.id))
    }
    changes = Changes()
    for key, values in wanted.items():
        known = have.get(key)
        if known is not None and all(getattr(known, name) == value for name, value in values.items()):
            changes.unchanged.append(_label(names, key))
            continue
        fresh = known is None or not known.active
        (changes.added if fresh else changes.changed).append(_label(names, key))
        row = dict(zip(("office_id", "rule", "day"), key, strict=True)) | values
        session.execute(
            upsert(MobileStop)
            .values(row)
            .on_conflict_do_update(index_elements=["office_id", "rule", "day"], set_=values)
        )
    for key in _withdrawn(have, wanted, last):
        changes.removed.append(_label(names, key))
        session.execute(update(MobileStop).where(MobileStop.id == have[key].id).values(active=False))
    session.expire_all()
    return changes


def _withdrawn(have: dict[StopKey, MobileStop], wanted: dict[StopKey, Any], last: date) -> Iterator[StopKey]:
    """Stops in the horizon that no rule gives any more; those beyond it were made with a longer one and stay."""
    yield from (key for key, row in have.items() if row.active and key not in wanted and row.day <= last)


def _label(names: dict[int, str], key: StopKey) -> str:
    office_id, rule, day = key
    return f"{names[office_id]}/{rule}/{day:%Y-%m-%d}"


def _raise_version(session: DbSession) -> None:
    raised = upsert(CatalogueState).values(only_row=True, version=1)
    session.execute(
        raised.on_conflict_do_update(index_elements=["only_row"], set_={"version": CatalogueState.version + 1})
    )
