"""What the account knows: values for fields with `x-prefill`, and whether the answers still equal them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from backend.forms.texts import COMPOSITE, parts
from backend.forms.types import Answers, Form, Node, Prefill
from backend.forms.values import at, cleaned, is_empty, step


def prefilled(form: Form, claims: Mapping[str, Any]) -> list[Prefill]:
    """Each field with a claim that the account has; an address takes the parts that its schema knows."""
    found = []
    for pointer, node in asked(form.fields):
        value = _claimed(node, claims)
        if not is_empty(value):
            found.append(Prefill(pointer, node["x-prefill"], bool(node.get("x-prefill-locked")), value))
    return found


def matches(form: Form, answers: Answers, claims: Mapping[str, Any]) -> bool:
    """True when each of these fields equals the claim, empty where the account has none (BMeldDigiV § 4: a full match).

    False when the form has no such field or the account has not even a family name.
    """
    nodes = list(asked(form.fields))
    if not nodes or is_empty(claims.get("family_name")):
        return False
    return all(_same(at(answers, pointer), _claimed(node, claims)) for pointer, node in nodes)


def asked(nodes: Mapping[str, Node], base: str = "") -> Iterator[tuple[str, Node]]:
    """All fields and parts (not of groups) that name a claim."""
    for name, node in nodes.items():
        if "x-prefill" in node:
            yield base + step(name), node
        elif node["x-type"] in COMPOSITE:
            yield from asked(parts(node), base + step(name))


def _claimed(node: Node, claims: Mapping[str, Any]) -> Any:
    claim = node["x-prefill"]
    if claim != "address":
        value = claims.get(claim)
        address = claims.get("address")
        if value is None and isinstance(address, Mapping):
            value = address.get(claim)
        return cleaned(node, value)
    address = claims.get("address") or {}
    return cleaned(node, {part: address[part] for part in parts(node) if address.get(part)})


def _same(answer: Any, claim: Any) -> bool:
    return (is_empty(answer) and is_empty(claim)) or answer == claim
