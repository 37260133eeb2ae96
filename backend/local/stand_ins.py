"""What stands in for outside systems on one machine: their processes, and the settings that lead the portal to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from backend.local.idp.clients import client_id, secret_file
from backend.local.idp.people import Realm
from backend.local.payment.__main__ import CLIENT_ID, END_POINTS, ORIGINATOR
from backend.local.payment.__main__ import secret_file as payment_secret
from backend.local.ports import free_port
from backend.local.scanner import find_clamd

SIDES: tuple[tuple[str, Realm], ...] = (("CITIZEN", "citizens"), ("STAFF", "staff"))
LOOPBACK = "http://127.0.0.1"


@dataclass(frozen=True)
class StandIn:
    """One process: its module and options, the settings it makes, and the page that is shown at the start."""

    name: str
    module: str
    options: list[str]
    settings: dict[str, str]
    title: str = ""
    page: str = ""
    unless: frozenset[str] = field(default_factory=frozenset)


def stand_ins(data: Path, portal: str, named: Iterable[str]) -> list[StandIn]:
    """The processes for all systems that the person did not name (`named`: names of the settings that are set)."""
    given = set(named)
    found = (mails(data), accounts(data, portal, given), payments(data), scanner(data))
    return [one for one in found if one is not None and not one.unless & given]


def mails(data: Path) -> StandIn:
    """The mail catcher."""
    smtp, page = str(free_port(8025)), str(free_port(8026))
    options = ["--smtp-port", smtp, "--http-port", page, "--folder", str(data / "mails")]
    settings = {"SMTP_URL": f"smtp://127.0.0.1:{smtp}"}
    return StandIn(
        "mails", "backend.local.mailcatcher", options, settings,
        title="Its mails:", page=f"http://localhost:{page}", unless=frozenset({"SMTP_URL"}),
    )  # fmt: skip


def accounts(data: Path, portal: str, given: set[str]) -> StandIn | None:
    """The OpenID Connect provider, for each side that has no issuer of its own."""
    port, folder = str(free_port(8027)), data / "idp"
    settings: dict[str, str] = {}
    for side, realm in SIDES:
        if f"{side}_ISSUER" not in given:
            settings |= {
                f"{side}_ISSUER": f"{LOOPBACK}:{port}/{realm}",
                f"{side}_CLIENT_ID": client_id(realm),
                f"{side}_CLIENT_SECRET_FILE": str(secret_file(folder, realm)),
            }
    if not settings:
        return None
    options = ["--port", port, "--folder", str(folder), "--portal", portal]
    page = f"{LOOPBACK}:{port}/citizens/sessions"
    return StandIn("idp", "backend.local.idp", options, settings, title="Its accounts:", page=page)


def payments(data: Path) -> StandIn:
    """The payment service."""
    port, folder = str(free_port(8028)), data / "payment"
    page = f"{LOOPBACK}:{port}"
    settings = {
        "PAYMENT_URL": page,
        "PAYMENT_TOKEN_URL": f"{page}/token",
        "PAYMENT_CLIENT_ID": CLIENT_ID,
        "PAYMENT_CLIENT_SECRET_FILE": str(payment_secret(folder)),
        "PAYMENT_ORIGINATOR": ORIGINATOR,
        "PAYMENT_ENDPOINT": END_POINTS[0],
    }
    return StandIn(
        "payment", "backend.local.payment", ["--port", port, "--folder", str(folder)], settings,
        title="Its payments:", page=page, unless=frozenset({"PAYMENT_URL"}),
    )  # fmt: skip


def scanner(data: Path) -> StandIn | None:
    """ClamAV with the test signature, where it is installed."""
    if not find_clamd():
        return None
    port = str(free_port(8029))
    options = ["--port", port, "--folder", str(data / "scanner")]
    settings = {"CLAMD_URL": f"tcp://127.0.0.1:{port}"}
    return StandIn("scanner", "backend.local.scanner", options, settings, unless=frozenset({"CLAMD_URL"}))
