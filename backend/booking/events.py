"""What booking tells others about itself when the application starts."""

from __future__ import annotations

from flask import Flask

from backend.booking import recent
from backend.booking.service.letter import Appointments
from backend.notifications import service as notifications


def connect(app: Flask) -> None:
    """Messages about appointments ask booking what is true now; answers about free times have their place."""
    notifications.register_source(app, Appointments())
    recent.begin(app)
