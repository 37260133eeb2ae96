"""The providers of this application: one per side that has an issuer."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from backend.accounts.errors import SignInUnavailable
from backend.accounts.oidc import Provider
from backend.accounts.types import Side
from backend.core.settings import Settings

_PROVIDERS = "amtsweg-oidc-providers"


def register(app: Flask, settings: Settings) -> None:
    """Prepare the providers; nobody is asked anything before somebody signs in."""
    issuers = {Side.CITIZEN: settings.citizen_issuer, Side.STAFF: settings.staff_issuer}
    app.extensions[_PROVIDERS] = {
        side: Provider(issuer, f"{settings.public_url}{side.prefix}/callback", settings.acr_levels)
        for side, issuer in issuers.items()
        if issuer is not None
    }


def find(side: Side) -> Provider | None:
    """The provider of a side, or None when the deployment has none."""
    return cast(dict[Side, Provider], current_app.extensions[_PROVIDERS]).get(side)


def of(side: Side) -> Provider:
    """The provider of a side; raises SignInUnavailable when the deployment has none."""
    found = find(side)
    if found is None:
        raise SignInUnavailable(extra={"configured": False})
    return found
