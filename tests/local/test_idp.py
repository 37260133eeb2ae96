"""The local OpenID Connect provider as a real process, judged by an independent relying party: authlib's client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet
from joserfc.jws import extract_compact

from backend.core.i18n import LANGUAGES
from backend.core.names import check_name
from backend.local.idp.pages import WORDS
from backend.local.idp.people import LEVELS, REALMS, Realm, people
from backend.local.ports import free_port
from tests.idp import ROOT, Idp, start

VERIFIER = "v" * 64
SCOPE = "openid profile email address"


class Portal:
    """The portal's end of the back channel: keeps the logout tokens it gets."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        tokens = self.tokens

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                tokens.append(parse_qs(body)["logout_token"][0] + " " + self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", free_port()), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    made = Portal()
    yield made
    made.close()


@pytest.fixture(scope="module")
def idp(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Idp]:
    made = start(tmp_path_factory.mktemp("idp"), portal.address)
    yield made
    made.stop()


def callback(idp: Idp, realm: Realm) -> str:
    return f"{idp.portal}/api/v1/auth/{'citizen' if realm == 'citizens' else 'staff'}/callback"


@pytest.fixture
def client(idp: Idp) -> OAuth2Session:
    return relying_party(idp, "citizens")


def relying_party(idp: Idp, realm: Realm) -> OAuth2Session:
    secret = idp.secret_file(realm).read_text(encoding="ascii")
    return OAuth2Session(
        idp.client_id(realm), secret, scope=SCOPE, redirect_uri=callback(idp, realm), code_challenge_method="S256"
    )


def location(client: OAuth2Session, idp: Idp, realm: Realm = "citizens", **more: str) -> str:
    values = {"nonce": os.urandom(8).hex(), "code_verifier": VERIFIER, **more}
    url, _state = client.create_authorization_url(f"{idp.issuer(realm)}/authorize", **values)
    return str(url)


def answer_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def fetch(client: OAuth2Session, idp: Idp, url: str, realm: Realm = "citizens") -> dict[str, Any]:
    token: dict[str, Any] = client.fetch_token(
        f"{idp.issuer(realm)}/token", authorization_response=url, code_verifier=VERIFIER
    )
    return token


def id_claims(idp: Idp, token: dict[str, Any], realm: Realm = "citizens") -> dict[str, Any]:
    keys = KeySet.import_key_set(requests.get(f"{idp.issuer(realm)}/jwks", timeout=5).json())
    return dict(jwt.decode(token["id_token"], keys, algorithms=["RS256"]).claims)


def test_discovery_names_only_what_is_there(idp: Idp) -> None:
    for realm in REALMS:
        found = requests.get(f"{idp.issuer(realm)}/.well-known/openid-configuration", timeout=5).json()
        assert found["issuer"] == idp.issuer(realm)
        assert found["authorization_response_iss_parameter_supported"] is True
        keys = requests.get(found["jwks_uri"], timeout=5).json()["keys"]
        assert [key["alg"] for key in keys] == ["RS256"]
        assert "d" not in keys[0]


@pytest.mark.parametrize(
    ("person", "level", "method"), [("thi-anh", "high", "eid"), ("mulyani", "substantial", "elster")]
)
def test_a_citizen_signs_in(client: OAuth2Session, idp: Idp, person: str, level: str, method: str) -> None:
    began = location(client, idp, acr_values=level, state="xyz", nonce="n" + person)
    url = idp.sign_in(began, person, level)
    answer = answer_of(url)
    assert url.startswith(callback(idp, "citizens") + "?")
    assert (answer["state"], answer["iss"]) == ("xyz", idp.issuer("citizens"))
    token = fetch(client, idp, url)
    claims = id_claims(idp, token)
    known = people("citizens")[person]
    assert claims["iss"] == idp.issuer("citizens")
    assert claims["aud"] == "amtsweg-citizens"
    assert (claims["acr"], claims["amr"], claims["nonce"]) == (level, [method], "n" + person)
    assert claims["sub"] == known.subject
    assert not {"family_name", "birthdate", "address"} & claims.keys(), "the person's data come from userinfo"
    told = client.get(f"{idp.issuer('citizens')}/userinfo", timeout=5).json()
    assert told == known.claims
    assert told["address"]["postal_code"].startswith("28")


def test_staff_have_their_own_issuer(idp: Idp) -> None:
    client = relying_party(idp, "staff")
    url = idp.sign_in(location(client, idp, "staff"), "lead-hb", "substantial")
    token = fetch(client, idp, url, "staff")
    assert id_claims(idp, token, "staff")["amr"] == ["pwd", "otp", "mfa"]
    told = client.get(f"{idp.issuer('staff')}/userinfo", timeout=5).json()
    assert (told["roles"], told["offices"]) == (["clerk", "lead"], ["hb-mitte", "hb-nord"])
    foreign = relying_party(idp, "citizens")
    other = idp.sign_in(location(foreign, idp), "thi-anh", "high")
    refused = requests.post(
        f"{idp.issuer('staff')}/token", timeout=5, auth=("amtsweg-staff", idp.secret_file("staff").read_text()),
        data={"grant_type": "authorization_code", "code": answer_of(other)["code"], "code_verifier": VERIFIER},
    )  # fmt: skip
    assert refused.json()["error"] == "invalid_grant"


def test_only_asked_claims_are_told(idp: Idp) -> None:
    client = relying_party(idp, "citizens")
    client.scope = "openid email"
    fetch(client, idp, idp.sign_in(location(client, idp), "rim", "basic"))
    told = client.get(f"{idp.issuer('citizens')}/userinfo", timeout=5).json()
    assert told.keys() == {"sub", "email", "email_verified"}


def test_a_code_works_once_and_only_with_verifier_and_secret(client: OAuth2Session, idp: Idp) -> None:
    code = answer_of(idp.sign_in(location(client, idp)))["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": callback(idp, "citizens")}
    auth = ("amtsweg-citizens", idp.secret_file("citizens").read_text())
    address = f"{idp.issuer('citizens')}/token"
    wrong = requests.post(address, data={**form, "code_verifier": VERIFIER}, auth=(auth[0], "wrong"), timeout=5)
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    refused = requests.post(address, data={**form, "code_verifier": "w" * 64}, auth=auth, timeout=5)
    assert refused.json()["error"] == "invalid_grant"
    again = requests.post(address, data={**form, "code_verifier": VERIFIER}, auth=auth, timeout=5)
    assert again.json()["error"] == "invalid_grant", "used up by the wrong verifier"


def without(url: str, *names: str) -> str:
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in names]
    return parts._replace(query=urlencode(kept)).geturl()


