"""Forged and foreign tokens: every one is refused, and the honest one beside them is believed."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from backend.accounts.tokens import (
    LOGOUT_EVENT,
    Registration,
    TokenError,
    UnknownKeyError,
    read_id_token,
    read_logout_token,
)

OURS = Registration("https://idp.example", "amtsweg")
NONCE = "n-of-this-sign-in"
RSA = RSAKey.generate_key(2048, {"kid": "r1", "use": "sig"}, auto_kid=False)
EC = ECKey.generate_key("P-256", {"kid": "e1", "use": "sig"}, auto_kid=False)
FOREIGN = RSAKey.generate_key(2048, {"kid": "r1", "use": "sig"}, auto_kid=False)
KEYS = [RSA.as_dict(private=False), EC.as_dict(private=False)]
Forge = Callable[[], str]


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    honest = {"iss": OURS.issuer, "aud": OURS.client_id, "sub": "s-1", "nonce": NONCE, "iat": now, "exp": now + 300}
    return {name: value for name, value in {**honest, **changes}.items() if value is not None}


def token(header: dict[str, Any] | None = None, key: Any = RSA, **changes: Any) -> str:
    made = {"alg": "RS256", "kid": "r1", **(header or {})}
    kept = {name: value for name, value in made.items() if value is not None}
    return jwt.encode(kept, claims(**changes), key, [kept["alg"]], default_type=None)


def raw(header: dict[str, Any], signature: bytes = b"", **changes: Any) -> str:
    parts = [json.dumps(part).encode() for part in (header, claims(**changes))] + [signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def with_public_key_as_secret() -> str:
    """HS256 with the public key as the secret: whoever lets the token choose the algorithm believes it."""
    body = raw({"alg": "HS256", "kid": "r1"}).rsplit(".", 1)[0]
    signature = hmac.digest(RSA.as_pem(private=False), body.encode(), "sha256")
    return f"{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def tampered() -> str:
    head, _body, signature = token().split(".")
    return ".".join((head, raw({}, sub="s-2").split(".")[1], signature))


FORGED: dict[str, Forge] = {
    "none": lambda: raw({"alg": "none"}),
    "None with a key": lambda: raw({"alg": "None", "kid": "r1"}),
    "hs256 with the public key": with_public_key_as_secret,
    "hs256": lambda: jwt.encode({"alg": "HS256"}, claims(), OctKey.generate_key(256), ["HS256"]),
    "rs512": lambda: jwt.encode({"alg": "RS512", "kid": "r1"}, claims(), RSA, ["RS512"]),
    "own key in the header": lambda: token({"jwk": FOREIGN.as_dict(private=False)}, FOREIGN),
    "address of keys in the header": lambda: raw({"alg": "RS256", "kid": "r1", "jku": "https://evil.example/keys"}),
    "certificate in the header": lambda: raw({"alg": "RS256", "kid": "r1", "x5c": ["MIIB"]}),
    "critical extension": lambda: raw({"alg": "RS256", "kid": "r1", "crit": ["b64"], "b64": False}),
    "signed by a foreign key of the same name": lambda: token(key=FOREIGN),
    "unknown key": lambda: token({"kid": "r9"}),
    "key of another kind": lambda: token({"alg": "ES256", "kid": "r1"}, EC),
    "another body": tampered,
    "no signature": lambda: token().rsplit(".", 1)[0] + ".",
    "64 KiB": lambda: token(note="x" * 70_000),
    "other letters": lambda: "ü.ü.ü",
    "two parts": lambda: "e30.e30",
    "no JSON": lambda: jws.serialize_compact({"alg": "RS256", "kid": "r1"}, b"no", RSA, ["RS256"]),
    "deep JSON": lambda: jws.serialize_compact({"alg": "RS256", "kid": "r1"}, b"[" * 30_000, RSA, ["RS256"]),
    "logout token": lambda: token({"typ": "logout+jwt"}),
    "access token": lambda: token({"typ": "at+jwt"}),
}
WRONG: dict[str, dict[str, Any]] = {
    "issuer": {"iss": "https://idp.example/"},
    "no issuer": {"iss": None},
    "audience": {"aud": "somebody"},
    "two audiences": {"aud": ["amtsweg", "somebody"]},
    "no audience": {"aud": []},
    "nonce": {"nonce": "of another sign-in"},
    "no nonce": {"nonce": None},
    "nonce that is no text": {"nonce": 1},
    "expired": {"exp": int(time.time()) - 61},
    "no end": {"exp": None},
    "end that is no number": {"exp": "tomorrow"},
    "from the future": {"iat": int(time.time()) + 3_600},
    "not yet": {"nbf": int(time.time()) + 3_600},
    "authorized for somebody else": {"azp": "somebody"},
    "nobody": {"sub": ""},
    "subject that is no text": {"sub": 7},
    "endless subject": {"sub": "x" * 256},
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_tokens_are_refused(name: str) -> None:
    with pytest.raises(TokenError):
        read_id_token(FORGED[name](), KEYS, OURS, NONCE)


@pytest.mark.parametrize("name", WRONG)
def test_tokens_for_something_else_are_refused(name: str) -> None:
    with pytest.raises(TokenError):
        read_id_token(token(**WRONG[name]), KEYS, OURS, NONCE)


@pytest.mark.parametrize(
    "made",
    [
        lambda: token(),
        lambda: token({"typ": "JWT"}),
        lambda: token({"alg": "PS256"}),
        lambda: token({"alg": "ES256", "kid": "e1"}, EC),
        lambda: token(aud=["amtsweg"], azp="amtsweg"),
        lambda: token(exp=int(time.time()) - 30, iat=int(time.time()) + 30),
    ],
)
def test_honest_tokens_are_believed(made: Forge) -> None:
    assert read_id_token(made(), KEYS, OURS, NONCE)["sub"] == "s-1"


def test_without_a_key_id_there_must_be_one_candidate() -> None:
    assert read_id_token(token({"kid": None}), KEYS, OURS, NONCE)["sub"] == "s-1"
    second = RSAKey.generate_key(2048, {"kid": "r2"}, auto_kid=False).as_dict(private=False)
    with pytest.raises(UnknownKeyError):
        read_id_token(token({"kid": None}), [*KEYS, second], OURS, NONCE)


def test_keys_for_encryption_and_short_keys_sign_nothing() -> None:
    with pytest.raises(UnknownKeyError):
        read_id_token(token(), [{**RSA.as_dict(private=False), "use": "enc"}], OURS, NONCE)
    with pytest.raises(UnknownKeyError):
        read_id_token(token(), [], OURS, NONCE)


LOGOUT = {"jti": "t-1", "sid": "p-1", "nonce": None, "events": {LOGOUT_EVENT: {}}}
NO_LOGOUT: dict[str, dict[str, Any]] = {
    "no id": {"jti": None},
    "nobody": {"sid": None, "sub": None},
    "no event": {"events": None},
    "another event": {"events": {"http://schemas.openid.net/event/other": {}}},
    "event that is no object": {"events": {LOGOUT_EVENT: True}},
    "a nonce": {"nonce": NONCE},
    "old": {"iat": int(time.time()) - 121},
    "expired": {"exp": int(time.time()) - 1},
    "issuer": {"iss": "https://other.example"},
    "audience": {"aud": "somebody"},
    "session that is no text": {"sid": 1},
}


def logout(header: dict[str, Any] | None = None, **changes: Any) -> str:
    return token({"typ": "logout+jwt", **(header or {})}, **{**LOGOUT, **changes})


@pytest.mark.parametrize("name", NO_LOGOUT)
def test_what_is_no_logout_token_signs_nobody_out(name: str) -> None:
    with pytest.raises(TokenError):
        read_logout_token(logout(**NO_LOGOUT[name]), KEYS, OURS)


@pytest.mark.parametrize("kind", [None, "JWT", "at+jwt"])
def test_a_logout_token_says_that_it_is_one(kind: str | None) -> None:
    with pytest.raises(TokenError):
        read_logout_token(logout({"typ": kind}), KEYS, OURS)


def test_an_honest_logout_token_names_whom_it_signs_out() -> None:
    notice = read_logout_token(logout(), KEYS, OURS)
    assert (notice.token_id, notice.subject, notice.provider_session) == ("t-1", "s-1", "p-1")
