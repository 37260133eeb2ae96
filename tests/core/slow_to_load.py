"""A web application that takes its time to load, before or after it is known what a word to stop means."""

import os
import time
from pathlib import Path


def _take_time(when: str) -> None:
    if os.environ["SLOW"] == when:
        Path(os.environ["LOADING"], str(os.getpid())).touch()
        time.sleep(8)


_take_time("before")
from backend.wsgi import app  # noqa: E402 - the time before it is what is tested

_take_time("after")
__all__ = ["app"]
