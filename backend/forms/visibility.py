"""What a person sees and what is left of the answers: pages in order, each condition on what was asked before.

One pass, so a hidden answer never shows another question. The browser's twin is visibility.ts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from backend.forms.types import Answers, Form, Kept, Page, PageView
from backend.forms.values import cleaned_parts, step


def keep(form: Form, answers: Answers) -> Kept:
    """The visible pages with their fields, the answers to them, and the pointers of all that was dropped (sorted)."""
    given = cleaned_parts(form.fields, answers)
    kept: dict[str, Any] = {}
    pages: list[PageView] = []
    for repeat, block in groupby(form.plan, lambda page: page.repeat):
        these = list(block)
        views = _entries(repeat, these, given, kept) if repeat else _plain(form, these, given, kept)
        pages += [view for view in views if view.fields]
    return Kept(kept, tuple(sorted(_dropped(form, given, kept))), tuple(pages))


def _plain(form: Form, pages: list[Page], given: Answers, kept: dict[str, Any]) -> Iterator[PageView]:
    for page in pages:
        pointers: list[str] = []
        for field in page.fields if page.visible.holds(kept) else ():
            if not field.visible.holds(kept):
                continue
            pointers.append(step(field.field))
            if field.field in given:
                value = given[field.field]
                kept[field.field] = _bare(value) if field.field in form.repeated else value
                pointers += _inline(form, field.field, value)
        yield PageView(page.id, page, None, tuple(pointers))


def _bare(entries: Any) -> Any:
    """The entries of a group whose fields are still to be asked."""
    return [{} if isinstance(entry, dict) else entry for entry in entries] if isinstance(entries, list) else entries


def _inline(form: Form, field: str, value: Any) -> list[str]:
    """Pointers of the item fields of a group that is asked on one page."""
    node = form.fields[field]
    if node["x-type"] != "group" or field in form.repeated or not isinstance(value, list):
        return []
    return [step(field) + step(at) + step(name) for at in range(len(value)) for name in node["items"]["properties"]]


def _entries(group: str, pages: list[Page], given: Answers, kept: dict[str, Any]) -> Iterator[PageView]:
    entries = kept.get(group)
    if not isinstance(entries, list):
        return
    shown = [page for page in pages if page.visible.holds(kept)]
    for place, entry in enumerate(entries):
        if not isinstance(entry, dict):
            continue
        source = given[group][place]
        for page in shown:
            pointers: list[str] = []
            for field in page.fields:
                if field.visible.holds(entry):
                    pointers.append(step(group) + step(place) + step(field.field))
                    if field.field in source:
                        entry[field.field] = source[field.field]
            yield PageView(f"{page.id}.{place + 1}", page, place, tuple(pointers))


def _dropped(form: Form, given: Answers, kept: Mapping[str, Any]) -> Iterator[str]:
    for name, value in given.items():
        if name not in kept:
            yield step(name)
        elif name in form.repeated and isinstance(value, list):
            for place, entry in enumerate(value):
                left = kept[name][place]
                parts = entry if isinstance(entry, dict) else ()
                yield from (step(name) + step(place) + step(part) for part in parts if part not in left)
