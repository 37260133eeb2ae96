"""Which secret may do what with an appointment."""

from __future__ import annotations

from typing import Final

MANAGE: Final = ("manage", "session")
CONFIRM: Final = ("confirm",)
