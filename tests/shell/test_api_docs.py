"""The page about the API: complete, escaped, without anything that the security policy forbids."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from backend.core import openapi
from backend.shell import api_docs, events
from backend.shell.commands import write_api_docs
from tests.shell.test_pages import Reader

MakeApp = Callable[..., Flask]


def test_every_operation_and_schema_is_described_and_reachable(app: Flask) -> None:
    description = json.loads(openapi.rendered())
    page = api_docs.render(description, "x.css")
    reader = Reader(page)
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for item in description["paths"].values():
        for method, operation in item.items():
            if method in api_docs.METHODS:
                assert operation["operationId"] in ids
    for name in description["components"]["schemas"]:
        assert f"schema-{name}" in ids
    targets = [attributes["href"] for tag, attributes in reader.tags if tag == "a"]
    assert {target[1:] for target in targets if target and target.startswith("#")} <= set(ids)


def test_nothing_runs_in_it_and_everything_is_escaped() -> None:
    evil = "<script>alert(1)</script>"
    operation = {"operationId": "evil", "summary": f"{evil} `code`", "responses": {"200": {"description": evil}}}
    description = {
        "openapi": "3.1.0",
        "info": {"title": evil, "version": "1"},
        "paths": {"/x": {"get": operation}},
        "components": {"schemas": {"Evil": {"type": "object", "properties": {"a": {"description": evil}}}}},
    }
    page = api_docs.render(description, "x.css")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <code>code</code>" in page
    for tag, attributes in Reader(page).tags:
        assert tag not in ("style", "script", "iframe")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_the_command_writes_it_and_the_server_shows_it(
    tmp_path: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "openapi.json"
    make_app()
    source.write_text(openapi.rendered(), encoding="utf-8")
    for _ in range(2):
        arguments = ["--description", str(source), "--folder", str(tmp_path / "dist/api-docs")]
        result = CliRunner().invoke(write_api_docs, arguments)
        assert result.exit_code == 0, result.output
    monkeypatch.setattr(events, "DIST", tmp_path / "dist")
    client = make_app().test_client()
    page = client.get("/api/docs")
    assert page.status_code == 200
    assert page.content_type == "text/html; charset=utf-8"
    sheet = Reader(page.text).first("link", rel="stylesheet")
    assert sheet is not None
    assert client.get(str(sheet["href"])).content_type == "text/css; charset=utf-8"
    assert client.get("/api/docs/nichts.css").status_code == 404
