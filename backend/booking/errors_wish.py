"""Reasons why a wish cannot be an appointment; each names the values that are wrong."""

from __future__ import annotations

from backend.core.errors import Invalid


class UnknownService(Invalid):
    """No service of this name takes appointments."""

    code = "unknown_service"


class UnknownOffice(Invalid):
    """No office of this name takes appointments."""

    code = "unknown_office"


class NotOffered(Invalid):
    """This office does not offer all of the services."""

    code = "not_offered"


class NotCombinable(Invalid):
    """These services cannot be settled in one appointment."""

    code = "not_combinable"


class TooMany(Invalid):
    """Too many concerns or persons for one appointment."""

    code = "too_many"
