"""The description drives the fuzzing: every operation, good and bad values, by somebody who is signed in on both sides.

The database has the real catalogue, the issuers are the local provider.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from click.testing import CliRunner
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from backend.accounts.types import Side
from backend.cli import main
from backend.core.body import CHUNK
from backend.core.openapi import COMMITTED
from backend.core.settings import Settings
from tests import idp as provider
from tests.accounts.conftest import BROWSER, Browser, issuers

EXAMPLES = 15  # per operation and mode
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]


@schemathesis.serializer(CHUNK.content_type)
def chunk(_context: Any, value: Any) -> bytes:
    """A chunk of a file is bytes."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@pytest.fixture(scope="module")
def idp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[provider.Idp]:
    """The local provider as a process of this module."""
    made = provider.start(tmp_path_factory.mktemp("idp"))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def settings(settings: Settings, idp: provider.Idp) -> Settings:
    """As a demo, so that there are free times, and with issuers, so that people can sign in."""
    return replace(settings, demo=True, **issuers(idp))


@pytest.fixture(scope="module")
def stocked(app: Flask) -> Flask:
    """The application with the real catalogue and the demo capacity."""
    for words in (["catalogue", "import"], ["capacity", "demo"]):
        command: Any = main
        result = CliRunner().invoke(command.get_command(None, words[0]), words[1:], obj=lambda: app)
        assert result.exit_code == 0, result.output
    return app


@pytest.fixture(scope="module")
def description(stocked: Flask) -> Any:
    """The interface as it describes itself."""
    return schemathesis.openapi.from_wsgi("/api/openapi.json", stocked)


@pytest.fixture
def signed_in(stocked: Flask, idp: provider.Idp) -> dict[str, str]:
    """The cookies of somebody who is signed in as citizen and as clerk."""
    cookies = {}
    for side, person, level in ((Side.CITIZEN, "thi-anh", "high"), (Side.STAFF, "clerk-hb", "substantial")):
        browser = Browser(stocked.test_client(), idp, side.value)
        browser.sign_in(person, level)
        cookies[side.cookie] = browser.cookie(side.cookie) or ""
    return cookies


def operations() -> list[tuple[str, GenerationMode]]:
    """Each operation with good values, and with bad ones where it takes a query or a body that can be bad."""
    found = []
    for path in json.loads(COMMITTED.read_text(encoding="utf-8"))["paths"].values():
        for operation in (each for each in path.values() if isinstance(each, dict)):
            found.append((operation["operationId"], GenerationMode.POSITIVE))
            places = {parameter["in"] for parameter in operation.get("parameters", [])}
            if "query" in places or "requestBody" in operation:
                found.append((operation["operationId"], GenerationMode.NEGATIVE))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("name", "mode"), operations(), ids=lambda part: getattr(part, "value", part))
def test_every_operation_keeps_its_word(
    description: Any, signed_in: dict[str, str], name: str, mode: GenerationMode
) -> None:
    strategy = description.find_operation_by_id(name).as_strategy(generation_mode=mode)

    @tuned(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def run(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers=BROWSER, cookies=signed_in)

    run()
