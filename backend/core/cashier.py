"""Where fees are paid: the payment service of a deployment (XBezahldienste 1.0) and the payee named on invoices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

_KEY = re.compile(r"[A-Za-z0-9_-]{1,36}")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Cashier:
    """A payment service: its base address, our keys there, and how we prove who we are (OAuth2 client, if it wants)."""

    url: str
    originator: str
    end_point: str
    token_url: str | None = None
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Payee:
    """Whom an invoice is paid to; what nobody set is None and shown as "the office tells you", never invented."""

    name: str | None = None
    iban: str | None = None
    bic: str | None = None
    days: int | None = None


def read_cashier(environ: Mapping[str, str], faults: list[str], *, production: bool) -> Cashier | None:
    """The payment service of `PAYMENT_URL`, or None: then nothing is paid online. Half a setting is a fault."""
    url = (environ.get("PAYMENT_URL") or "").rstrip("/")
    if not url:
        return None
    keys = {name: environ.get(name) or "" for name in ("PAYMENT_ORIGINATOR", "PAYMENT_ENDPOINT")}
    faults += [
        f"{name} must be 1 to 36 letters, digits, _ or -." for name, key in keys.items() if not _KEY.fullmatch(key)
    ]
    token_url = environ.get("PAYMENT_TOKEN_URL") or None
    for name, address in (("PAYMENT_URL", url), ("PAYMENT_TOKEN_URL", token_url)):
        if address is not None and not _fits(address, production=production):
            faults.append(f"{name} must be an http(s) address{', https and not this machine' if production else ''}.")
    return Cashier(
        url=url,
        originator=keys["PAYMENT_ORIGINATOR"],
        end_point=keys["PAYMENT_ENDPOINT"],
        token_url=token_url,
        client_id=environ.get("PAYMENT_CLIENT_ID") or None,
        client_secret=_secret(environ, faults) if token_url else None,
    )


def read_payee(environ: Mapping[str, str]) -> Payee:
    """The payee of invoices; every part may be missing."""
    days = environ.get("AMTSWEG_INVOICE_DAYS", "")
    return Payee(
        name=environ.get("AMTSWEG_PAYEE_NAME") or None,
        iban=environ.get("AMTSWEG_PAYEE_IBAN") or None,
        bic=environ.get("AMTSWEG_PAYEE_BIC") or None,
        days=int(days) if days.isascii() and days.isdigit() else None,
    )


def _fits(address: str, *, production: bool) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        return False
    return not production or (parts.scheme == "https" and parts.hostname not in _LOOPBACK)


def _secret(environ: Mapping[str, str], faults: list[str]) -> str | None:
    """The secret of our OAuth2 client from PAYMENT_CLIENT_SECRET_FILE."""
    if not environ.get("PAYMENT_CLIENT_ID"):
        faults.append("PAYMENT_CLIENT_ID is missing, but PAYMENT_TOKEN_URL is set.")
    try:
        return Path(environ.get("PAYMENT_CLIENT_SECRET_FILE", "")).read_text(encoding="utf-8").strip()
    except OSError as error:
        faults.append(f"PAYMENT_CLIENT_SECRET_FILE cannot be read: {error.strerror}.")
        return None
