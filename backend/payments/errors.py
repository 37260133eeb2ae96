"""What can go wrong with a payment, as the caller has to know it."""

from __future__ import annotations

from backend.core.errors import Conflict, Unavailable


class PaymentUnavailable(Unavailable):
    """The payment service does not answer at this moment; nothing was charged, another way to pay stays open."""

    code = "payment_unavailable"


class PaymentRefused(Conflict):
    """The payment service does not take this payment; another way to pay stays open."""

    code = "payment_refused"


class NothingToPay(Conflict):
    """There is nothing to pay here any more, or not in this way."""

    code = "nothing_to_pay"
