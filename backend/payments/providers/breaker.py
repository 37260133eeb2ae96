"""A circuit breaker: a service that keeps failing is left alone for a while, so that nobody waits for its time-outs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from backend.payments.providers.types import ProviderDownError

Result = TypeVar("Result")
FAILURES = 5
PAUSE_SECONDS = 30.0


class Breaker:
    """Counts failures in a row; from the fifth on it refuses at once for half a minute, then lets one try through."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    def run(self, call: Callable[[], Result]) -> Result:
        """Make a call; raises ProviderDownError("circuit_open") without making it while the service rests."""
        with self._lock:
            if self._failures >= FAILURES:
                if self._clock() < self._until:
                    raise ProviderDownError("circuit_open")
                self._until = self._clock() + PAUSE_SECONDS  # one try; the others go on waiting
        try:
            result = call()
        except ProviderDownError:
            with self._lock:
                self._failures += 1
                self._until = self._clock() + PAUSE_SECONDS
            raise
        with self._lock:
            self._failures = 0
        return result
