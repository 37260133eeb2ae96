"""The door of accounts for other rooms: profile, guest sessions, and what they tell or are told about a person."""

from backend.accounts.service.farewell import erase_again
from backend.accounts.service.guest import start_guest_session
from backend.accounts.service.person import profile
from backend.accounts.service.retention import idle
from backend.accounts.service.sessions import train
from backend.accounts.service.ties import (
    on_idle,
    on_sign_in,
    register_copies,
    register_farewell,
    register_objects,
    register_section,
)

__all__ = [
    "erase_again",
    "idle",
    "on_idle",
    "on_sign_in",
    "profile",
    "register_copies",
    "register_farewell",
    "register_objects",
    "register_section",
    "start_guest_session",
    "train",
]
