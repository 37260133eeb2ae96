"""An issuer that misbehaves: a small real server whose every answer a test may replace."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from backend.core.issuers import Issuer

Answer = Callable[[BaseHTTPRequestHandler], None]
PATHS = ("/.well-known/openid-configuration", "/keys", "/token", "/userinfo")


@dataclass
class Hostile:
    """Its address and key, and what it does differently: path → answer."""

    address: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}, auto_kid=False))
    twists: dict[str, Answer] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    nonce: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def registration(self) -> Issuer:
        return Issuer(self.address, "amtsweg", "secret")

    def answer_for(self, location: str) -> str:
        """The query with which it sends the browser back."""
        asked = parse_qs(urlsplit(location).query)
        self.nonce = asked["nonce"][0]
        return f"/api/v1/auth/citizen/callback?code=c&state={asked['state'][0]}"

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.address, "aud": "amtsweg", "sub": "s-1", "nonce": self.nonce, "iat": now, "exp": now + 60}
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, {**claims, "acr": "basic"}, self.key, ["RS256"])

    def usual(self, path: str) -> dict[str, Any]:
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        match path:
            case "/.well-known/openid-configuration":
                own = {f"{name}_endpoint": f"{self.address}/{last}" for name, last in names.items()}
                return {"issuer": self.address, "jwks_uri": f"{self.address}/keys", **own, **self.metadata}
            case "/keys":
                return {"keys": [self.key.as_dict(private=False)]}
            case "/token":
                return {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token()}
        return {"sub": "s-1", "family_name": "Test"}


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    """An ordinary answer."""
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def hostile() -> Iterator[Hostile]:
    """A running issuer of this kind."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            issuer.asked.append(path)
            twist = issuer.twists.get(path)
            try:
                if twist:
                    twist(self)
                else:
                    send(self, json.dumps(issuer.usual(path)).encode())
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the portal has given up, as it should

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_args: object) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    issuer = Hostile(f"http://127.0.0.1:{server.server_address[1]}")
    loop = threading.Thread(target=server.serve_forever, args=(0.02,))
    loop.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        loop.join()
        server.server_close()
