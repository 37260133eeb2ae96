"""What every way to pay offers to this room."""

from __future__ import annotations

from typing import Protocol

from backend.payments.types import Answer, Order


class ProviderDownError(Exception):
    """No answer, or one that nobody can use: it may be tried again with the same request id. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ProviderRefusedError(Exception):
    """The provider does not take this order and never will. `code` is its problem code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Provider(Protocol):
    """A way to pay; raises ProviderDownError, ProviderRefusedError. No database connection is held meanwhile."""

    def begin(self, order: Order) -> Answer:
        """Make the order known; repeatable with the same request id."""
        ...

    def ask(self, order: Order) -> Answer:
        """What became of it: the only proof of a payment."""
        ...
