"""The portal as the one client of each issuer: its id, its secret in a file, its registered addresses."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from authlib.oauth2.rfc6749 import ClientMixin

from backend.core.i18n import LANGUAGES
from backend.local.idp.people import Realm
from backend.local.private import private

PATHS: Mapping[Realm, str] = {"citizens": "citizen", "staff": "staff"}


@dataclass(frozen=True)
class Client(ClientMixin):  # type: ignore[misc]  # authlib has no types
    """A confidential client with exact redirect addresses."""

    client_id: str
    secret: str
    redirect_uris: tuple[str, ...]
    post_logout_redirect_uris: tuple[str, ...]
    backchannel_logout_uri: str

    @property
    def client_metadata(self) -> dict[str, object]:
        """What the end-session endpoint of the library asks for."""
        return {"post_logout_redirect_uris": list(self.post_logout_redirect_uris)}

    def get_client_id(self) -> str:
        """The id under which it is registered."""
        return self.client_id

    def get_default_redirect_uri(self) -> str | None:
        """None: every request names its address."""
        return None

    def get_allowed_scope(self, scope: str) -> str:
        """The asked scopes that exist here."""
        return " ".join(one for one in (scope or "").split() if one in {"openid", "profile", "email", "address"})

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """True only for a registered address, letter by letter."""
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        """True for its secret."""
        return secrets.compare_digest(self.secret, client_secret)

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        """The secret comes in the Authorization header, nowhere else."""
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        """Only the code flow."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Only the code flow; no refresh tokens."""
        return grant_type == "authorization_code"


def client_id(realm: Realm) -> str:
    """The portal's id at an issuer."""
    return f"amtsweg-{realm}"


def secret_file(folder: Path, realm: Realm) -> Path:
    """The file with the portal's secret at an issuer."""
    return private(folder / f"{realm}.secret")


def portal(folder: Path, realm: Realm, address: str) -> Client:
    """The portal at `address` (scheme, host, port) as a client of an issuer."""
    sign_in = f"{address}/api/v1/auth/{PATHS[realm]}"
    pages = [f"{address}/", *(f"{address}/{lang}{page}" for lang in LANGUAGES for page in ("", "/anmelden"))]
    pages.append(f"{address}/amt/anmelden")
    return Client(
        client_id=client_id(realm),
        secret=secret_file(folder, realm).read_text(encoding="ascii"),
        redirect_uris=(f"{sign_in}/callback",),
        post_logout_redirect_uris=tuple(pages),
        backchannel_logout_uri=f"{sign_in}/backchannel-logout",
    )
