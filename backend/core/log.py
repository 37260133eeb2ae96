"""JSON lines with an allow-list of keys: what is not on the list cannot reach the log, whoever logs it."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import Any

import structlog
from flask import Flask, Response, g
from flask.globals import request_ctx

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "place",
        "route", "method", "status", "code", "ms", "endpoint", "range",
        "error", "sqlstate", "stack", "operation", "verdict", "fault",
        "job", "task", "row_id", "attempt", "channel", "state", "count", "language",
        "address", "part", "version", "instance",
    }
)  # fmt: skip


def configure() -> None:
    """Install the pipeline for structlog and for the standard library's loggers (libraries: warnings and above)."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _stack_without_values,
            only_allowed,
            structlog.processors.JSONRenderer(serializer=_line),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _StandardError(),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers = [_Bridge()]
    root.setLevel(logging.WARNING)


def only_allowed(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def register(app: Flask) -> None:
    """One line per request: route template (never the path), method, status, milliseconds, number of a problem."""
    error_stream = _StandardError()

    @app.before_request
    def start_clock() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def write_line(response: Response) -> Response:
        now = time.perf_counter()
        asked = request_ctx.request
        seconds, problem = now - g.get("started", now), g.get("problem")
        more = "" if problem is None else _ENCODER.encode(only_allowed(None, "info", problem))[1:-1] + ", "
        error_stream.info(  # written here, because the pipeline would take ten times as long
            f'{{"route": {_quoted(asked.url_rule.rule if asked.url_rule else None)}, "method": {_quoted(asked.method)},'
            f' "status": {response.status_code}, "ms": {seconds * 1000:.1f}, {more}"event": "request", "level": "info",'
            f' "timestamp": "{datetime.now(UTC).isoformat()[:-6]}Z"}}'
        )
        return response


@lru_cache(maxsize=1024)
def _quoted(text: str | None) -> str:
    return _ENCODER.encode(text)


_ENCODER = json.JSONEncoder(default=repr)  # made once: json.dumps() makes one for each line


def _line(event: MutableMapping[str, Any], **_options: Any) -> str:
    return _ENCODER.encode(event)


def _stack_without_values(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Turn an exception into file:line:function frames; its message may hold values and is left out."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["stack"] = _frames(error.__traceback__)
        event.setdefault("error", type(error).__name__)
    return event


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in traceback.extract_tb(trace)][-25:]


class _StandardError:
    """Writes lines to the standard error stream of this moment."""

    def info(self, line: str) -> None:
        """Write one line (one write, so that threads do not mix)."""
        sys.stderr.write(line + "\n")

    debug = warning = error = critical = info


class _Bridge(logging.Handler):
    """Leads the standard library's records into the same pipeline, without their message's values."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        place = f"{record.module}:{record.lineno}"  # libraries put values into their sentences, so these stay out
        structlog.get_logger().warning("library", logger=record.name, place=place, exc_info=error)
