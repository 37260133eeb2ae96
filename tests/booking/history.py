"""What clients believed to have, and whether more of them believed it at one instant than there are desks."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Belief:
    """A client was told that a time is its own, from one instant on; `until` None = it was never told otherwise."""

    starts_at: datetime
    since: datetime
    until: datetime | None


@dataclass
class History:
    """All beliefs of all clients; safe from threads."""

    minutes: int
    beliefs: list[Belief] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def believe(self, starts_at: datetime, since: datetime, until: datetime | None) -> Belief:
        """Write down a new belief."""
        made = Belief(starts_at, since, until)
        with self.lock:
            self.beliefs.append(made)
        return made

    def doubled(self, desks: int) -> int:
        """At how many beginnings of a belief one of its five-minute cells had more owners than desks."""
        cells: dict[datetime, list[Belief]] = defaultdict(list)
        for belief in self.beliefs:
            if belief.until is None or belief.until > belief.since:
                for n in range(self.minutes // 5):
                    cells[belief.starts_at + timedelta(minutes=5 * n)].append(belief)
        return sum(self._too_many(beliefs, desks) for beliefs in cells.values())

    @staticmethod
    def _too_many(beliefs: list[Belief], desks: int) -> int:
        """Sweep over beginnings and ends; an end at the instant of a beginning comes first."""
        events = [(belief.since, 1) for belief in beliefs]
        events += [(belief.until, -1) for belief in beliefs if belief.until is not None]
        owners = found = 0
        for _, step in sorted(events, key=lambda event: (event[0], event[1])):
            owners += step
            found += step == 1 and owners > desks
        return found
