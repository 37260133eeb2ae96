"""XBezahldienste 1.0 (docs.fitko.de/xbezahldienste): make a payment transaction, ask for its status.

Amounts travel as euros with two decimals and are integers of cents on our side. Redirects are not followed, answers are
cut at 64 KiB, connect takes at most 2 seconds, an answer 5.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from backend.core.cashier import Cashier
from backend.payments import rules
from backend.payments.providers.breaker import Breaker
from backend.payments.providers.types import ProviderDownError, ProviderRefusedError
from backend.payments.types import Answer, Line, Order, Outcome

TIMEOUTS = (2, 5)
MOST_BYTES = 64 * 1024
PROBLEMS = frozenset(
    {
        "NO_VALID_ORIGINATOR_OR_DESTINATION", "NO_VALID_ORIGINATOR_OR_ENDPOINT", "PAYMENT_EXISTS", "CALCULATION_ERROR",
        "BOOKING_DATA_MISSING", "VALIDATION_ERROR", "UNSPECIFIED", "FORBIDDEN",
    }
)  # fmt: skip
REFUSALS = frozenset({"CALCULATION_ERROR", "BOOKING_DATA_MISSING", "VALIDATION_ERROR"})
# PAYED is what services send, BOOKED what older drafts of the standard name
OUTCOMES = {
    "INITIAL": Outcome.WAITING,
    "PAYED": Outcome.PAID,
    "BOOKED": Outcome.PAID,
    "FAILED": Outcome.FAILED,
    "CANCELED": Outcome.CANCELLED,
}
Body = Mapping[str, Any]


@dataclass
class XBezahldienste:
    """A client of one payment service; safe for threads, its breaker is shared by them."""

    cashier: Cashier
    breaker: Breaker = field(default_factory=Breaker)
    _token: tuple[str, float] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, order: Order) -> Answer:
        """POST the request; when the service has it already, its status."""
        status, body = self.breaker.run(lambda: self._call("POST", self._path(order), request_of(order)))
        if status in {200, 201}:
            return answer_of(body)
        if problem_of(body) == "PAYMENT_EXISTS":
            return self.ask(order)
        raise refusal(status, body)

    def ask(self, order: Order) -> Answer:
        """GET the status, by the service's own id or, as long as we never got it, by our request id."""
        address = f"{self._path(order)}/{order.transaction_id or order.request_id}"
        status, body = self.breaker.run(lambda: self._call("GET", address))
        if status == 200:
            return answer_of(body)
        if status == 404 and problem_of(body) is None:
            return Answer(Outcome.UNKNOWN)
        raise refusal(status, body)

    def _path(self, order: Order) -> str:
        end_point = order.end_point or self.cashier.end_point
        return f"{self.cashier.url}/paymenttransaction/{self.cashier.originator}/{end_point}"

    def _call(self, method: str, address: str, body: Body | None = None) -> tuple[int, Body]:
        """One call; raises ProviderDownError for everything that is no answer of the protocol."""
        headers = {"Accept": "application/json, application/problem+json", **self._authorization()}
        with requests.Session() as session:
            session.trust_env = False  # no proxy and no .netrc of this machine
            try:
                with session.request(
                    method, address, json=body, headers=headers, timeout=TIMEOUTS, allow_redirects=False, stream=True
                ) as reply:
                    return reply.status_code, _read(reply)
            except (requests.RequestException, HTTPError) as error:
                raise ProviderDownError(type(error).__name__) from error

    def _authorization(self) -> dict[str, str]:
        """A bearer token by OAuth2 client credentials, when the service wants one; kept until it ends."""
        if self.cashier.token_url is None:
            return {}
        with self._lock:
            if self._token is None or self._token[1] < time.monotonic():
                self._token = self._new_token(self.cashier.token_url)
            return {"Authorization": f"Bearer {self._token[0]}"}

    def _new_token(self, url: str) -> tuple[str, float]:
        secret = (self.cashier.client_id or "", self.cashier.client_secret or "")
        with requests.Session() as session:
            session.trust_env = False
            try:
                reply = session.post(
                    url, data={"grant_type": "client_credentials"}, auth=secret, timeout=TIMEOUTS, allow_redirects=False
                )
                told = reply.json() if reply.status_code == 200 else {}
                return str(told["access_token"]), time.monotonic() + int(told.get("expires_in", 60)) - 10
            except (requests.RequestException, ValueError, KeyError, TypeError) as error:
                raise ProviderDownError("no_token") from error


