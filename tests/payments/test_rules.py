"""Texts, amounts, times and answers, without a database."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.payments import rules
from backend.payments.providers import xbezahldienste
from backend.payments.providers.breaker import FAILURES, PAUSE_SECONDS, Breaker
from backend.payments.providers.types import ProviderDownError, ProviderRefusedError
from backend.payments.types import Answer, Line, Order, Outcome, PaymentState

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Geburtsurkunde K7M-3DX-9PC", "Geburtsurkunde K7M-3DX-9PC"),
        ("bewohnerparkausweis K7M-3DX-9PC", "bewohnerparkaus K7M-3DX-9PC"),
        ("Gebühr für Löffelstör (ß)", "Gebuehr fuer Loeffelstoe ss"),
        ("Thị Ánh Nguyễn", "Thi Anh Nguyen"),
        ("x" * 40, "x" * 27),
        ("معلوم", ""),
    ],
)
def test_the_purpose_has_only_allowed_signs(text: str, expected: str) -> None:
    assert rules.reduced_purpose(text) == expected


@given(some.text(max_size=300))
def test_reduced_texts_always_fit(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_\- ]{0,27}", rules.reduced_purpose(text))
    assert re.fullmatch(r"[A-Za-z0-9_\-,. \u00C0-\u017F]{0,250}", rules.reduced_description(text))
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,36}", rules.reduced_key(text))


@given(some.integers(1, 99_999_900))
def test_amounts_travel_unchanged(cents: int) -> None:
    assert xbezahldienste.cents_of(Decimal(str(xbezahldienste.euros(cents)))) == cents


@pytest.mark.parametrize("amount", [Decimal("11.505"), True, "11.50", None])
def test_what_is_no_amount_never_fits(amount: object) -> None:
    cents = xbezahldienste.cents_of(amount)
    assert cents in {None, -1}


def test_lines_must_add_up() -> None:
    assert rules.lines_of([{"rule": "a", "cents": 1000, "quantity": 2}], 1000) == [Line("a", 1000, 2)]
    for lines in ([], [{"rule": "a", "cents": 999}], [{"rule": "a", "cents": 1001}, {"rule": "b", "cents": -1}]):
        with pytest.raises(ValueError, match="add up"):
            rules.lines_of(lines, 1000)


def test_questions_become_rarer_and_end_after_a_week() -> None:
    def pause(age: timedelta) -> timedelta | None:
        again = rules.next_check(NOW - age, NOW)
        return again - NOW if again else None

    ages = [timedelta(minutes=1), timedelta(minutes=30), timedelta(hours=3), timedelta(days=2), timedelta(days=8)]
    pauses = [timedelta(seconds=30), timedelta(minutes=5), timedelta(hours=1), timedelta(days=1), None]
    assert [pause(age) for age in ages] == pauses


@pytest.mark.parametrize(
    ("state", "outcome", "fitting", "too_old", "expected"),
    [
        ("open", "waiting", True, False, ("started", None)),
        ("started", "paid", True, False, ("booked", None)),
        ("started", "paid", False, False, ("started", "amount_mismatch")),
        ("started", "failed", True, False, ("failed", "failed")),
        ("started", "cancelled", True, False, ("cancelled", "cancelled")),
        ("started", "unknown", True, False, ("failed", "unknown_to_provider")),
        ("started", "waiting", True, True, ("cancelled", "abandoned")),
        ("cancelled", "paid", True, True, ("booked", None)),
        ("failed", "paid", True, False, ("booked", None)),
        ("booked", "cancelled", True, False, ("booked", None)),
        ("waived", "waiting", True, False, ("waived", None)),
    ],
)
def test_what_an_answer_means(
    state: str, outcome: str, fitting: bool, too_old: bool, expected: tuple[str, str | None]
) -> None:
    found = rules.after(PaymentState(state), Answer(Outcome(outcome)), fitting=fitting, too_old=too_old)
    assert found == (PaymentState(expected[0]), expected[1])


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (400, {"functionalCode": "VALIDATION_ERROR"}, ProviderRefusedError, "VALIDATION_ERROR"),
        (400, {"title": "CALCULATION_ERROR"}, ProviderRefusedError, "CALCULATION_ERROR"),
        (400, {"code": "BOOKING_DATA_MISSING"}, ProviderRefusedError, "BOOKING_DATA_MISSING"),
        (404, {"code": "NO_VALID_ORIGINATOR_OR_ENDPOINT"}, ProviderDownError, "NO_VALID_ORIGINATOR_OR_ENDPOINT"),
        (403, {"code": "FORBIDDEN"}, ProviderDownError, "FORBIDDEN"),
        (500, {"code": "UNSPECIFIED"}, ProviderDownError, "UNSPECIFIED"),
        (302, {}, ProviderDownError, "http_302"),
        (503, {"code": ["VALIDATION_ERROR"]}, ProviderDownError, "http_503"),
    ],
)
def test_problem_codes_are_told_apart(status: int, body: dict[str, object], kind: type, code: str) -> None:
    error = xbezahldienste.refusal(status, body)
    assert (type(error), error.code) == (kind, code)


@pytest.mark.parametrize("status", ["PAYED", "BOOKED"])
def test_both_words_for_paid_count(status: str) -> None:
    assert xbezahldienste.answer_of({"paymentInformation": {"status": status}}).outcome is Outcome.PAID


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"paymentInformation": {"status": "PAID"}},
        {"paymentInformation": ["PAYED"]},
        {"paymentInformation": {"status": "INITIAL", "transactionRedirectUrl": "javascript:alert(1)"}},
    ],
)
def test_what_nobody_understands_is_no_payment(body: dict[str, object]) -> None:
    with pytest.raises(ProviderDownError):
        xbezahldienste.answer_of(body)


def test_items_keep_their_sum_when_they_cannot_be_divided() -> None:
    lines = [Line("a", 1000, 3), Line("b", 1000, 4)]
    items = xbezahldienste.request_of(Order("r", NOW, 2000, "p", lines, "http://x"))["items"]
    assert [(item["quantity"], item["singleNetAmount"]) for item in items] == [(1, 10.0), (4, 2.5)]


def test_a_failing_service_is_left_alone_for_a_while() -> None:
    now = [0.0]
    breaker, calls = Breaker(lambda: now[0]), []

    def fail() -> None:
        calls.append(now[0])
        raise ProviderDownError("http_503")

    for _ in range(FAILURES + 3):
        with pytest.raises(ProviderDownError):
            breaker.run(fail)
    assert len(calls) == FAILURES
    now[0] += PAUSE_SECONDS
    with pytest.raises(ProviderDownError, match="http_503"):
        breaker.run(fail)
    with pytest.raises(ProviderDownError, match="circuit_open"):
        breaker.run(fail)
    now[0] += PAUSE_SECONDS
    assert breaker.run(lambda: "well") == "well"
    with pytest.raises(ProviderDownError, match="http_503"):
        breaker.run(fail)


def test_receipts_are_numbered_for_people() -> None:
    assert rules.receipt_number(2026, 123) == "Z-2026-0000123"
