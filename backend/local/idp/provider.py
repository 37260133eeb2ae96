"""The protocol of one issuer by authlib: code flow with PKCE and nonce, ID token, userinfo, end of session."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.integrations.flask_oauth2.requests import FlaskOAuth2Request
from authlib.oauth2 import ResourceProtector
from authlib.oauth2.rfc6749 import InvalidRequestError, grants
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import UserInfo, UserInfoEndpoint
from authlib.oidc.core.grants import OpenIDCode
from authlib.oidc.rpinitiated import EndSessionEndpoint, EndSessionRequest
from flask import Flask
from joserfc.jwk import KeySet

from backend.local.idp import logout
from backend.local.idp.state import ALGORITHM, CODE_SECONDS, TOKEN_SECONDS, AccessToken, Code, Issuer, SignIn

# mypy: disable-error-code="misc"
# authlib has no types: its base classes are Any
FOREIGN = "somebody-else"
ANSWERS = (
    "ok", "lower_level", "wrong_nonce", "wrong_audience", "expired_token", "wrong_issuer",
    "token_down", "userinfo_down", "temporarily_unavailable", "server_error",
)  # fmt: skip
REFUSALS = ("temporarily_unavailable", "server_error")


def make_server(app: Flask, issuer: Issuer) -> AuthorizationServer:
    """authlib's server for one issuer."""

    def query_client(client_id: str) -> Any:
        return issuer.client if client_id == issuer.client.client_id else None

    def save_token(token: dict[str, Any], request: Any) -> None:
        until = time.time() + TOKEN_SECONDS
        issuer.tokens[token["access_token"]] = AccessToken(request.client, request.user, token["scope"], until)

    server = AuthorizationServer(app, query_client, save_token)
    grant = type("Grant", (_Grant,), {"issuer": issuer})
    server.register_grant(grant, [_IdToken(issuer), _Pkce(required=True)])
    server.register_extension(_issuer_parameter(issuer))
    protector = ResourceProtector()
    protector.register_token_validator(_Bearer(issuer))
    server.register_endpoint(_UserInfo(issuer, server, _Protector(protector)))
    server.register_endpoint(_EndSession(issuer, server))
    return server


def _issuer_parameter(issuer: Issuer) -> IssuerParameter:
    parameter = IssuerParameter()
    parameter.get_issuer = lambda: issuer.address
    return parameter


class _Grant(grants.AuthorizationCodeGrant):
    issuer: Issuer
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code: str, request: Any) -> Code:
        sent = request.payload.data
        saved = Code(
            code=code,
            client_id=request.client.client_id,
            redirect_uri=request.payload.redirect_uri,
            scope=request.scope,
            nonce=sent["nonce"],
            code_challenge=sent["code_challenge"],
            code_challenge_method="S256",
            sign_in=request.user,
            until=time.time() + CODE_SECONDS,
        )
        self.issuer.codes[code] = saved
        self.issuer.nonces.add(saved.nonce)
        return saved

    def query_authorization_code(self, code: str, _client: Any) -> Code | None:
        return self.issuer.take_code(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """A code is gone with its first use."""

    def authenticate_user(self, authorization_code: Code) -> SignIn:
        return authorization_code.sign_in


class _Pkce(CodeChallenge):
    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        """The library lets a confidential client go without; this provider does not."""
        sent = grant.request.payload.data
        if not sent.get("code_challenge") or sent.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required")
        super().validate_code_challenge(grant, redirect_uri)


class _IdToken(OpenIDCode):
    def __init__(self, issuer: Issuer) -> None:
        super().__init__(require_nonce=True)
        self._issuer = issuer

    def exists_nonce(self, nonce: str, _request: Any) -> bool:
        return nonce in self._issuer.nonces

    def resolve_client_private_key(self, _client: Any) -> Any:
        return self._issuer.key

    def get_client_claims(self, client: Any) -> dict[str, Any]:
        return {"iss": self._issuer.address, "aud": client.client_id, "exp": int(time.time()) + TOKEN_SECONDS}

    def get_encode_header(self, _client: Any) -> dict[str, Any]:
        return {"alg": ALGORITHM, "kid": self._issuer.key.kid}

    def generate_user_info(self, user: SignIn, _scope: str) -> dict[str, Any]:
        return {"sub": user.person.subject, "sid": user.sid, **_twisted(user)}


def _twisted(sign_in: SignIn) -> dict[str, Any]:
    """What an ID token says wrongly because the person asked for it."""
    past = int(time.time()) - 3600
    twists: dict[str, dict[str, Any]] = {
        "lower_level": {"acr": "none"},
        "wrong_nonce": {"nonce": FOREIGN},
        "wrong_audience": {"aud": FOREIGN},
        "expired_token": {"iat": past - TOKEN_SECONDS, "exp": past},
    }
    return twists.get(sign_in.answer, {})


class _Bearer(BearerTokenValidator):
    def __init__(self, issuer: Issuer) -> None:
        super().__init__()
        self._issuer = issuer

    def authenticate_token(self, token_string: str) -> AccessToken | None:
        return self._issuer.tokens.get(token_string)


class _Protector:
    """Reads the token of the running request; the library's own for Flask raises its errors as Werkzeug pages."""

    def __init__(self, protector: ResourceProtector) -> None:
        self._protector = protector

    def acquire_token(self, scope: str) -> Any:
        from flask import request

        return self._protector.validate_request([scope], FlaskOAuth2Request(request))


class _UserInfo(UserInfoEndpoint):
    def __init__(self, issuer: Issuer, server: AuthorizationServer, protector: _Protector) -> None:
        super().__init__(server, protector)
        self._issuer = issuer

    def generate_user_info(self, user: SignIn, scope: str) -> UserInfo:
        return UserInfo(user.person.released(scope))


class _EndSession(EndSessionEndpoint):
    def __init__(self, issuer: Issuer, server: AuthorizationServer) -> None:
        super().__init__(server)
        self._issuer = issuer

    def get_server_jwks(self) -> KeySet:
        return KeySet([self._issuer.key])

    def get_algorithms(self) -> list[str]:
        return [ALGORITHM]

    def is_post_logout_redirect_uri_legitimate(self, request: Any, *_: Any) -> bool:
        """Without an ID token the address counts once the person has pressed the button."""
        return bool(request.method == "POST")

    def end_session(self, end_session_request: EndSessionRequest) -> None:
        sid = (end_session_request.id_token_claims or {}).get("sid")
        if sid:
            logout.end(self._issuer, sid)


def with_answer(sign_in: SignIn, answer: str) -> SignIn:
    """The same person and moment, answering in another way."""
    return replace(sign_in, answer=answer)