def request_of(order: Order) -> dict[str, Any]:
    """The PaymentRequest of an order; `grosAmount` is written so in the standard."""
    return {
        "requestId": order.request_id,
        "requestTimestamp": order.made_at.isoformat(timespec="seconds"),
        "currency": "EUR",
        "grosAmount": euros(order.cents),
        "purpose": rules.reduced_purpose(order.purpose),
        "description": rules.reduced_description(order.purpose),
        "redirectUrl": order.return_to,
        "items": [_item(number, line) for number, line in enumerate(order.lines, 1)],
    }


def _item(number: int, line: Line) -> dict[str, Any]:
    quantity = line.quantity if line.quantity and line.cents % line.quantity == 0 else 1
    return {
        "id": str(number),
        "reference": rules.reduced_key(line.rule),
        "description": rules.reduced_description(line.rule.replace("_", " ")),
        "taxRate": 0,
        "quantity": quantity,
        "totalNetAmount": euros(line.cents),
        "totalTaxAmount": 0,
        "singleNetAmount": euros(line.cents // quantity),
        "singleTaxAmount": 0,
    }


def euros(cents: int) -> float:
    """Cents as the JSON number that reads as euros with two decimals (19.99, never 19.990000000000002)."""
    return cents / 100


def cents_of(amount: object) -> int | None:
    """An amount of the service in cents; None when it is no amount of whole cents."""
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        return None
    cents = Decimal(amount) * 100
    return int(cents) if cents == cents.to_integral_value() else -1


def answer_of(body: Body) -> Answer:
    """What a PaymentTransaction says; raises ProviderDownError for a status that nobody knows."""
    told, asked = _part(body, "paymentInformation"), _part(body, "paymentRequest")
    outcome = OUTCOMES.get(str(told.get("status")))
    if outcome is None:
        raise ProviderDownError("status_unknown")
    return Answer(
        outcome=outcome,
        transaction_id=_text(told, "transactionId"),
        reference=_text(told, "transactionReference"),
        location=_page(told),
        method=_text(told, "paymentMethod"),
        cents=cents_of(asked.get("grosAmount")) if "grosAmount" in asked else None,
        request_id=_text(asked, "requestId"),
    )


def problem_of(body: Body) -> str | None:
    """The code of a problem document, in whichever of its fields a service puts it."""
    return next((value for value in body.values() if isinstance(value, str) and value in PROBLEMS), None)


def refusal(status: int, body: Body) -> ProviderDownError | ProviderRefusedError:
    """What a problem means to us: never to be tried again, or a fault of set-up or service that can pass."""
    code = problem_of(body)
    if code in REFUSALS:
        return ProviderRefusedError(code or "")
    return ProviderDownError(code or f"http_{status}")


def _read(reply: requests.Response) -> Body:
    """The JSON object of an answer; one that drips in or never ends is no answer."""
    content, until = b"", time.monotonic() + TIMEOUTS[1]
    while chunk := reply.raw.read1(MOST_BYTES, decode_content=True):
        content += chunk
        if len(content) > MOST_BYTES:
            raise ProviderDownError("answer_too_large")
        if time.monotonic() > until:
            raise ProviderDownError("answer_too_slow")
    try:
        body = json.loads(content, parse_float=Decimal) if content else {}
    except ValueError as error:
        if reply.status_code in {200, 201}:
            raise ProviderDownError("no_json") from error
        return {}
    return body if isinstance(body, dict) else {}


def _part(body: Body, name: str) -> Body:
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def _page(told: Body) -> str | None:
    """The page to pay on; raises ProviderDownError for an address that no browser should be sent to."""
    address = _text(told, "transactionRedirectUrl")
    if address is not None and not address.startswith(("https://", "http://")):
        raise ProviderDownError("no_web_address")
    return address


def _text(body: Body, name: str) -> str | None:
    value = body.get(name)
    return value if isinstance(value, str) and value else None
