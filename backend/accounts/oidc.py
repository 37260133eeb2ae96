"""The relying party: one provider per side, spoken to by authlib's client; the only room that knows the protocol.

Code flow with PKCE (S256), state, nonce and the issuer named in the answer (RFC 9207, RFC 9700). Nobody waits long for
a provider: 2 s to connect, 5 s to read, no redirects, small answers only.
"""

from __future__ import annotations

import base64
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import requests
import structlog
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from urllib3.exceptions import HTTPError as Urllib3Error

from backend.accounts import rules, tokens
from backend.accounts.remembered import Remembered
from backend.accounts.tokens import LogoutNotice, Registration, TokenError, UnknownKeyError
from backend.accounts.types import Identity
from backend.core.issuers import LOOPBACK, Issuer
from backend.core.security import derived_key

TIMEOUTS = (2, 5)
LARGEST_ANSWER = 256 * 1024
SCOPES = "openid profile email address"
FRESH_SECONDS = 300
WELL_KNOWN = "/.well-known/openid-configuration"
UNUSABLE = (requests.RequestException, Urllib3Error, ValueError, RecursionError)
log = structlog.get_logger("amtsweg.accounts")


class ProviderDownError(Exception):
    """The provider does not answer, or not in its own words."""


class RefusedError(Exception):
    """The provider or a check refused this sign-in; `args` name the rule for the log, never a value."""


