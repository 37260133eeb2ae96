"""Signed tokens of an issuer: which are believed. Fixed algorithms, keys only from the issuer's own key set.

A token is judged by RFC 7519, OpenID Connect Core 3.1.3.7 and Back-Channel Logout 2.6; what is refused says nothing
about why to the outside.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
KEY_TYPES: Mapping[str, type[RSAKey] | type[ECKey]] = {"RSA": RSAKey, "EC": ECKey}
LONGEST_TOKEN = 64 * 1024
LONGEST_SUBJECT = 255
LEEWAY_SECONDS = 60
LOGOUT_SECONDS = 120
SMALLEST_RSA_BITS = 2048
# header members that would let the token name its own key or change the rules
FORBIDDEN_MEMBERS = {"jwk", "jku", "x5c", "x5u", "crit", "b64", "zip"}
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_TYPE = "logout+jwt"
Claims = Mapping[str, Any]


class TokenError(Exception):
    """The token is not believed; `args` name the rule for the log, never a value."""


class UnknownKeyError(TokenError):
    """The issuer may have changed its keys: fetch them again."""


@dataclass(frozen=True)
class Registration:
    """Whose tokens, made for whom."""

    issuer: str
    client_id: str


@dataclass(frozen=True)
class LogoutNotice:
    """Whom the issuer signed out: a session of theirs, or all sessions of a person; and the token's own id."""

    token_id: str
    subject: str | None
    provider_session: str | None


def read_id_token(token: str, keys: Sequence[Mapping[str, Any]], ours: Registration, nonce: str) -> Claims:
    """The claims of an ID token that this sign-in asked for; raises TokenError."""
    claims = _verified(token, keys, types={None, "jwt"})
    _check_issued_for(claims, ours)
    now = time.time()
    if _number(claims, "exp") < now - LEEWAY_SECONDS:
        raise TokenError("expired")
    if not isinstance(claims.get("nonce"), str) or not hmac.compare_digest(claims["nonce"].encode(), nonce.encode()):
        raise TokenError("nonce")
    if "azp" in claims and claims["azp"] != ours.client_id:
        raise TokenError("authorized party")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise TokenError("subject")
    return claims


def read_logout_token(token: str, keys: Sequence[Mapping[str, Any]], ours: Registration) -> LogoutNotice:
    """Whom a logout token signs out; raises TokenError."""
    claims = _verified(token, keys, types={LOGOUT_TYPE})
    _check_issued_for(claims, ours)
    now = time.time()
    if _number(claims, "iat") < now - LOGOUT_SECONDS or ("exp" in claims and _number(claims, "exp") < now):
        raise TokenError("old")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise TokenError("event")
    if "nonce" in claims:
        raise TokenError("nonce")
    notice = LogoutNotice(_word(claims, "jti") or "", _word(claims, "sub"), _word(claims, "sid"))
    if not notice.token_id or not (notice.subject or notice.provider_session):
        raise TokenError("whom")
    return notice


def _verified(token: str, keys: Sequence[Mapping[str, Any]], *, types: set[str | None]) -> Claims:
    """The claims of a token with a good signature by a key of the set."""
    if not token.isascii() or len(token) > LONGEST_TOKEN:
        raise TokenError("size")
    try:
        header = jws.extract_compact(token.encode()).headers()
        algorithm, kind = header.get("alg"), header.get("typ")
        if algorithm not in ALGORITHMS or FORBIDDEN_MEMBERS & set(header):
            raise TokenError("header")
        if (kind.lower() if isinstance(kind, str) else kind) not in types:
            raise TokenError("type")
        key = _key(keys, algorithm, header.get("kid"))
        return jwt.decode(token, key, algorithms=[algorithm]).claims
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise TokenError(type(error).__name__) from error


def _key(keys: Sequence[Mapping[str, Any]], algorithm: str, key_id: object) -> RSAKey | ECKey:
    """The one key that may have signed this; without a key id only when there is one candidate."""
    kind = ALGORITHMS[algorithm]
    fitting = [
        key
        for key in keys
        if key.get("kty") == kind and key.get("use", "sig") == "sig" and key.get("alg", algorithm) == algorithm
        and (kind == "RSA" or key.get("crv") == "P-256")
    ]  # fmt: skip
    named = [key for key in fitting if key_id is None or key.get("kid") == key_id]
    if len(named) != 1:
        raise UnknownKeyError("key")
    made = KEY_TYPES[kind].import_key(dict(named[0]))
    if isinstance(made, RSAKey) and made.raw_value.key_size < SMALLEST_RSA_BITS:
        raise TokenError("key size")
    return made


def _check_issued_for(claims: Claims, ours: Registration) -> None:
    """From our issuer, for us alone, not from the future."""
    if claims.get("iss") != ours.issuer:
        raise TokenError("issuer")
    audience = claims.get("aud")
    if audience not in (ours.client_id, [ours.client_id]):
        raise TokenError("audience")
    now = time.time()
    if _number(claims, "iat") > now + LEEWAY_SECONDS:
        raise TokenError("from the future")
    if "nbf" in claims and _number(claims, "nbf") > now + LEEWAY_SECONDS:
        raise TokenError("not yet")


def _number(claims: Claims, name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenError(name)
    return value


def _word(claims: Claims, name: str) -> str | None:
    value = claims.get(name)
    if value is not None and (not isinstance(value, str) or len(value) > LONGEST_SUBJECT):
        raise TokenError(name)
    return value or None
