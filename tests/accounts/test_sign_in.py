"""Signing in at every level, by every person, and coming back with something else than a good answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from backend.core import limits
from backend.local.ports import free_port
from tests.accounts.conftest import Browser, issuers
from tests.idp import Idp

SIGN_IN = "__Host-amtsweg-signin"


def told(address: str) -> dict[str, str]:
    """What the sign-in page is told."""
    parts = urlsplit(address)
    assert parts.path.endswith("/anmelden"), address
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def reason(address: str) -> str:
    return told(address)["grund"]


@pytest.mark.parametrize(
    ("person", "level", "method", "name"),
    [
        ("thi-anh", "high", "eid", "Thị Ánh Nguyễn"),
        ("cagla", "substantial", "elster", "Çağla Işıl Karaağaçlı-Şahin"),
        ("mulyani", "substantial", "elster", "Mulyani"),
        ("rim", "basic", "pwd", "Rīm al-Ḥaddād"),
        ("jonne", "basic", "pwd", "Jonne Fritz Brodersen"),
    ],
)
def test_everybody_signs_in_at_their_level(browser: Browser, person: str, level: str, method: str, name: str) -> None:
    assert browser.sign_in(person, level, asked=level) == "/de"
    session = browser.session()
    assert (session["signed_in"], session["kind"], session["level"]) == (True, "citizen", level)
    assert (session["method"], session["name"]) == (method, name)


@pytest.mark.parametrize(
    ("to", "language", "address"),
    [
        ({"page": "home"}, "de-simple", "/de-simple"),
        ({"page": "account"}, "en", "/en/konto"),
        ({"page": "my_data"}, "ar", "/ar/konto/daten"),
        ({"page": "form_start", "params": {"service": "gewerbe"}}, "tr", "/tr/antrag/gewerbe"),
        ({"page": "draft", "params": {"service": "gewerbe", "draft": "0-1"}}, "uk", "/uk/antrag/gewerbe/0-1"),
        ({"page": "application", "params": {"reference": "K7M3DX9PC"}}, "de", "/de/antraege/K7M3DX9PC"),
        ({"page": "sign_in_done"}, "de", "/de/anmelden?grund=done"),
    ],
)
def test_the_wanted_page_comes_next(browser: Browser, to: dict[str, Any], language: str, address: str) -> None:
    location = browser.start("basic", return_to=to, language=language)
    assert browser.come_back(browser.idp.sign_in(location)) == address


@pytest.mark.parametrize(
    "body",
    [
        {"return_to": {"page": "https://evil.example"}},
        {"return_to": {"page": "draft", "params": {}}},
        {"return_to": {"page": "home", "params": {"service": "x"}}},
        {"return_to": {"page": "form_start", "params": {"service": "../../evil"}}},
        {"return_to": {"page": "form_start", "params": {"service": "//evil.example"}}},
        {"level": "none"},
        {"level": "gold"},
        {"language": "fr"},
        {"redirect": "https://evil.example"},
    ],
)
def test_return_addresses_are_names_never_addresses(browser: Browser, body: dict[str, Any]) -> None:
    assert browser.post(browser.auth("sign-in"), body).status_code == 422


def test_the_way_to_the_provider_says_all_that_protects_it(browser: Browser) -> None:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(browser.start("substantial")).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["acr_values"] == "substantial high"
    assert asked["redirect_uri"] == "http://localhost/api/v1/auth/citizen/callback"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) == 43


def test_the_cookies_are_exact(browser: Browser) -> None:
    answer = browser.post(browser.auth("sign-in"))
    assert cookie_words(answer.headers["Set-Cookie"]) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=600"}
    parts = urlsplit(browser.idp.sign_in(answer.json["location"]))
    done = browser.client.get(f"{parts.path}?{parts.query}")
    given = dict(line.split("=", 1) for line in done.headers.getlist("Set-Cookie"))
    assert cookie_words(given["__Host-amtsweg"]) == {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"}
    assert "Max-Age=0" in given[SIGN_IN]
    assert done.headers["Cache-Control"] == "no-store"
    assert done.headers["Referrer-Policy"] == "no-referrer"


def cookie_words(line: str) -> set[str]:
    """A cookie's attributes without its value and the date that repeats Max-Age."""
    return {word for word in line.split("; ")[1:] if not word.startswith("Expires")}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("wrong_nonce", "failed"),
        ("wrong_audience", "failed"),
        ("expired_token", "failed"),
        ("wrong_issuer", "failed"),
        ("token_down", "unavailable"),
        ("userinfo_down", "unavailable"),
        ("temporarily_unavailable", "unavailable"),
        ("server_error", "unavailable"),
    ],
)
def test_a_wrong_answer_signs_nobody_in(browser: Browser, answer: str, expected: str) -> None:
    assert reason(browser.sign_in(answer=answer)) == expected
    assert not browser.session()["signed_in"]
    assert browser.cookie() is None
    assert browser.cookie(SIGN_IN) is None


