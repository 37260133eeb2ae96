"""Names in a question that the catalogue does not have."""

from __future__ import annotations

from backend.core.errors import FieldError, Invalid


class _UnknownName(Invalid):
    """A query parameter names something that is not there."""

    def __init__(self, parameter: str) -> None:
        super().__init__(errors=[FieldError(f"/{parameter}", self.code)])


class UnknownAuthority(_UnknownName):
    """No authority of this name offers services."""

    code = "unknown_authority"


class UnknownLifeSituation(_UnknownName):
    """No life situation has this name."""

    code = "unknown_life_situation"
