"""Reads one YAML file into plain values and remembers on which line each value stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Pointer: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One reason why a file is refused."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


class BadFileError(Exception):
    """A file that cannot be read, with its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class _Loader(yaml.SafeLoader):
    """Core values only: "no" stays a word, 17:00 and 2026-01-06 stay text; no aliases, and keys are words."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's own attribute)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse an alias: it may stand for itself without end."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the stubs leave it out
            raise yaml.MarkedYAMLError(problem="aliases are not read", problem_mark=mark)
        return super().compose_node(parent, index)

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        """Refuse a list or mapping as a key, such as a forgotten {{placeholder}}."""
        node = super().compose_mapping_node(anchor)
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be a word", problem_mark=key.start_mark)
        return node


_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))


@dataclass(frozen=True, slots=True)
class Source:
    """The values of a file and the line of every value by its pointer."""

    path: Path
    data: object
    lines: dict[Pointer, int]

    def fault(self, pointer: Pointer, reason: str) -> Fault:
        """Return a fault at the nearest known value above the pointer."""
        place = pointer
        while place not in self.lines and place:
            place = place[:-1]
        where = ".".join(map(str, pointer))
        return Fault(self.path, self.lines.get(place, 1), f"{where}: {reason}" if where else reason)


def read(path: Path) -> Source:
    """Read a YAML file; raise BadFileError for a missing file, broken YAML or a key that stands twice."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
    except FileNotFoundError:
        raise BadFileError([Fault(path, 1, "file is missing")]) from None
    except UnicodeDecodeError:
        raise BadFileError([Fault(path, 1, "file is not UTF-8")]) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadFileError([Fault(path, line, f"broken YAML: {error.problem}")]) from None
    except yaml.YAMLError as error:
        raise BadFileError([Fault(path, 1, f"broken YAML: {error}")]) from None
    if node is None:
        raise BadFileError([Fault(path, 1, "file is empty")])
    lines = dict(_lines(node, ()))
    repeated = [Fault(path, key.start_mark.line + 1, f"key {key.value} stands twice") for key in _repeated_keys(node)]
    if repeated:
        raise BadFileError(repeated)
    try:
        return Source(path, loader.construct_document(node), lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadFileError([Fault(path, line, f"broken YAML: {error.problem}")]) from None


def reasons(messages: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """Turn a schema's nested messages (ValidationError.messages) into pointers and reasons."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            # marshmallow's own steps: of the whole mapping, of a mapping's key or value
            yield from reasons(inner, pointer if key in ("_schema", "key", "value") else (*pointer, key))
    elif isinstance(messages, list):
        for inner in messages:
            yield from reasons(inner, pointer)
    else:
        yield pointer, str(messages)


def _lines(node: yaml.Node, pointer: Pointer) -> Iterator[tuple[Pointer, int]]:
    yield pointer, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _lines(value, (*pointer, key.value))
            yield (*pointer, key.value), key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lines(value, (*pointer, index))


def _repeated_keys(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(str(key.value))
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(value)
