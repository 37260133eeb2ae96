"""Errors of capacity that no person can cause."""

from __future__ import annotations


class NoSuchLaneError(LookupError):
    """A resource id that is in no office: a fault in the calling code or data, not in a request."""

    def __init__(self, resource_id: int) -> None:
        super().__init__(f"resource {resource_id} does not exist")
