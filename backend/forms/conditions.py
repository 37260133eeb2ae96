"""Conditions of forms: JSON Schema tested against answers; visibility and requiredness are written in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jsonschema import Draft202012Validator

Schema = bool | dict[str, Any]


@dataclass(frozen=True, eq=False)
class Condition:
    """A JSON Schema as yes or no."""

    schema: Schema

    @cached_property
    def _validator(self) -> Draft202012Validator:
        return Draft202012Validator(self.schema)

    def holds(self, answers: Any) -> bool:
        """True when the answers fit the schema."""
        return self.schema if isinstance(self.schema, bool) else self._validator.is_valid(answers)


ALWAYS = Condition(True)


def names(schema: Any) -> set[str]:
    """The fields that a condition looks at."""
    if isinstance(schema, list):
        return {name for part in schema for name in names(part)}
    if not isinstance(schema, dict):
        return set()
    found = {*schema.get("properties", {}), *schema.get("required", [])}
    for keyword in ("not", "allOf", "anyOf"):
        found |= names(schema.get(keyword))
    return found
