"""Headers of files that a person saves: any name, no power over the page."""

from __future__ import annotations

from urllib.parse import quote

FILE_POLICY = "sandbox; default-src 'none'"


def headers_for(name: str) -> dict[str, str]:
    """Save under this name (RFC 6266), whatever letters it has; the file may do nothing in our name."""
    plain = "".join(letter if letter.isascii() and letter.isprintable() else "_" for letter in name)
    quoted = plain.replace('"', "_").replace("\\", "_")
    return {
        "Content-Disposition": f"attachment; filename=\"{quoted}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": FILE_POLICY,
    }
