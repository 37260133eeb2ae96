"""Hooks the portal's pages into the application."""

from pathlib import Path

from flask import Flask

from backend.shell.pages import EXTENSION, PageConverter, pages
from backend.shell.portal import Portal

DIST = Path(__file__).parents[2] / "frontend" / "dist"


def connect(app: Flask) -> None:
    """Read the built portal and register its addresses.

    Werkzeug would merge doubled slashes by a redirect that it builds from the Host header; such an address is 404 here.
    """
    app.url_map.merge_slashes = False
    app.url_map.converters["page"] = PageConverter
    app.extensions[EXTENSION] = Portal(DIST)
    app.register_blueprint(pages)
