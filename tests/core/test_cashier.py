"""The payment service is either set in whole or not at all, and never this machine in production."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.core.cashier import Payee, read_cashier, read_payee

WHOLE = {"PAYMENT_URL": "https://pay.example/api/", "PAYMENT_ORIGINATOR": "amtsweg", "PAYMENT_ENDPOINT": "04011000"}


def faults(**changes: str) -> list[str]:
    found: list[str] = []
    read_cashier({**WHOLE, **changes}, found, production=True)
    return found


def test_a_whole_setting(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n", encoding="utf-8")
    token = {"PAYMENT_TOKEN_URL": "https://pay.example/token", "PAYMENT_CLIENT_ID": "amtsweg"}
    found: list[str] = []
    made = read_cashier({**WHOLE, **token, "PAYMENT_CLIENT_SECRET_FILE": str(secret)}, found, production=True)
    assert found == []
    assert made is not None
    assert (made.url, made.end_point, made.client_secret) == ("https://pay.example/api", "04011000", "s3cret")
    assert "s3cret" not in repr(made)
    assert read_cashier({}, found, production=True) is None


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"PAYMENT_ENDPOINT": ""}, "PAYMENT_ENDPOINT"),
        ({"PAYMENT_ORIGINATOR": "Ämter"}, "PAYMENT_ORIGINATOR"),
        ({"PAYMENT_URL": "http://pay.example"}, "PAYMENT_URL"),
        ({"PAYMENT_URL": "https://127.0.0.1:1"}, "PAYMENT_URL"),
        ({"PAYMENT_URL": "ftp://pay.example"}, "PAYMENT_URL"),
        ({"PAYMENT_TOKEN_URL": "https://pay.example/token", "PAYMENT_CLIENT_ID": "x"}, "PAYMENT_CLIENT_SECRET_FILE"),
    ],
)
def test_half_a_setting_stops_the_start(changes: dict[str, str], name: str) -> None:
    assert any(fault.startswith(name) for fault in faults(**changes))


def test_nothing_about_the_payee_is_invented() -> None:
    assert read_payee({}) == Payee(None, None, None, None)
    assert read_payee({"AMTSWEG_PAYEE_IBAN": "DE02", "AMTSWEG_INVOICE_DAYS": "14"}) == Payee(None, "DE02", None, 14)