@dataclass(frozen=True)
class Handshake:
    """State, nonce and PKCE verifier of one sign-in, all derived from the secret in the browser's cookie."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def of(cls, secret: str) -> Handshake:
        """Derive them; without the cookie nobody can answer or finish this sign-in."""
        parts = (hmac.digest(derived_key("sign-in"), f"{name}:{secret}".encode(), "sha256") for name in ("s", "n", "v"))
        return cls(*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts))


class Provider:
    """One issuer: where it is, what it says about itself, and what we ask of it."""

    def __init__(self, issuer: Issuer, redirect_uri: str, levels: Mapping[str, str]) -> None:
        self.issuer = issuer.issuer
        self._us = issuer
        self._registration = Registration(issuer.issuer, issuer.client_id)
        self._redirect_uri = redirect_uri
        self._levels = levels
        self._metadata = Remembered(self._fetch_metadata)
        self._keys = Remembered(self._fetch_keys)

    def authorization_url(self, shake: Handshake, *, level: str, again: bool, language: str) -> str:
        """Where the browser goes to sign in at this level or above; `again`: ask even who is signed in there.

        Raises ProviderDownError.
        """
        metadata = self._metadata.get()
        wanted = {
            "nonce": shake.nonce,
            "acr_values": rules.acr_values(level, self._levels),
            "ui_locales": language.partition("-")[0],
            "prompt": "login" if again else None,
            "max_age": str(FRESH_SECONDS) if again else None,
        }
        with self._client() as client:
            url, _state = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=shake.state,
                code_verifier=shake.verifier,
                **{name: value for name, value in wanted.items() if value},
            )
        return str(url)

    def identify(self, answer: Mapping[str, str], shake: Handshake, *, again: bool) -> Identity:
        """Who signed in, from the query that came back; raises RefusedError, ProviderDownError."""
        self._check_answer(answer, shake)
        try:
            with self._client() as client:
                given = self._exchange(client, answer["code"], shake)
                token = str(given.get("id_token") or "")
                claims = self._id_claims(token, shake.nonce)
                person = self._userinfo(client, claims)
        except OAuthError as error:
            raise RefusedError("token endpoint") from error
        except TokenError as error:
            raise RefusedError(*error.args) from error
        except UNUSABLE as error:
            raise ProviderDownError(type(error).__name__) from error
        auth_time = _instant(claims.get("auth_time"))
        if again and (auth_time is None or auth_time.timestamp() < time.time() - FRESH_SECONDS - tokens.LEEWAY_SECONDS):
            raise RefusedError("not asked again")
        return Identity(
            issuer=self.issuer,
            subject=claims["sub"],
            level=rules.level_of(claims.get("acr"), self._levels),
            methods=tuple(rules.texts(claims.get("amr"))),
            auth_time=auth_time,
            provider_session=rules.text_claim(claims.get("sid")),
            id_token=token,
            claims={**claims, **person},
        )

    def logout_url(self, id_token: str | None, back_to: str) -> str | None:
        """Where the browser goes to sign out at the provider too; None when it offers none or does not answer."""
        try:
            endpoint = self._metadata.get().get("end_session_endpoint")
        except ProviderDownError:
            return None
        if not endpoint:
            return None
        query = {"client_id": self._us.client_id, "post_logout_redirect_uri": back_to}
        return f"{endpoint}?{urlencode(query | ({'id_token_hint': id_token} if id_token else {}))}"

    def read_logout_token(self, token: str) -> LogoutNotice:
        """Whom the provider signed out; raises TokenError, ProviderDownError."""
        try:
            return tokens.read_logout_token(token, self._keys.get(), self._registration)
        except UnknownKeyError:
            return tokens.read_logout_token(token, self._keys.get(renew=True), self._registration)

    def _id_claims(self, token: str, nonce: str) -> tokens.Claims:
        try:
            return tokens.read_id_token(token, self._keys.get(), self._registration, nonce)
        except UnknownKeyError:  # the provider may just have changed its keys
            return tokens.read_id_token(token, self._keys.get(renew=True), self._registration, nonce)

    def _check_answer(self, answer: Mapping[str, str], shake: Handshake) -> None:
        """The answer belongs to this sign-in and comes from this issuer (RFC 9207)."""
        if not hmac.compare_digest(answer.get("state", "").encode(), shake.state.encode()):
            raise RefusedError("state")
        named = answer.get("iss")
        if named != self.issuer and (
            named is not None or self._metadata.get().get("authorization_response_iss_parameter_supported")
        ):
            raise RefusedError("issuer of the answer")
        if not answer.get("code"):
            raise RefusedError("no code")

    def _exchange(self, client: Wire, code: str, shake: Handshake) -> Mapping[str, Any]:
        return cast(
            Mapping[str, Any],
            client.fetch_token(
                self._metadata.get()["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                redirect_uri=self._redirect_uri,
                code_verifier=shake.verifier,
            ),
        )

    def _userinfo(self, client: Wire, claims: tokens.Claims) -> Mapping[str, Any]:
        endpoint = self._metadata.get().get("userinfo_endpoint")
        if not endpoint:
            return {}
        found = _json_object(client.get(endpoint))
        if found.get("sub") != claims["sub"]:
            raise TokenError("subject of userinfo")
        return found

    def _client(self) -> Wire:
        return Wire(
            self._us.client_id,
            self._us.client_secret,
            scope=SCOPES,
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
        )

    def _fetch_metadata(self) -> Mapping[str, Any]:
        found = self._read(self.issuer.rstrip("/") + WELL_KNOWN)
        endpoints = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        optional = [name for name in ("userinfo_endpoint", "end_session_endpoint") if name in found]
        if found.get("issuer") != self.issuer:
            raise ProviderDownError("another issuer")
        if not all(_is_safe(found.get(name), self.issuer) for name in (*endpoints, *optional)):
            raise ProviderDownError("endpoints")
        return found

    def _fetch_keys(self) -> list[Mapping[str, Any]]:
        keys = self._read(self._metadata.get()["jwks_uri"]).get("keys")
        if not isinstance(keys, list):
            raise ProviderDownError("keys")
        return [key for key in keys if isinstance(key, dict)]

    def _read(self, url: str) -> Mapping[str, Any]:
        try:
            with self._client() as client:
                return _json_object(client.get(url, withhold_token=True))
        except UNUSABLE as error:
            log.warning("provider_down", error=type(error).__name__)
            raise ProviderDownError(type(error).__name__) from error


class Wire(OAuth2Session):  # type: ignore[misc]  # authlib has no types
    """authlib's client on a short leash: time-outs, no redirects, no proxies of the environment, small answers."""

    def request(self, method: str, url: str, **options: Any) -> requests.Response:
        """Send one request and read its answer within limits."""
        self.trust_env = False
        options |= {"timeout": TIMEOUTS, "allow_redirects": False, "stream": True}
        answer = cast(requests.Response, super().request(method, url, **options))
        until, body = time.monotonic() + TIMEOUTS[1], bytearray()
        while part := answer.raw.read1(16 * 1024, decode_content=True):  # gives what there is, so a drip is noticed
            body += part
            if len(body) > LARGEST_ANSWER or time.monotonic() > until:
                answer.close()
                raise requests.exceptions.ContentDecodingError("too much or too slow")
        answer._content = bytes(body)  # what `content` would have read without limits
        return answer


def _json_object(answer: requests.Response) -> Mapping[str, Any]:
    if answer.status_code != requests.codes.ok:
        raise requests.HTTPError(response=answer)
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found


def _is_safe(address: object, issuer: str) -> bool:
    """Endpoints are https, except for a provider on this very machine."""
    if not isinstance(address, str):
        return False
    parts, local = urlsplit(address), urlsplit(issuer).hostname in LOOPBACK
    return parts.scheme == "https" or (local and parts.scheme == "http" and parts.hostname in LOOPBACK)


def _instant(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 2**33:
        return None
    return datetime.fromtimestamp(value, UTC)
