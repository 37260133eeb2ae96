"""Core is tested without any domain, but with a small invented one."""

from __future__ import annotations

import pytest
from flask import Flask

from backend.core.settings import Settings
from tests.core.toys import with_toys


@pytest.fixture(scope="module")
def domains() -> tuple[str, ...]:
    """Core knows no domain."""
    return ()


@pytest.fixture(scope="module")
def toy_app(app: Flask, settings: Settings) -> Flask:
    """The application with the invented domain."""
    return with_toys(app, settings)