def test_a_cancelled_sign_in_knows_where_it_wanted_to_go(browser: Browser) -> None:
    to = {"page": "form_start", "params": {"service": "meldebescheinigung"}}
    location = browser.start("high", return_to=to, language="tr")
    address = browser.come_back(browser.idp.sign_in(location, cancel=True))
    assert address.startswith("/tr/")
    assert told(address) == {
        "grund": "cancelled", "stufe": "high", "ziel": "form_start", "service": "meldebescheinigung",
    }  # fmt: skip


def test_a_level_that_was_not_reached_is_said_and_kept(browser: Browser) -> None:
    address = browser.sign_in("rim", "basic", asked="high")
    assert told(address)["grund"] == "level"
    assert told(address)["stufe"] == "high"
    assert (browser.session()["signed_in"], browser.session()["level"]) == (True, "basic")


def test_an_answer_is_good_once(browser: Browser) -> None:
    address = browser.idp.sign_in(browser.start())
    assert browser.come_back(address) == "/de"
    old = browser.cookie()
    assert reason(browser.come_back(address)) == "expired"
    assert browser.cookie() == old


def test_an_answer_belongs_to_the_browser_that_asked(new_browser: Callable[..., Browser]) -> None:
    asked, other = new_browser(), new_browser()
    address = asked.idp.sign_in(asked.start())
    assert reason(other.come_back(address)) == "expired"
    other.start()
    assert reason(other.come_back(address)) == "failed"  # its own sign-in, somebody else's answer
    assert not other.session()["signed_in"]


@pytest.mark.parametrize("change", [{"state": "x" * 43}, {"state": ""}, {"iss": "https://evil.example"}, {"code": ""}])
def test_a_changed_answer_is_refused(browser: Browser, change: dict[str, str]) -> None:
    parts = urlsplit(browser.idp.sign_in(browser.start()))
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | change
    assert reason(browser.come_back(f"{parts.path}?{urlencode(query)}")) == "failed"
    assert browser.cookie() is None


def test_an_answer_without_its_issuer_is_refused(browser: Browser) -> None:
    parts = urlsplit(browser.idp.sign_in(browser.start()))
    query = {name: values[0] for name, values in parse_qs(parts.query).items() if name != "iss"}
    assert reason(browser.come_back(f"{parts.path}?{urlencode(query)}")) == "failed"


@pytest.mark.parametrize(
    "query", ["", "error=access_denied", "code=x&state=y", "code=" + "x" * 5_000, "%00=%ff&code=%00"]
)
def test_who_did_not_ask_gets_a_normal_page(browser: Browser, query: str) -> None:
    assert reason(browser.come_back(f"/api/v1/auth/citizen/callback?{query}")) == "expired"


def test_the_issuers_are_never_swapped(new_browser: Callable[..., Browser]) -> None:
    citizen, staff = new_browser(), new_browser("staff")
    for browser, person, theirs in ((citizen, "thi-anh", "staff"), (staff, "clerk-hb", "citizen")):
        parts = urlsplit(browser.idp.sign_in(browser.start(), person, "substantial"))
        assert reason(browser.come_back(f"/api/v1/auth/{theirs}/callback?{parts.query}")) == "failed"
        assert browser.cookie() is None
        assert browser.cookie("__Host-amtsweg-staff") is None


def test_an_old_sign_in_is_over(browser: Browser, engine: Engine) -> None:
    address = browser.idp.sign_in(browser.start())
    with engine.begin() as connection:
        connection.execute(text("UPDATE sign_in SET expires_at = expires_at - interval '10 minutes'"))
    assert reason(browser.come_back(address)) == "expired"


