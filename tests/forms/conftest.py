"""The toy form, read once."""

from __future__ import annotations

import pytest

from backend.forms.loading import load
from backend.forms.types import Form
from tests.forms import toy


@pytest.fixture(scope="session")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return load(toy.SLUG, 1, toy.write(tmp_path_factory.mktemp("packages")))
