"""People sign in at a real provider process; the browser is a client that keeps cookies and says where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.core.issuers import Issuer
from backend.core.settings import Settings
from backend.local.idp.people import Realm
from tests import idp as provider
from tests.conftest import Server

BROWSER = {"Sec-Fetch-Site": "same-origin", "X-Amtsweg": "1", "User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/153.0"}
REALMS: dict[str, Realm] = {"citizen": "citizens", "staff": "staff"}


@pytest.fixture(scope="module")
def idp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[provider.Idp]:
    """The local provider as a process of this module."""
    made = provider.start(tmp_path_factory.mktemp("idp"))
    yield made
    made.stop()


def issuers(idp: provider.Idp) -> dict[str, Issuer]:
    """The settings that lead the portal to the provider."""
    return {
        f"{side}_issuer": Issuer(idp.issuer(realm), idp.client_id(realm), idp.secret_file(realm).read_text().strip())
        for side, realm in REALMS.items()
    }


@pytest.fixture(scope="module")
def domains() -> tuple[str, ...]:
    """Accounts need only what lies below them."""
    return ("audit", "accounts")


@pytest.fixture(scope="module")
def settings(server: Server, tmp_path_factory: pytest.TempPathFactory, idp: provider.Idp) -> Iterator[Settings]:
    """Settings of a portal whose issuers are the local provider."""
    name = f"test_accounts_{id(idp):x}"
    server.create(name, template=server.template)
    yield replace(server.settings(name, tmp_path_factory.mktemp("data")), **issuers(idp))
    server.drop(name)


@dataclass
class Browser:
    """Somebody at a browser: its cookies, what it sends by itself, and the way to the provider and back."""

    client: FlaskClient
    idp: provider.Idp
    side: str = "citizen"

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers=BROWSER)

    def post(self, path: str, body: dict[str, Any] | None = None) -> TestResponse:
        return self.client.post(path, json=body or {}, headers=BROWSER)

    def auth(self, path: str) -> str:
        return f"/api/v1/auth/{self.side}/{path}"

    def start(self, level: str = "basic", path: str = "sign-in", **wish: Any) -> str:
        answer = self.post(self.auth(path), {"level": level, **wish})
        assert answer.status_code == 200, answer.json
        return str(answer.json["location"])

    def come_back(self, address: str) -> str:
        """Follow the provider's redirect; where the portal sends the browser."""
        parts = urlsplit(address)
        answer = self.client.get(f"{parts.path}?{parts.query}", headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return str(answer.headers["Location"])

    def sign_in(self, person: str = "thi-anh", level: str = "high", asked: str = "basic", **options: Any) -> str:
        return self.come_back(self.idp.sign_in(self.start(asked), person, level, **options))

    def step_up(self, person: str = "thi-anh", level: str = "high", asked: str = "high", **options: Any) -> str:
        return self.come_back(self.idp.sign_in(self.start(asked, "step-up"), person, level, **options))

    def session(self) -> dict[str, Any]:
        return dict(self.get(self.auth("session")).json)

    def cookie(self, name: str = "__Host-amtsweg") -> str | None:
        found = self.client.get_cookie(name)
        return found.value if found else None


@pytest.fixture
def new_browser(app: Flask, idp: provider.Idp) -> Callable[..., Browser]:
    """Makes browsers that know nothing of each other."""
    return lambda side="citizen": Browser(app.test_client(), idp, side)


@pytest.fixture
def browser(new_browser: Callable[..., Browser]) -> Browser:
    return new_browser()
