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
    "anmelden": Address("shell.page.sign_in", private=True),
    "konto": Address("shell.page.account", private=True),
    "konto/daten": Address("shell.page.my_data", private=True),
    "konto/loeschen": Address("shell.page.delete_account", private=True),
    "antrag-status": Address("shell.page.application_status", private=True),
    "antrag/weiter": Address("shell.page.resume", private=True),
    "echtheit": Address("shell.page.verify", private=True),
}
_STEPS = ("leistungen", "orte", "zeit", "daten", "pruefen", "fertig")
_APPOINTMENT = {
    "": "shell.page.appointment",
    "verschieben": "shell.page.move",
    "bestaetigen": "shell.page.confirm",
    "absagen": "shell.page.cancel",
}
_APPLICATION = {
    "": "shell.page.my_application",
    "bestaetigung": "paper.receipt.title",
    "bezahlt": "shell.page.payment",
    "nachreichen": "shell.page.correction",
    "zuruecknehmen": "shell.page.withdraw",
}
_THING = re.compile(r"(leistungen|standorte|lage)/([a-z0-9-]{1,100})")
_OWN_APPOINTMENT = re.compile(r"termin/([0-9A-Za-z -]{1,20})(?:/([a-z]+))?")
_OWN_APPLICATION = re.compile(r"antraege/([0-9A-Za-z -]{1,20})(?:/([a-z]+))?")
_FORM = re.compile(r"antrag/[a-z][a-z0-9-]{0,79}(/[0-9a-f-]{36}(/[a-z][a-z0-9_.-]{0,80})?)?")


def address(path: str) -> Address | None:
    """Return what stands at a path below the language (without slashes at its ends), or None."""
    if path in _FIXED:
        return _FIXED[path]
    if path.startswith("buchen/") and path.removeprefix("buchen/") in _STEPS:
        return Address("shell.page.booking", private=True)
    if named := _THING.fullmatch(path):
        return Address(thing=Thing(named[1]), slug=named[2])
    if form := _FORM.fullmatch(path):
        return Address("shell.page.application", private=form[1] is not None)
    return _owned(_OWN_APPOINTMENT.fullmatch(path), _APPOINTMENT) or _owned(
        _OWN_APPLICATION.fullmatch(path), _APPLICATION
    )


_STAFF = (
    "",
    "anmelden",
    "briefe",
    "stellungnahmen",
    "protokoll",
    "auskunft",
    "einstellungen",
    "verteilung",
    "hilfe",
)
_CASE = re.compile(r"vorgang/([0-9A-Za-z -]{1,20})")


def is_staff_address(path: str) -> bool:
    """True for a page of the staff's part, by its path below /amt; a case only with a well-formed number."""
    case = _CASE.fullmatch(path)
    return path in _STAFF or (case is not None and parse_reference(case[1]) is not None)


def _owned(found: re.Match[str] | None, titles: dict[str, str]) -> Address | None:
    """Return the private page of one appointment or application; only for a well-formed number."""
    if found is None or (found[2] or "") not in titles or parse_reference(found[1]) is None:
        return None
    return Address(titles[found[2] or ""], private=True)
