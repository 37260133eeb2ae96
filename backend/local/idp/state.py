"""What one issuer remembers, in memory: sessions, codes, access tokens; and its signing key in a file."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from authlib.oidc.core import AuthorizationCodeMixin
from joserfc.jwk import RSAKey

from backend.local.idp.clients import Client
from backend.local.idp.people import Person, Realm
from backend.local.private import private

CODE_SECONDS = 60
TOKEN_SECONDS = 300
ALGORITHM = "RS256"


@dataclass(frozen=True)
class SignIn:
    """One person, signed in with one level at one moment; `answer` is how the provider shall behave."""

    sid: str
    person: Person
    level: str
    auth_time: int
    answer: str = "ok"


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):  # type: ignore[misc]  # authlib has no types
    """An authorization code with all that its token will say."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    sign_in: SignIn
    until: float

    def get_redirect_uri(self) -> str:
        """The address that the token request must repeat."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """The granted scopes."""
        return self.scope

    def get_nonce(self) -> str:
        """The client's nonce."""
        return self.nonce

    def get_auth_time(self) -> int:
        """When the person chose the account."""
        return self.sign_in.auth_time

    def get_acr(self) -> str:
        """The level really reached."""
        return self.sign_in.level

    def get_amr(self) -> list[str]:
        """How it was reached."""
        return self.sign_in.person.methods(self.sign_in.level)


@dataclass(frozen=True)
class AccessToken:
    """A bearer token for the userinfo endpoint."""

    client: Client
    sign_in: SignIn
    scope: str
    until: float

    def get_scope(self) -> str:
        """The granted scopes."""
        return self.scope

    def is_expired(self) -> bool:
        """True after a few minutes."""
        return time.time() > self.until

    def is_revoked(self) -> bool:
        """Never: it lives for minutes."""
        return False

    def get_user(self) -> SignIn:
        """Whom it speaks of."""
        return self.sign_in

    def get_client(self) -> Client:
        """Who holds it."""
        return self.client


@dataclass
class Issuer:
    """One issuer: its address, its only client, its key and what it remembers."""

    realm: Realm
    address: str
    client: Client
    key: RSAKey
    sessions: dict[str, SignIn] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, AccessToken] = field(default_factory=dict)
    nonces: set[str] = field(default_factory=set)

    def begin(self, person: Person, level: str, answer: str) -> SignIn:
        """A new session at the provider."""
        made = SignIn(secrets.token_urlsafe(16), person, level, int(time.time()), answer)
        self.sessions[made.sid] = made
        return made

    def take_code(self, code: str) -> Code | None:
        """A code, once, while it is fresh."""
        found = self.codes.pop(code, None)
        return found if found is not None and time.time() <= found.until else None

    def public_keys(self) -> Mapping[str, Any]:
        """The JWKS."""
        public = self.key.as_dict(private=False)
        return {"keys": [{**public, "use": "sig", "alg": ALGORITHM}]}


def signing_key(file: Path) -> RSAKey:
    """The issuer's key."""
    made = private(file, lambda: RSAKey.generate_key(2048).as_pem(private=True))
    key = RSAKey.import_key(made.read_bytes())
    key.ensure_kid()
    return key
