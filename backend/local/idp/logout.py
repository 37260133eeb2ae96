"""The end of a session at the provider, told to the portal by a signed logout token (OIDC Back-Channel Logout)."""

from __future__ import annotations

import secrets
import sys
import time

import requests
from joserfc import jwt

from backend.local.idp.state import ALGORITHM, Issuer, SignIn

EVENT = "http://schemas.openid.net/event/backchannel-logout"
SECONDS = 5


def end(issuer: Issuer, sid: str) -> bool:
    """Forget a session and tell the portal; True when the portal has taken it."""
    sign_in = issuer.sessions.pop(sid, None)
    if sign_in is None:
        return False
    try:
        told = requests.post(
            issuer.client.backchannel_logout_uri, data={"logout_token": token(issuer, sign_in)}, timeout=SECONDS,
            allow_redirects=False,
        )  # fmt: skip
    except requests.RequestException as error:
        sys.stderr.write(f"The portal could not be told of a logout: {type(error).__name__}\n")
        return False
    if not told.ok:
        sys.stderr.write(f"The portal refused a logout token: {told.status_code}\n")
    return told.ok


def token(issuer: Issuer, sign_in: SignIn) -> str:
    """A logout token for one session; valid for two minutes."""
    now = int(time.time())
    claims = {
        "iss": issuer.address, "aud": issuer.client.client_id, "iat": now, "exp": now + 120,
        "jti": secrets.token_urlsafe(16), "sub": sign_in.person.subject, "sid": sign_in.sid, "events": {EVENT: {}},
    }  # fmt: skip
    header = {"alg": ALGORITHM, "kid": issuer.key.kid, "typ": "logout+jwt"}
    return jwt.encode(header, claims, issuer.key, [ALGORITHM])
