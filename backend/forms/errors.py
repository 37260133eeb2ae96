"""What a caller has to know about a form."""

from __future__ import annotations

from backend.core.errors import Unavailable


class FormChanged(Unavailable):
    """The files of a published form are not those that were published; it is not served until they are."""
