"""A value from another machine, kept for an hour: asked for again when old, not for a moment after a failure."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
KEPT_SECONDS = 3_600
PAUSE_SECONDS = 5
RENEWAL_SECONDS = 30


class Remembered(Generic[Value]):
    """One value per process. An old one is better than none while the other machine does not answer."""

    def __init__(self, fetch: Callable[[], Value]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._value: Value | None = None
        self._fetched = self._failed = float("-inf")
        self._error: Exception | None = None

    def get(self, *, renew: bool = False) -> Value:
        """The value; `renew`: not older than half a minute. Raises what the last try raised when there is none."""
        now = time.monotonic()
        if self._value is not None and now - self._fetched < (RENEWAL_SECONDS if renew else KEPT_SECONDS):
            return self._value
        with self._lock:
            if time.monotonic() - self._failed < PAUSE_SECONDS or self._fetched > now:
                return self._known()
            try:
                self._value = self._fetch()
                self._fetched = time.monotonic()
            except Exception as error:  # noqa: BLE001 - whatever it is, callers get it or the old value
                self._failed, self._error = time.monotonic(), error
            return self._known()

    def _known(self) -> Value:
        if self._value is None:
            raise self._error.with_traceback(None) if self._error else LookupError
        return self._value
