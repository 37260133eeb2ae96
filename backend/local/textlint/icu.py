"""Reads ICU messages as far as the checks need: every text that a message can become."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TAG = re.compile(r"</?\w+/?>")


@dataclass(frozen=True)
class Plural:
    """One plural or select argument: its name, its kind and the text of each branch."""

    name: str
    kind: str
    branches: dict[str, str]
    start: int
    end: int


def matching(text: str, start: int) -> int:
    """The place after the brace that closes the one at `start`; the end of the text if none does."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
    return len(text)


def first_choice(text: str) -> Plural | None:
    """The first plural or select argument of a message."""
    for place in (match.start() for match in re.finditer(r"\{", text)):
        head = re.match(r"\{\s*(\w+)\s*,\s*(plural|select|selectordinal)\s*,", text[place:])
        if head:
            end = matching(text, place)
            branches: dict[str, str] = {}
            cursor = place + head.end()
            while branch := re.compile(r"\s*(=?\w+)\s*\{").match(text, cursor):
                close = matching(text, branch.end() - 1)
                branches[branch[1]] = text[branch.end() : close - 1]
                cursor = close
            return Plural(head[1], head[2], branches, place, end)
    return None


def branches(text: str) -> Iterator[str]:
    """Every text that the message can become, with simple placeholders left in."""
    choice = first_choice(text)
    if choice is None:
        yield TAG.sub("", text)
        return
    for inner in choice.branches.values():
        number = inner.replace("#", "{" + choice.name + "}") if choice.kind == "plural" else inner
        yield from branches(text[: choice.start] + number + text[choice.end :])
