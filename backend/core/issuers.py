"""Where people and staff prove who they are: the two OIDC issuers of a deployment and its words for trust levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from backend.core.access import LEVELS

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# what issuers call the levels: the plain names, eIDAS (EU 2015/1502) and the levels of BundID
ACR_LEVELS: Mapping[str, str] = {
    **{level: level for level in LEVELS},
    "http://eidas.europa.eu/LoA/low": "basic",
    "http://eidas.europa.eu/LoA/substantial": "substantial",
    "http://eidas.europa.eu/LoA/high": "high",
    "STORK-QAA-Level-1": "basic",
    "STORK-QAA-Level-3": "substantial",
    "STORK-QAA-Level-4": "high",
}


@dataclass(frozen=True)
class Issuer:
    """One OIDC provider and our registration there; `issuer` is compared letter by letter."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


def read_issuers(
    environ: Mapping[str, str], faults: list[str], *, production: bool
) -> tuple[Issuer | None, Issuer | None]:
    """The issuers of citizens and of staff; one registration for both is a fault."""
    citizens, staff = (_read_issuer(environ, side, faults, production=production) for side in ("CITIZEN", "STAFF"))
    if citizens and staff and (citizens.issuer, citizens.client_id) == (staff.issuer, staff.client_id):
        faults.append("STAFF_CLIENT_ID is the citizens' registration: staff need one of their own.")
    return citizens, staff


def _read_issuer(environ: Mapping[str, str], side: str, faults: list[str], *, production: bool) -> Issuer | None:
    """The issuer of a side (`CITIZEN`, `STAFF`) or None when none is set; half a setting is a fault."""
    names = tuple(f"{side}_{part}" for part in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET_FILE"))
    address, client_id, file = (environ.get(name) or "" for name in names)
    if not (address or client_id or file):
        return None
    missing = [name for name, value in zip(names, (address, client_id, file), strict=True) if not value]
    if missing:
        faults.append(f"{' and '.join(missing)}: missing, but {side} has an issuer.")
        return None
    faults += _address_faults(names[0], address, production=production)
    try:
        secret = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        faults.append(f"{names[2]} cannot be read: {type(error).__name__}.")
        return None
    if not secret:
        faults.append(f"{names[2]} is empty.")
    return Issuer(address, client_id, secret)


def read_acr_levels(environ: Mapping[str, str], faults: list[str]) -> Mapping[str, str]:
    """The issuer's names of levels, from `AMTSWEG_ACR_LEVELS` (`name=level`, spaces between), else the usual ones."""
    text = environ.get("AMTSWEG_ACR_LEVELS")
    if not text:
        return ACR_LEVELS
    pairs = {name: level for name, _, level in (word.rpartition("=") for word in text.split())}
    if not all(name and level in LEVELS for name, level in pairs.items()):
        faults.append(f"AMTSWEG_ACR_LEVELS must be words like name=level, levels: {', '.join(LEVELS)}.")
    return pairs


def _address_faults(name: str, address: str, *, production: bool) -> list[str]:
    try:
        parts = urlsplit(address)
        local = parts.hostname in LOOPBACK
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment)
    except ValueError:
        return [f"{name} is no address."]
    if not usable:
        return [f"{name} must be an https:// address without query."]
    if production and local:
        return [f"{name} is this machine itself: the development provider signs anybody in."]
    if parts.scheme != "https" and (production or not local):
        return [f"{name} is not https."]
    return []
