"""Paying without a payment service: by invoice or at the counter; a person of the office books what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from backend.core.cashier import Payee
from backend.core.clock import BERLIN
from backend.payments.types import Answer, Order, Outcome


@dataclass(frozen=True)
class Invoice:
    """The state stays open with a due date, when the office set how long people have."""

    payee: Payee

    def begin(self, order: Order) -> Answer:
        """Nothing to tell anybody; from when it is due."""
        days = self.payee.days
        made_on = order.made_at.astimezone(BERLIN).date()
        return Answer(Outcome.WAITING, due_on=None if days is None else made_on + timedelta(days=days))

    def ask(self, _order: Order) -> Answer:
        """Money that came by bank is booked by a person."""
        return Answer(Outcome.WAITING)


@dataclass(frozen=True)
class Counter:
    """Cash or card at the office."""

    def begin(self, _order: Order) -> Answer:
        """Nothing to tell anybody."""
        return Answer(Outcome.WAITING)

    def ask(self, _order: Order) -> Answer:
        """Money at the counter is booked by a person."""
        return Answer(Outcome.WAITING)
