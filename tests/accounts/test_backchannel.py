"""The provider says that somebody signed out there: by a real provider over a real line, and by everybody else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from werkzeug.serving import make_server

from backend.local.ports import free_port
from tests import idp as provider
from tests.accounts.conftest import BROWSER, Browser, issuers

FORM = "application/x-www-form-urlencoded"
ADDRESS = "/api/v1/auth/citizen/backchannel-logout"


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def idp(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[provider.Idp]:
    """A provider that can reach the portal."""
    made = provider.start(tmp_path_factory.mktemp("idp"), portal=f"http://127.0.0.1:{port}")
    yield made
    made.stop()


@pytest.fixture
def portal(make_app: Callable[..., Flask], idp: provider.Idp, port: int) -> Iterator[Flask]:
    """The portal on a port of its own, so that the provider can call it."""
    made = make_app(public_url=f"http://127.0.0.1:{port}", **issuers(idp))
    server = make_server("127.0.0.1", port, made, threaded=True)
    loop = threading.Thread(target=server.serve_forever)
    loop.start()
    yield made
    server.shutdown()
    loop.join()
    server.server_close()


def signed_in(portal: Flask, idp: provider.Idp, person: str, side: str = "citizen") -> Browser:
    browser = Browser(portal.test_client(), idp, side)
    browser.sign_in(person, "substantial")
    assert browser.session()["kind"] is not None
    return browser


def test_signing_out_at_the_provider_ends_the_sessions_here(portal: Flask, idp: provider.Idp) -> None:
    first, other = signed_in(portal, idp, "cagla"), signed_in(portal, idp, "mulyani")
    staff = signed_in(portal, idp, "clerk-hb", "staff")
    idp.end_sessions("citizens", "cagla")
    assert [browser.session()["kind"] for browser in (first, other, staff)] == [None, "citizen", "staff"]
    assert first.get("/api/v1/me").status_code == 401
    idp.end_sessions("staff", "clerk-hb")
    assert staff.session()["kind"] is None


def test_a_token_works_once(portal: Flask, idp: provider.Idp, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    view = portal.view_functions["accounts.backchannel_logout"]

    def keep(**values: Any) -> Any:
        from flask import request

        taken.append(request.form["logout_token"])
        return view(**values)

    keep.__dict__.update(view.__dict__)
    monkeypatch.setitem(portal.view_functions, "accounts.backchannel_logout", keep)
    signed_in(portal, idp, "cagla")
    idp.end_sessions("citizens", "cagla")
    again = signed_in(portal, idp, "cagla")
    answer = send(portal, taken[0])
    assert (answer.status_code, answer.json["code"]) == (400, "bad_logout_token")
    assert again.session()["signed_in"]
    crossed = send(portal, taken[0], "/api/v1/auth/staff/backchannel-logout")
    assert crossed.status_code == 400


def send(portal: Flask, token: str, address: str = ADDRESS) -> Any:
    return portal.test_client().post(address, data=urlencode({"logout_token": token}), content_type=FORM)


@pytest.mark.parametrize("token", ["", "x", "e30.e30.e30", "x" * 60_000, "ü", "\x00"])
def test_nonsense_is_refused(portal: Flask, idp: provider.Idp, token: str) -> None:
    assert send(portal, token).status_code == 400


def test_too_much_and_too_other_is_refused(portal: Flask) -> None:
    client = portal.test_client()
    assert client.post(ADDRESS, data="x" * 70_000, content_type=FORM).status_code == 413
    assert client.post(ADDRESS, json={"logout_token": "x"}).status_code == 415
    assert client.post(ADDRESS, data="logout_token=x", content_type=FORM, headers=BROWSER | {"Sec-Fetch-Site": "none"}
                       ).status_code == 403  # fmt: skip
    assert client.get(ADDRESS).status_code == 405


def test_an_id_token_is_no_logout_token(portal: Flask, idp: provider.Idp, engine: Engine) -> None:
    browser = signed_in(portal, idp, "cagla")
    location = browser.post(browser.auth("sign-out")).json["location"]
    hint = location.split("id_token_hint=")[1].split("&")[0]
    again = signed_in(portal, idp, "cagla")
    assert send(portal, hint).status_code == 400
    assert again.session()["signed_in"]
    with portal.app_context():
        from backend.core.db import db

        assert db.session.execute(text("SELECT count(*) FROM logout_token")).scalar_one() == 0


def test_the_provider_is_not_needed_to_sign_out_here(portal: Flask, idp: provider.Idp, tmp_path: Path) -> None:
    browser = signed_in(portal, idp, "mulyani")
    for found in portal.extensions["amtsweg-oidc-providers"].values():
        found._metadata._value = None
        found._metadata._fetched = float("-inf")
        found.issuer = f"http://127.0.0.1:{free_port()}/gone"
    assert browser.post(browser.auth("sign-out")).json == {"location": None}
    assert not browser.session()["signed_in"]