def test_every_sign_in_is_written_down(browser: Browser, engine: Engine) -> None:
    browser.sign_in("cagla", "substantial")
    with engine.connect() as connection:
        row = connection.execute(
            text("SELECT action, actor_level, payload FROM audit_entry ORDER BY id DESC LIMIT 1")
        ).one()
    assert (row.action, row.actor_level) == ("account.sign_in", "substantial")
    assert "elster" in row.payload


def test_first_sign_ins_at_the_same_moment_make_one_account(
    new_browser: Callable[..., Browser], engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM account"))
    browsers = [new_browser() for _ in range(6)]
    answers = [browser.idp.sign_in(browser.start(), "mulyani", "basic") for browser in browsers]
    with ThreadPoolExecutor(len(browsers)) as pool:
        where = list(pool.map(lambda pair: pair[0].come_back(pair[1]), zip(browsers, answers, strict=True)))
    assert set(where) == {"/de"}
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM account")).scalar_one() == 1
        assert connection.execute(text("SELECT count(*) FROM account_session")).scalar_one() == 5


def test_the_log_knows_nobody(browser: Browser, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither claims nor codes nor cookies reach the log, whether it goes well or not."""
    address = browser.idp.sign_in(browser.start())
    secrets = [values[0] for values in parse_qs(urlsplit(address).query).values()]
    secrets += [browser.cookie(SIGN_IN) or "?"]
    browser.come_back(address)
    secrets += [browser.cookie() or "?"]
    browser.come_back(address)
    browser.step_up("cagla", "high")
    browser.get("/api/v1/me")
    browser.post(browser.auth("sign-out"))
    browser.sign_in(answer="wrong_nonce")
    logged = capfd.readouterr().err
    assert logged.count("/api/v1/auth/citizen/callback") == 4
    known = ["Nguy", "Vegesacker", "1988-03-14", "example.org", "Karaa"]
    assert not [word for word in secrets + known if len(word) > 3 and word in logged and not word.startswith("http")]


def portal(make_app: Callable[..., Flask], idp: Idp, **changes: Any) -> Browser:
    made = make_app(**{**issuers(idp), **changes})
    browser = Browser(made.test_client(), idp)
    browser.client.may_fail = True  # type: ignore[attr-defined]  # 503 is the point
    return browser


def test_without_an_issuer_the_portal_runs_and_says_so(make_app: Callable[..., Flask], idp: Idp) -> None:
    browser = portal(make_app, idp, citizen_issuer=None)
    answer = browser.post(browser.auth("sign-in"))
    assert (answer.status_code, answer.json["code"], answer.json["configured"]) == (503, "sign_in_unavailable", False)
    assert browser.session()["available"] is False
    assert reason(browser.come_back("/api/v1/auth/citizen/callback?code=x")) == "expired"


def test_a_provider_that_is_down_is_said_and_not_waited_for(make_app: Callable[..., Flask], idp: Idp) -> None:
    known = issuers(idp)["citizen_issuer"]
    dead = replace(known, issuer=f"http://127.0.0.1:{free_port()}/citizens")
    browser = portal(make_app, idp, citizen_issuer=dead)
    for _ in range(3):
        answer = browser.post(browser.auth("sign-in"))
        assert (answer.status_code, answer.json["configured"]) == (503, True)
        assert browser.cookie(SIGN_IN) is None
    assert browser.get("/health/live").status_code == 200


def test_an_issuer_that_calls_itself_something_else_is_not_believed(make_app: Callable[..., Flask], idp: Idp) -> None:
    known = issuers(idp)["citizen_issuer"]
    browser = portal(make_app, idp, citizen_issuer=replace(known, issuer=known.issuer + "/"))
    assert browser.post(browser.auth("sign-in")).status_code == 503


def test_nobody_begins_endless_sign_ins(make_app: Callable[..., Flask], idp: Idp) -> None:
    browser = portal(make_app, idp, limits="on")
    limits._local.forget()  # what other tests did from this machine
    answers = [browser.post(browser.auth("sign-in")) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_wrong_client_secret_is_a_normal_page(make_app: Callable[..., Flask], idp: Idp) -> None:
    known = issuers(idp)["citizen_issuer"]
    browser = portal(make_app, idp, citizen_issuer=replace(known, client_secret="wrong"))
    assert reason(browser.sign_in()) == "failed"
