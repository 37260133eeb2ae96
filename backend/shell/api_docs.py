"""Writes the page about the API: plain HTML and one style sheet, so it obeys the portal's security policy."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parent / "templates"
LIMITS = ("default", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern")
METHODS = ("get", "post", "put", "patch", "delete")
OTHER = "other"
CODE = re.compile(r"`([^`]+)`")


def write(description: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write index.html and its style sheet (named by its hash) into a folder; return what was written."""
    style = (TEMPLATES / "api-docs.css").read_text(encoding="utf-8")
    sheet = f"api-{hashlib.sha256(style.encode()).hexdigest()[:12]}.css"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("api-*.css"):
        old.unlink()
    (folder / sheet).write_text(style, encoding="utf-8")
    (folder / "index.html").write_text(render(description, sheet), encoding="utf-8")
    return [folder / "index.html", folder / sheet]


def render(description: Mapping[str, Any], style_sheet: str) -> str:
    """Return the page for an OpenAPI 3.1 description; every value is escaped by the template."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["prose"] = prose
    return environment.get_template("api-docs.html.j2").render(
        info={"license": {"name": ""}, **description["info"]},
        openapi=description["openapi"],
        groups=list(_groups(description)),
        schemas=sorted(description.get("components", {}).get("schemas", {}).items()),
        limit_names=LIMITS,
        style_sheet=style_sheet,
    )


def prose(text: str) -> Markup:
    """Return a description as HTML: escaped, and what stands in backticks as code."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped in this line


def _groups(description: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the operations by their first tag, in the order of the tags."""
    operations = [
        _operation(path, method, entry, item.get("parameters", []))
        for path, item in description["paths"].items()
        for method, entry in item.items()
        if method in METHODS
    ]
    named = {tag["name"]: tag.get("description", "") for tag in description.get("tags", [])}
    for name in (*named, *sorted({operation["group"] for operation in operations} - set(named))):
        inside = [operation for operation in operations if operation["group"] == name]
        if inside:
            yield {"name": name, "description": named.get(name, ""), "operations": inside}


def _operation(path: str, method: str, entry: Mapping[str, Any], shared: list[Any]) -> dict[str, Any]:
    return {
        "id": entry.get("operationId", f"{method} {path}".replace("/", "-")),
        "group": next(iter(entry.get("tags", [])), OTHER),
        "method": method.upper(),
        "path": path,
        "summary": entry.get("summary", ""),
        "description": entry.get("description", ""),
        "parameters": [_parameter(parameter) for parameter in (*shared, *entry.get("parameters", []))],
        "bodies": _bodies(entry.get("requestBody", {})),
        "answers": [
            {"status": status, "description": answer.get("description", ""), "bodies": _bodies(answer)}
            for status, answer in sorted(entry["responses"].items())
        ],
    }


def _parameter(parameter: Mapping[str, Any]) -> dict[str, Any]:
    return {"required": False, "description": "", "schema": {}, **parameter}


def _bodies(holder: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"type": kind, "schema": body.get("schema", {})} for kind, body in holder.get("content", {}).items()]