@pytest.mark.parametrize("missing", ["code_challenge", "code_challenge_method", "nonce"])
def test_no_sign_in_without_pkce_and_nonce(client: OAuth2Session, idp: Idp, missing: str) -> None:
    reply = requests.get(without(location(client, idp), missing), timeout=5, allow_redirects=False)
    assert answer_of(reply.headers["Location"])["error"] == "invalid_request"
    assert answer_of(reply.headers["Location"])["iss"] == idp.issuer("citizens")


def test_a_foreign_address_gets_a_page_and_no_redirect(client: OAuth2Session, idp: Idp) -> None:
    url = without(location(client, idp), "redirect_uri") + "&redirect_uri=https%3A%2F%2Fevil.example%2F"
    reply = requests.get(url, timeout=5, allow_redirects=False)
    assert reply.status_code == 400
    assert "Location" not in reply.headers


def test_cancel_and_failure_go_back_as_errors(client: OAuth2Session, idp: Idp) -> None:
    cancelled = answer_of(idp.sign_in(location(client, idp, state="s"), cancel=True))
    assert (cancelled["error"], cancelled["state"], cancelled["iss"]) == ("access_denied", "s", idp.issuer("citizens"))
    down = answer_of(idp.sign_in(location(client, idp, state="s"), answer="temporarily_unavailable"))
    assert (down["error"], down["state"]) == ("temporarily_unavailable", "s")


def test_every_wrong_answer_is_wrong(client: OAuth2Session, idp: Idp) -> None:
    def claims(answer: str) -> dict[str, Any]:
        return id_claims(idp, fetch(client, idp, idp.sign_in(location(client, idp, nonce=answer), answer=answer)))

    assert claims("lower_level")["acr"] == "none"
    assert claims("wrong_nonce")["nonce"] != "wrong_nonce"
    assert claims("wrong_audience")["aud"] == "somebody-else"
    expired = claims("expired_token")
    assert expired["iat"] < expired["exp"] < claims("ok")["iat"]
    assert answer_of(idp.sign_in(location(client, idp), answer="wrong_issuer"))["iss"].endswith("somebody-else")
    for answer, place in (("token_down", "token"), ("userinfo_down", "userinfo")):
        url = idp.sign_in(location(client, idp), answer=answer)
        if place == "userinfo":
            fetch(client, idp, url)
            assert client.get(f"{idp.issuer('citizens')}/userinfo", timeout=5).status_code == 503
            continue
        form = {"grant_type": "authorization_code", "code": answer_of(url)["code"]}
        assert requests.post(f"{idp.issuer('citizens')}/token", data=form, timeout=5).status_code == 503


def test_nobody_reaches_a_level_beyond_the_account(client: OAuth2Session, idp: Idp) -> None:
    form = {"person": "rim", "level": "high", "do": "sign-in"}
    reply = requests.post(location(client, idp, ui_locales="ar"), data=form, timeout=5, allow_redirects=False)
    assert reply.status_code == 422
    assert '<html lang="ar" dir="rtl">' in reply.text
    assert WORDS.say("problem", "ar") in reply.text


