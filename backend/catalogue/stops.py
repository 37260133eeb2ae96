"""Expands the recurring stops of mobile offices to dated rows."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any, TypeAlias

from backend.catalogue.folder import Folder
from backend.catalogue.rules import stop_days

StopKey: TypeAlias = tuple[int, str, date]


def stop_rows(folder: Folder, first: date, last: date) -> Iterator[tuple[str, tuple[str, date], dict[str, Any]]]:
    """Yield (office slug, (rule, day), values) for every stop from `first` to `last` inclusive."""
    for slug, office in folder.offices.items():
        for rule in office.values["stops"]:
            values = {
                **rule["address"],
                "opens": time.fromisoformat(rule["opens"]),
                "closes": time.fromisoformat(rule["closes"]),
                "access": _access(folder, slug, rule["id"]),
                "assumption": rule["assumption"],
                "active": True,
            }
            days = stop_days(
                weekday=rule["weekday"],
                every_weeks=rule["every_weeks"],
                valid_from=rule["valid_from"],
                valid_until=rule["valid_until"],
                without=rule["except_"],
                first=first,
                last=last,
            )
            for day in days:
                yield slug, (rule["id"], day), values


def _access(folder: Folder, slug: str, rule: str) -> dict[str, str]:
    """Return how to get in, by language, where it is written."""
    found = {
        lang: texts.offices[slug].values["stops"].get(rule, {}).get("access")
        for lang, texts in folder.texts.items()
        if slug in texts.offices
    }
    return {lang: line for lang, line in found.items() if line}
