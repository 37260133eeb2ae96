"""What every channel does: hand one letter to one gateway and say honestly what is known afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from backend.notifications.types import Envelope, Letter


class Outcome(Enum):
    """What the gateway did with the letter."""

    ACCEPTED = "accepted"
    TRY_AGAIN = "try_again"  # certainly not taken, may work later
    REFUSED = "refused"  # certainly not taken, will never work
    UNCERTAIN = "uncertain"  # handed over, no answer came


@dataclass(frozen=True)
class Result:
    """Outcome and a short machine-readable reason without personal data, e.g. `smtp_451`."""

    outcome: Outcome
    reason: str | None = None


class LeaseLostError(Exception):
    """Another worker has taken the message over; nothing was handed to the gateway."""


class Channel(Protocol):
    """A gateway to people."""

    def send(self, envelope: Envelope, letter: Letter, handing_over: Callable[[], None]) -> Result:
        """Hand the letter over. `handing_over` is called right before the point from which on it may have been taken;
        it may raise LeaseLostError, which leaves the gateway without the letter."""
