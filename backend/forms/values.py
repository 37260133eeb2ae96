"""Answers as they are compared: strings trimmed and in NFC, empty ones left out. The browser's twin is values.ts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from backend.forms.types import Node

SPACE = "[ \\t\\n\\v\\f\\r\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]"
_AROUND = re.compile(f"\\A{SPACE}+|{SPACE}+\\Z")


def is_empty(value: Any) -> bool:
    """True for what counts as not answered; false and 0 are answers."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def cleaned(node: Node, value: Any) -> Any:
    """The value trimmed and without empty parts, as deep as the schema knows it; foreign things stay as they are."""
    if isinstance(value, str):
        return _AROUND.sub("", unicodedata.normalize("NFC", value.replace("\r\n", "\n")))
    if isinstance(value, list) and isinstance(node.get("items"), Mapping):
        return [cleaned(node["items"], item) for item in value]
    if isinstance(value, Mapping) and "properties" in node:
        return cleaned_parts(node["properties"], value)
    return value


def cleaned_parts(nodes: Mapping[str, Node], answers: Mapping[str, Any]) -> dict[str, Any]:
    """All parts cleaned; empty ones are left out."""
    parts = {str(key): cleaned(nodes.get(key, {}), value) for key, value in answers.items()}
    return {key: value for key, value in parts.items() if not is_empty(value)}


def step(name: str | int) -> str:
    """One step of a JSON pointer."""
    return "/" + str(name).replace("~", "~0").replace("/", "~1")


def at(answers: Any, pointer: str) -> Any:
    """The value at a JSON pointer, None when there is none."""
    found = answers
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping):
            found = found.get(name)
        elif isinstance(found, list) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        else:
            return None
    return found
