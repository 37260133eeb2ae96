"""Answers of the last moments, so that many visitors who ask the same at once cost little more than one."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import timedelta
from time import monotonic
from typing import cast

from flask import Flask, current_app

from backend.core.settings import Settings

_PLACE = "amtsweg-recent-answers"
MOST_ANSWERS = 256  # of at most some 50 kB each


class RecentAnswers:
    """Finished answers of this process by question, each for at most `age` (none at all when that is zero)."""

    def __init__(self, age: timedelta) -> None:
        self._seconds = age.total_seconds()
        self._kept: dict[Hashable, tuple[float, bytes]] = {}  # oldest first

    def get(self, question: Hashable) -> bytes | None:
        """The answer to the same question if it is young enough."""
        until, answer = self._kept.get(question, (0.0, b""))
        return answer if monotonic() < until else None

    def keep(self, question: Hashable, answer: bytes) -> None:
        """Remember an answer from now on, in place of the oldest when there are many."""
        if self._seconds:
            self._kept.pop(question, None)
            if len(self._kept) >= MOST_ANSWERS:
                self._kept.pop(next(iter(tuple(self._kept))), None)  # a copy, as other threads write too
            self._kept[question] = (monotonic() + self._seconds, answer)


def begin(app: Flask) -> None:
    """Give an application its memory, of the age that its settings say."""
    settings: Settings = app.extensions["amtsweg-settings"]
    app.extensions[_PLACE] = RecentAnswers(settings.search_memory)


def recent_answers() -> RecentAnswers:
    """The memory of the running application."""
    return cast(RecentAnswers, current_app.extensions[_PLACE])
