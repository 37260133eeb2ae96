"""The invented persons who can sign in, read from people.json, which the browser tests' own provider reads too.

No address is that of a household: the house numbers are higher than the streets go. `levels` are what an account can
prove, lowest first; the names of claims are those of docs/adr/0009.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

Realm = Literal["citizens", "staff"]
REALMS: tuple[Realm, ...] = ("citizens", "staff")
LEVELS = ("none", "basic", "substantial", "high")
METHODS: Mapping[Realm, Mapping[str, list[str]]] = {
    "citizens": {"none": [], "basic": ["pwd"], "substantial": ["elster"], "high": ["eid"]},
    "staff": {"basic": ["pwd"], "substantial": ["pwd", "otp", "mfa"]},
}
SCOPES: Mapping[str, frozenset[str]] = {
    "openid": frozenset({"sub"}),
    "email": frozenset({"email", "email_verified"}),
    "address": frozenset({"address"}),
}


@dataclass(frozen=True)
class Person:
    """One account: its key on the page, the levels it can prove (lowest first) and all its claims."""

    key: str
    realm: Realm
    levels: tuple[str, ...]
    claims: Mapping[str, Any]

    @property
    def subject(self) -> str:
        """The stable `sub` of this account at its issuer."""
        return str(self.claims["sub"])

    @property
    def name(self) -> str:
        """The name as the page shows it."""
        return str(self.claims["name"])

    def methods(self, level: str) -> list[str]:
        """The `amr` with which this level is reached."""
        return METHODS[self.realm][level]

    def released(self, scope: str) -> dict[str, Any]:
        """The claims that a scope asks for; `profile` gives what no other scope names."""
        scopes = scope.split()
        named = frozenset().union(*SCOPES.values())
        wanted = frozenset().union(*(SCOPES.get(one, frozenset()) for one in scopes))
        return {
            name: value
            for name, value in self.claims.items()
            if name in wanted or ("profile" in scopes and name not in named)
        }


@cache
def people(realm: Realm) -> Mapping[str, Person]:
    """All persons of an issuer by their key, in the order of the file."""
    entries = json.loads(Path(__file__).with_name("people.json").read_text(encoding="utf-8"))[realm]
    return {key: _person(key, realm, entry) for key, entry in entries.items()}


def _person(key: str, realm: Realm, entry: Mapping[str, Any]) -> Person:
    claims = dict(entry["claims"])
    names = (claims.get("title"), claims.get("given_name"), claims["family_name"])
    subject = str(uuid5(NAMESPACE_URL, f"amtsweg:demo:{realm}:{key}"))
    claims |= {"sub": subject, "name": " ".join(filter(None, names)), "email_verified": True}
    if realm == "staff":
        claims |= {"roles": list(entry["roles"]), "offices": list(entry["offices"])}
        return Person(key, realm, tuple(METHODS[realm]), claims)
    claims |= {
        "bpk2": f"demo-bpk2-{subject[:18]}",
        "mailbox_handle": str(uuid5(NAMESPACE_URL, f"amtsweg:postfach:{key}")),
    }
    return Person(key, realm, tuple(entry["levels"]), claims)
