"""The trail on its own, without the rooms above it."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def domains() -> tuple[str, ...]:
    """Only this room."""
    return ("audit",)
