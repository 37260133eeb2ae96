"""The portal's addresses below the language: which exist, what they are called, which search engines may keep."""

import re
from dataclasses import dataclass
from enum import StrEnum

from backend.core.security import parse_reference


class Thing(StrEnum):
    """What an address names in the catalogue."""

    SERVICE = "leistungen"
    OFFICE = "standorte"
    SITUATION = "lage"


@dataclass(frozen=True, slots=True)
class Address:
    """A known address: a fixed page (message id of its title; None = the portal's own), or a thing of the catalogue."""

    title: str | None = None
    thing: Thing | None = None
    slug: str = ""
    private: bool = False


_FIXED = {
    "": Address(),
    "suche": Address("shell.page.search"),
    "leistungen": Address("shell.page.services"),
    "standorte": Address("shell.page.offices"),
    "termin": Address("shell.page.appointment", private=True),
    "barrierefreiheit": Address("shell.page.accessibility"),
    "rueckmeldung": Address("shell.page.feedback"),
    "impressum": Address("shell.page.imprint"),
    "datenschutz": Address("shell.page.privacy"),
    "leichte-sprache": Address("shell.page.easy"),
}
_STEPS = ("leistungen", "orte", "zeit", "daten", "pruefen", "fertig")
_APPOINTMENT = {
    "": "shell.page.appointment",
    "verschieben": "shell.page.move",
    "bestaetigen": "shell.page.confirm",
    "absagen": "shell.page.cancel",
}
_THING = re.compile(r"(leistungen|standorte|lage)/([a-z0-9-]{1,100})")
_OWN_APPOINTMENT = re.compile(r"termin/([0-9A-Za-z -]{1,20})(?:/([a-z]+))?")


def address(path: str) -> Address | None:
    """Return what stands at a path below the language (without slashes at its ends), or None."""
    if path in _FIXED:
        return _FIXED[path]
    if path.startswith("buchen/") and path.removeprefix("buchen/") in _STEPS:
        return Address("shell.page.booking", private=True)
    if named := _THING.fullmatch(path):
        return Address(thing=Thing(named[1]), slug=named[2])
    own = _OWN_APPOINTMENT.fullmatch(path)
    if own and (own[2] or "") in _APPOINTMENT and parse_reference(own[1]) is not None:
        return Address(_APPOINTMENT[own[2] or ""], private=True)
    return None
