"""What can go wrong with sign-in and account; each docstring's first line is the detail that developers read."""

# ruff: noqa: N818 - an error is named for what happened, like its code

from __future__ import annotations

from backend.core.errors import Conflict, DomainError, Unavailable


class SignInUnavailable(Unavailable):
    """Nobody can sign in at this moment, or this portal has no issuer (`configured`); everything else goes on."""

    code = "sign_in_unavailable"


class BadLogoutToken(DomainError):
    """This is no logout token of our issuer, or it was used before."""

    code = "bad_logout_token"
    status = 400


class AccountInUse(Conflict):
    """Something must end before the account can be deleted; `reasons` names it."""

    code = "account_in_use"
