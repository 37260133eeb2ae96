"""The cookies of sessions and of sign-ins in progress."""

from __future__ import annotations

from backend.core import cookies

SIGN_IN = "__Host-amtsweg-signin"
SIGN_IN_SECONDS = 600
read = cookies.read


def give_session(name: str, secret: str) -> None:
    """Send a session cookie: for this browser session, for our own pages only."""
    cookies.give(name, secret, same_site="Strict")


def end_session(name: str) -> None:
    """Let the browser forget a session and what its pages left there."""
    cookies.take_back(name, same_site="Strict")
    cookies.forget_page_data()


def give_sign_in(secret: str) -> None:
    """Send the cookie of a sign-in in progress: it must come along when the provider sends the browser back."""
    cookies.give(SIGN_IN, secret, same_site="Lax", max_age=SIGN_IN_SECONDS)


def end_sign_in() -> None:
    """The sign-in is over, whatever came of it."""
    cookies.take_back(SIGN_IN, same_site="Lax")
