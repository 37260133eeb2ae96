"""One unit of work: repeated when the database asks for it, never when something may already have happened."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from backend.core.db import db

Result = TypeVar("Result")
REPEATED = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock time-out: nothing happened
TRIES = 4
PAUSE_SECONDS = (0.02, 0.2)
BUDGET_SECONDS = 10  # nobody waits longer: the proxy gives up at 15


def run(unit: Callable[[], Result], *, repeatable: bool) -> Result:
    """Run a unit that commits at its end; rolls back and repeats it at most three times.

    `repeatable`: it may also be repeated after a lost connection, because its effect is known by key or it only reads.
    """
    began = time.monotonic()
    for attempt in range(1, TRIES + 1):
        try:
            return unit()
        except DBAPIError as error:
            db.session.rollback()
            spent = time.monotonic() - began > BUDGET_SECONDS / 2  # one more statement may take half of it
            if attempt == TRIES or spent or not _may_repeat(error, repeatable):
                raise
        except BaseException:
            db.session.rollback()
            raise
        time.sleep(random.uniform(*PAUSE_SECONDS) * attempt)  # noqa: S311 - jitter, not a secret
    raise AssertionError("unreachable: the last attempt returns or raises")


def _may_repeat(error: DBAPIError, repeatable: bool) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    if state in REPEATED:
        return True
    return repeatable and is_disconnect(error)


def is_disconnect(error: BaseException) -> bool:
    """True when the database was not reached or went away (no answer, shutdown, starting up)."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return state is None or state[:2] == "08" or state in {"57P01", "57P02", "57P03"}
