"""What a check reports."""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Finding:
    """One fault: the id of the check, its severity, the words it stumbled over and a better pattern."""

    check: str
    severity: str
    words: str
    hint: str