def test_silent_sign_in_needs_a_session(client: OAuth2Session, idp: Idp) -> None:
    reply = requests.get(location(client, idp, prompt="none"), timeout=5, allow_redirects=False)
    assert answer_of(reply.headers["Location"])["error"] == "login_required"
    browser = requests.Session()
    browser.post(location(client, idp), timeout=5, data={"person": "thi-anh", "level": "high"}, allow_redirects=False)
    silent = browser.get(location(client, idp, prompt="none"), timeout=5, allow_redirects=False)
    assert "code" in answer_of(silent.headers["Location"])


def test_sign_out_comes_back_and_is_told_on_the_back_channel(client: OAuth2Session, idp: Idp, portal: Portal) -> None:
    token = fetch(client, idp, idp.sign_in(location(client, idp)))
    claims = id_claims(idp, token)
    address, back = f"{idp.issuer('citizens')}/end-session", f"{idp.portal}/tr"
    asked = {"id_token_hint": token["id_token"], "post_logout_redirect_uri": back, "state": "z"}
    foreign = requests.get(address, params={**asked, "post_logout_redirect_uri": "https://evil.example"}, timeout=5)
    assert foreign.url.startswith(address), "no redirect to an address that is not registered"
    assert "evil.example" not in foreign.text
    token = fetch(client, idp, idp.sign_in(location(client, idp)))
    reply = requests.get(
        address, params={**asked, "id_token_hint": token["id_token"]}, timeout=5, allow_redirects=False
    )
    assert reply.headers["Location"] == f"{back}?state=z"
    told, path = portal.tokens[-2].split()
    assert path == "/api/v1/auth/citizen/backchannel-logout"
    keys = KeySet.import_key_set(requests.get(f"{idp.issuer('citizens')}/jwks", timeout=5).json())
    decoded = jwt.decode(told, keys, algorithms=["RS256"])
    assert decoded.header["typ"] == "logout+jwt"
    assert (decoded.claims["sub"], decoded.claims["sid"]) == (claims["sub"], claims["sid"])
    assert "http://schemas.openid.net/event/backchannel-logout" in decoded.claims["events"]
    assert "nonce" not in decoded.claims


def test_without_a_hint_a_person_is_asked(idp: Idp) -> None:
    page = requests.get(f"{idp.issuer('citizens')}/end-session", headers={"Accept-Language": "uk"}, timeout=5)
    assert WORDS.say("end_question", "uk") in page.text
    asked = {"client_id": "amtsweg-citizens", "post_logout_redirect_uri": f"{idp.portal}/uk"}
    first = requests.get(f"{idp.issuer('citizens')}/end-session", params=asked, timeout=5, allow_redirects=False)
    assert first.status_code == 200, "nobody is sent on before the button was pressed"
    pressed = requests.post(f"{idp.issuer('citizens')}/end-session", params=asked, timeout=5, allow_redirects=False)
    assert pressed.headers["Location"] == f"{idp.portal}/uk"


def test_a_session_ended_at_the_account_is_told(client: OAuth2Session, idp: Idp, portal: Portal) -> None:
    claims = id_claims(idp, fetch(client, idp, idp.sign_in(location(client, idp), "cagla")))
    before = len(portal.tokens)
    idp.end_sessions("citizens", "cagla")
    sids = [jwt_claims(token)["sid"] for token in portal.tokens[before:]]
    assert claims["sid"] in sids


def jwt_claims(told: str) -> dict[str, Any]:

    return dict(json.loads(extract_compact(told.split()[0].encode()).payload))


def test_the_page_offers_everybody_without_script(client: OAuth2Session, idp: Idp) -> None:
    page = requests.get(location(client, idp, acr_values="high", ui_locales="tr de"), timeout=5)
    assert "Nguyễn" in page.text
    assert "Karaağaçlı" in page.text
    assert "<script" not in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert WORDS.say("person", "tr") in page.text
    assert requests.get(f"http://127.0.0.1:{idp.port}/static/standin.css", timeout=5).status_code == 200


def test_nobody_reaches_it_by_another_name(idp: Idp) -> None:
    reply = requests.get(f"{idp.issuer('citizens')}/jwks", headers={"Host": "evil.example"}, timeout=5)
    assert reply.status_code == 403


def test_it_never_runs_in_production(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "backend.local.idp", "--folder", str(tmp_path)], cwd=ROOT, capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "AMTSWEG_ENV": "production"}, timeout=20, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"production" in done.stderr


def test_texts_exist_in_every_language() -> None:
    for key, texts in WORDS.texts.items():
        assert tuple(texts) == LANGUAGES, key
        assert all(texts.values()), key


def test_persons_are_as_different_as_they_should_be() -> None:
    citizens = people("citizens")
    assert len(citizens) == 5
    assert {level for person in citizens.values() for level in person.levels} == set(LEVELS)
    assert [key for key, person in citizens.items() if "given_name" not in person.claims] == ["mulyani"]
    for person in citizens.values():
        for claim in ("given_name", "family_name", "birth_family_name"):
            if claim in person.claims:
                assert check_name(person.claims[claim]) == person.claims[claim]
    roles = {role for person in people("staff").values() for role in person.claims["roles"]}
    assert roles == {"clerk", "lead", "second_approver", "auditor", "phone_agent", "administrator"}
