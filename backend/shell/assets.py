"""The built files of the portal: read once at start, served from memory with the copies that the build compressed."""

from dataclasses import dataclass
from pathlib import Path

from flask import Response, request

from backend.core.errors import NotFound

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
ENCODINGS = {"br": ".br", "gzip": ".gz"}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its type, its bytes, and its compressed copies by the name of the encoding."""

    content_type: str
    plain: bytes
    packed: dict[str, bytes]


def read_assets(folder: Path) -> dict[str, Asset]:
    """Return the files below a folder by their path; only kinds that a browser needs, so nothing else can leak."""
    return {
        path.relative_to(folder).as_posix(): _read(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in TYPES
    }


def _read(path: Path) -> Asset:
    copies = {encoding: path.with_name(path.name + ending) for encoding, ending in ENCODINGS.items()}
    packed = {encoding: copy.read_bytes() for encoding, copy in copies.items() if copy.is_file()}
    return Asset(TYPES[path.suffix], path.read_bytes(), packed)


def serve(assets: dict[str, Asset], name: str) -> Response:
    """Return a file whose name holds a hash of its content: it may be kept for ever. NotFound for any other."""
    asset = assets.get(name)
    if asset is None:
        raise NotFound
    encoding = request.accept_encodings.best_match(list(asset.packed))
    response = Response(asset.packed[encoding] if encoding else asset.plain, content_type=asset.content_type)
    response.headers["Cache-Control"] = FOR_EVER
    if asset.packed:
        response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response
