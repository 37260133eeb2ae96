"""The local payment service's memory: transactions, what a person did with them, and how the service shall behave."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

MODES = ("up", "down", "slow", "garbage", "wrong_amount", "rejecting")
KEY = re.compile(r"[A-Za-z0-9_-]{1,36}\Z")
PURPOSE = re.compile(r"[A-Za-z0-9_\-\s]{0,27}\Z", re.ASCII)
DESCRIPTION = re.compile(r"[A-Za-z0-9_\-\s,.\u00C0-\u017F]{0,250}\Z")
MOST = 999_999


class RefusedError(Exception):
    """A request that the standard refuses; `code` is the problem code."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass
class Transaction:
    """One payment: what was asked, and what the person did on the page."""

    id: str
    asked: dict[str, Any]
    status: str = "INITIAL"
    paid_at: float | None = None

    def current(self) -> str:
        """The status at this moment; a late payment becomes PAYED by itself."""
        if self.paid_at is not None and time.time() >= self.paid_at:
            return "PAYED"
        return self.status


@dataclass
class Register:
    """All transactions of this process, and its mode."""

    address: str
    originator: str
    end_points: frozenset[str]
    late_seconds: float
    mode: str = "up"
    transactions: dict[str, Transaction] = field(default_factory=dict)

    def add(self, asked: dict[str, Any]) -> Transaction:
        """Take a PaymentRequest; raises RefusedError."""
        check(asked)
        if self.find(asked["requestId"]) is not None:
            raise RefusedError("PAYMENT_EXISTS", "requestId is known")
        made = Transaction(f"T-{secrets.token_hex(8)}", asked)
        self.transactions[made.id] = made
        return made

    def find(self, key: str) -> Transaction | None:
        """By our transaction id or by the request id of the online service."""
        found = self.transactions.get(key)
        return found or next((one for one in self.transactions.values() if one.asked["requestId"] == key), None)

    def act(self, transaction: Transaction, deed: str) -> None:
        """What the person did; paying works also after a cancellation, as a second browser tab would."""
        if transaction.current() == "PAYED":
            return
        if deed in {"pay", "late"}:
            transaction.paid_at = time.time() + (self.late_seconds if deed == "late" else 0)
        elif deed in {"cancel", "fail"}:
            transaction.status = "CANCELED" if deed == "cancel" else "FAILED"

    def told(self, transaction: Transaction) -> dict[str, Any]:
        """The PaymentTransaction as the service tells it."""
        status = transaction.current()
        information = {
            "transactionUrl": f"{self.address}/paymenttransaction/{self.originator}/-/{transaction.id}",
            "transactionId": transaction.id,
            "transactionReference": f"K-{transaction.id[2:10]}",
            "status": status,
        }
        if status == "INITIAL":
            information["transactionRedirectUrl"] = f"{self.address}/pay/{transaction.id}"
        if status == "PAYED" and transaction.paid_at is not None:
            information["paymentMethod"] = "OTHER"
            information["transactionTimestamp"] = datetime.fromtimestamp(transaction.paid_at, UTC).isoformat()
        asked = dict(transaction.asked)
        if self.mode == "wrong_amount":
            asked["grosAmount"] = float(Decimal(str(asked["grosAmount"])) - 1)
        return {"paymentInformation": information, "paymentRequest": asked}


def check(asked: dict[str, Any]) -> None:
    """The limits of the standard; raises RefusedError."""
    texts = {"requestId": KEY, "purpose": PURPOSE, "description": DESCRIPTION}
    for name, pattern in texts.items():
        if not isinstance(asked.get(name), str) or not pattern.match(asked[name]):
            raise RefusedError("VALIDATION_ERROR", name)
    if asked.get("currency") != "EUR":
        raise RefusedError("VALIDATION_ERROR", "currency")
    back = asked.get("redirectUrl")
    if not isinstance(back, str) or not back.startswith(("http://", "https://")) or len(back) > 2082:
        raise RefusedError("VALIDATION_ERROR", "redirectUrl")
    _check_amounts(asked)


def _check_amounts(asked: dict[str, Any]) -> None:
    items = asked.get("items")
    if not isinstance(items, list) or not 1 <= len(items) <= 99:
        raise RefusedError("VALIDATION_ERROR", "items")
    total = Decimal(0)
    for item in items:
        if not KEY.match(str(item.get("id", ""))) or not KEY.match(str(item.get("reference", ""))):
            raise RefusedError("VALIDATION_ERROR", "items.id")
        single = Decimal(str(item["singleNetAmount"])) + Decimal(str(item["singleTaxAmount"]))
        whole = Decimal(str(item["totalNetAmount"])) + Decimal(str(item["totalTaxAmount"]))
        if single * int(item["quantity"]) != whole:
            raise RefusedError("CALCULATION_ERROR", "items")
        total += whole
    amount = Decimal(str(asked.get("grosAmount")))
    if not 0 < amount <= MOST:
        raise RefusedError("VALIDATION_ERROR", "grosAmount")
    if amount != total:
        raise RefusedError("CALCULATION_ERROR", "grosAmount")
