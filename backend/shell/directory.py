"""What the shell says about the catalogue: names for titles, offices with hours for people without JavaScript."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from time import monotonic
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from backend.catalogue import service as catalogue
from backend.catalogue.queries import DbSession
from backend.catalogue.types import HoursKind, HoursStatus
from backend.core.i18n import locale, translate
from backend.shell.addresses import Thing

SECONDS_KEPT = 60.0
KIND_ORDER = {kind.value: position for position, kind in enumerate(HoursKind)}
log = structlog.get_logger("amtsweg.shell")


@dataclass(frozen=True, slots=True)
class Directory:
    """Names by kind and slug, and the offices as HTML. `known` is False when the catalogue could not be read."""

    names: Mapping[Thing, Mapping[str, str]] = field(default_factory=dict)
    offices: str = ""
    known: bool = False


class Directories:
    """A directory per language, kept for a minute; the last one stays while the database cannot be reached."""

    def __init__(self, session: Callable[[], DbSession]) -> None:
        self._session = session
        self._kept: dict[str, tuple[float, Directory]] = {}

    def of(self, lang: str) -> Directory:
        """Return the directory in a language, an empty one when there was never a catalogue to read."""
        read_at, directory = self._kept.get(lang, (float("-inf"), Directory()))
        if monotonic() - read_at < SECONDS_KEPT:
            return directory
        try:
            directory = read(self._session(), lang)
        except SQLAlchemyError as error:
            self._session().rollback()
            log.warning("catalogue_unreadable", error=type(error).__name__)
            return directory
        self._kept[lang] = (monotonic(), directory)
        return directory


def read(session: DbSession, lang: str) -> Directory:
    """Read the directory of a language."""
    services, offices, situations = catalogue.everything(session, lang)
    names = {
        Thing.SERVICE: {entry["slug"]: entry["name"]["text"] for entry in services},
        Thing.OFFICE: {entry["slug"]: entry["name"] for entry in offices},
        Thing.SITUATION: {entry["slug"]: entry["name"]["text"] for entry in situations},
    }
    return Directory(names, "".join(["<ul>", *(_office(office, lang) for office in offices), "</ul>"]), known=True)


def with_breaks(text: str) -> str:
    """Return a text as HTML that keeps its lines: Leichte Sprache has one sentence per line."""
    return "<br>".join(escape(line) for line in text.splitlines())


def _office(office: Mapping[str, Any], lang: str) -> str:
    """Return one office as a list item; its name and address are German."""
    address = office["address"]
    place = " ".join(filter(None, (address["postcode"], address["city"])))
    where = ", ".join(filter(None, (address["street"], place)))
    unsure = HoursStatus(office["hours_status"]) is not HoursStatus.CURRENT and office["hours"]
    lines = [*_hours(office["hours"], lang)]
    if unsure:
        lines.append(with_breaks(translate(f"shell.hours.{office['hours_status']}", lang)))
    german = f'<span lang="de" dir="ltr"><b>{escape(office["name"])}</b><br>{escape(where)}</span>'
    return "<li>" + "<br>".join([german, *lines]) + "</li>"


def _hours(periods: list[Mapping[str, Any]], lang: str) -> Iterator[str]:
    """Yield a line for each kind of hours and for the weekdays that have the same times."""
    names = locale(lang).days["format"]["wide"]
    times_of: dict[tuple[str, int], list[str]] = defaultdict(list)
    for period in periods:
        line = translate("shell.hours.time", lang, opens=period["opens"], closes=period["closes"])
        times_of[period["kind"], period["weekday"]].append(escape(line))
    days_with: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (kind, weekday), times in times_of.items():
        days_with[kind, ", ".join(times)].append(escape(names[weekday - 1]))
    for (kind, line), days in sorted(days_with.items(), key=lambda entry: KIND_ORDER[entry[0][0]]):
        name = escape(translate(f"shell.hours.{kind}", lang))
        yield translate("shell.hours.line", lang, kind=name, days=", ".join(days), times=f"<bdi>{line}</bdi>")
