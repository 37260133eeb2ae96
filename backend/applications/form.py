"""Small readings of a form and its answers that only applications need; what is valid is said by `forms`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from backend.applications.types import Answers, Prefilled
from backend.core.schemas import CONTROL_BUT_LINE_FEED
from backend.forms.types import Form


def file_slots(form: Form) -> dict[str, int]:
    """All slots for files, hidden ones too, and how many files each takes."""
    return {name: int(node["maxItems"]) for name, node in form.fields.items() if node["x-type"] == "file"}


def tidy(value: Any) -> Any:
    """Every text NFC, with line feeds as line ends and without control characters, which nobody types."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
        return CONTROL_BUT_LINE_FEED.sub("", text)
    if isinstance(value, list):
        return [tidy(item) for item in value]
    if isinstance(value, dict):
        return {name: tidy(item) for name, item in value.items()}
    return value


def at(answers: Mapping[str, Any], pointer: str) -> Any:
    """The answer at a pointer, None when there is none."""
    value: Any = answers
    for step in pointer.strip("/").split("/"):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def put(answers: Answers, pointer: str, value: Any) -> None:
    """Set one answer (of a field or of a part of it) in place; None takes it away."""
    *way, last = pointer.strip("/").split("/")
    target = answers
    for step in way:
        inner = target.get(step)
        target[step] = target = inner if isinstance(inner, dict) else {}
    if value is None:
        target.pop(last, None)
    else:
        target[last] = value


def changed_locks(before: Answers, now: Answers, places: Mapping[str, Prefilled]) -> Iterator[str]:
    """Pointers of locked answers that somebody tried to change."""
    for pointer, place in places.items():
        if place.locked and at(before, pointer) != at(now, pointer):
            yield pointer


def field_of(pointer: str) -> str:
    """The field that a pointer leads into."""
    return pointer.split("/")[1] if pointer.startswith("/") else ""


def page_states(keys: Iterable[tuple[str, Sequence[str]]], saved: Sequence[str], faulty: Sequence[str]) -> list[Any]:
    """Each visible page (its address and its pointers) with its state for the task list: empty, saved, faulty."""
    states = []
    for key, pointers in keys:
        wrong = any(fault == pointer or fault.startswith(f"{pointer}/") for fault in faulty for pointer in pointers)
        states.append({"id": key, "state": "empty" if key not in saved else "faulty" if wrong else "saved"})
    return states


def purged(nodes: Mapping[str, Any], answers: Mapping[str, Any], stage: str) -> Answers:
    """The answers without those whose field says that they are erased at this stage (`x-purge`), at every depth."""
    return {
        name: _purged_inside(nodes[name], value, stage) if name in nodes else value
        for name, value in answers.items()
        if name not in nodes or nodes[name].get("x-purge") != stage
    }


def _purged_inside(node: Mapping[str, Any], value: Any, stage: str) -> Any:
    if isinstance(value, dict):
        return purged(node.get("properties", {}), value, stage)
    if isinstance(value, list):
        inner = node.get("items", {}).get("properties", {})
        return [purged(inner, item, stage) if isinstance(item, dict) else item for item in value]
    return value
