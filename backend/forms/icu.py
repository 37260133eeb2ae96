"""Simple ICU messages: `{name}`, plural and select; no number or date formats. The browser's twin is text.ts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from backend.core import i18n

_ARGUMENT = re.compile(r"\{\s*(\w+)\s*(?:\}|,\s*(plural|select)\s*,)")
_BRANCH = re.compile(r"\s*(=\d+|\w+)\s*\{")
_END = re.compile(r"\s*\}")
DEEPEST = 4


class MessageError(ValueError):
    """A message that is no simple ICU."""


@dataclass(frozen=True)
class Argument:
    """A placeholder (kind None), plural or select with its branches."""

    name: str
    kind: str | None
    branches: Mapping[str, tuple[str | Argument, ...]]


Parts = tuple[str | Argument, ...]


@lru_cache(maxsize=20_000)
def read(message: str) -> Parts:
    """The parts of a message; raises MessageError with the reason."""
    parts, place = _parts(message, 0, 0)
    if place < len(message):
        raise MessageError(f"a closing brace too many at {place}")
    return parts


def _parts(message: str, place: int, depth: int) -> tuple[Parts, int]:
    if depth > DEEPEST:
        raise MessageError("too many plurals and selects inside one another")
    parts: list[str | Argument] = []
    while place < len(message) and message[place] != "}":
        if message[place] == "{":
            argument, place = _argument(message, place, depth)
            parts.append(argument)
        else:
            end = next((at for at in range(place, len(message)) if message[at] in "{}"), len(message))
            parts.append(message[place:end])
            place = end
    return tuple(parts), place


def _argument(message: str, place: int, depth: int) -> tuple[Argument, int]:
    head = _ARGUMENT.match(message, place)
    if head is None:
        raise MessageError(f"not a placeholder, plural or select at {place}")
    name, kind = head.groups()
    place = head.end()
    if kind is None:
        return Argument(name, None, {}), place
    branches: dict[str, Parts] = {}
    while branch := _BRANCH.match(message, place):
        branches[branch[1]], place = _parts(message, branch.end(), depth + 1)
        if message[place : place + 1] != "}":
            raise MessageError(f"the branch {branch[1]} of {name} is not closed")
        place += 1
    end = _END.match(message, place)
    if end is None or "other" not in branches:
        raise MessageError(f"{kind} of {name} needs the branch other and a closing brace")
    return Argument(name, kind, branches), end.end()


def write(message: str, lang: str, values: Mapping[str, object]) -> str:
    """The message with its values; a missing value stays visible as its placeholder."""
    return "".join(_written(read(message), lang, values, None))


def _written(parts: Parts, lang: str, values: Mapping[str, object], number: object) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part if number is None else part.replace("#", str(number))
        elif part.kind is None:
            yield str(values.get(part.name, "{" + part.name + "}"))
        else:
            value = values.get(part.name, "")
            chosen = part.branches[_branch(part, lang, value)]
            yield from _written(chosen, lang, values, value if part.kind == "plural" else number)


def _branch(argument: Argument, lang: str, value: object) -> str:
    if argument.kind == "plural":
        exact = f"={value}"
        if exact in argument.branches:
            return exact
        key = i18n.locale(lang).plural_form(value) if isinstance(value, int) else "other"
    else:
        key = str(value)
    return key if key in argument.branches else "other"


def names(parts: Parts) -> set[str]:
    """The names of all values that a message asks for."""
    found: set[str] = set()
    for part in parts:
        if isinstance(part, Argument):
            found.add(part.name)
            for branch in part.branches.values():
                found |= names(branch)
    return found
