"""The house keeps its own rules: access, description, headers, imports, sizes."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.app import UndeclaredAccessError, create_app
from backend.core import access, openapi
from backend.core.access import declared
from backend.core.settings import Settings

ROOT = Path(__file__).parents[2]
ACCESS_TABLE = Path(__file__).with_name("access.txt")
PRODUCTION = sorted((ROOT / "backend").rglob("*.py"))
FRONTEND = sorted(path for kind in ("ts", "tsx", "css") for path in (ROOT / "frontend" / "src").rglob(f"*.{kind}"))
GENERATED = {"schema.d.ts", "messages.gen.d.ts"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def access_lines(app: Flask) -> list[str]:
    lines = []
    for rule in app.url_map.iter_rules():
        found = declared(app.view_functions[rule.endpoint])
        assert found is not None, rule.endpoint
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD"}))
        lines.append(" ".join(filter(None, (methods, rule.rule, found.kind, found.detail, found.scope))))
    return sorted(lines, key=lambda line: line.split()[1])


def test_who_may_call_what_is_written_down(app: Flask) -> None:
    """A new or changed route shows up in review as a changed line of access.txt."""
    assert "\n".join(access_lines(app)) + "\n" == ACCESS_TABLE.read_text(encoding="utf-8")


def test_a_route_without_access_stops_the_start(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "declared", lambda _view: None)
    with pytest.raises(UndeclaredAccessError):
        create_app(settings)


def test_the_description_is_current(app: Flask) -> None:
    assert openapi.COMMITTED.read_text(encoding="utf-8") == openapi.rendered(), "run: amtsweg openapi --write"


def example(app: Flask, rule: str) -> str:
    """An address of a rule with invented values."""
    found = next(each for each in app.url_map.iter_rules() if each.rule == rule)
    path = rule
    for name in found.arguments:
        is_uuid = "UUID" in type(found._converters[name]).__name__
        value = "00000000-0000-4000-8000-000000000000" if is_uuid else "de"
        for form in (f"<{name}>", *(f"<{kind}:{name}>" for kind in ("string", "uuid", "path", "page"))):
            path = path.replace(form, value)
    return path


def test_every_route_answers_with_the_headers_and_only_by_its_methods(app: Flask, client: FlaskClient) -> None:
    """The client checks headers, problem documents and the absence of CORS on every answer."""
    client.may_fail = True  # type: ignore[attr-defined]  # 503 where the portal's pages are not built
    addresses = app.url_map.bind("localhost")
    for rule in {each.rule for each in app.url_map.iter_rules()}:
        path = example(app, rule)
        allowed = set(addresses.allowed_methods(path))
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            body = {"json": {}} if method not in {"GET", "OPTIONS"} else {}
            answer = client.open(path, method=method, headers={"Origin": "http://localhost"}, **body)
            assert answer.status_code != 500, (method, path)
            if method not in allowed:
                assert answer.status_code in {404, 405}, (method, path)
            if answer.status_code == 405:
                assert answer.headers["Allow"]


def test_foreign_sites_reach_no_unsafe_route(app: Flask, client: FlaskClient) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
            answer = client.open(example(app, rule.rule), method=method, json={}, headers=foreign)
            assert (answer.status_code, answer.json["code"]) == (403, "foreign_origin"), rule.rule


def test_imports_run_down() -> None:
    run = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", PRODUCTION, ids=lambda path: str(path.relative_to(ROOT)))
def test_python_stays_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    if "migrations/versions" in str(path):
        return  # a migration lists columns
    for node in functions:
        documented = isinstance(node.body[0], ast.Expr) and len(node.body) > 1
        first = node.body[1] if documented else node.body[0]
        assert (node.end_lineno or 0) - first.lineno < LONGEST_FUNCTION, f"{node.name} is too long"


def test_the_portal_stays_short() -> None:
    long = [
        str(path.relative_to(ROOT))
        for path in FRONTEND
        if path.name not in GENERATED and len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]
    assert not long
