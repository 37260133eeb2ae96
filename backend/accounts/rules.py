"""Decisions on plain values: levels, return addresses, what a claim is worth, which device it was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, cast
from urllib.parse import quote, urlencode

from backend.accounts.types import Outcome, ReturnPage, ReturnTo, Role
from backend.core.access import LEVELS, Level, reaches

MOST_SESSIONS = 5
LONGEST_CLAIM = 1_000
NAMES = ("given_name", "family_name")
# what is kept of a userinfo answer; gender is not asked for (domain/standards.md B.1)
TEXTS = (
    "bpk2", "title", "birth_family_name", "birthdate", "email", "phone_number", "mailbox_handle", "document_type",
    "eidas_country",
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_HOUSE_NUMBER = re.compile(r"(?P<street>\D.*?)\s+(?P<number>\d+\s?[a-zA-Z]?(?:\s?[-/]\s?\d+\s?[a-zA-Z]?)?)\Z")
_PARAMS: Mapping[ReturnPage, tuple[str, ...]] = {
    ReturnPage.FORM_START: ("service",),
    ReturnPage.DRAFT: ("service", "draft"),
    ReturnPage.APPLICATION: ("reference",),
    ReturnPage.CASE: ("reference",),
}
_PATHS: Mapping[ReturnPage, str] = {
    ReturnPage.HOME: "",
    ReturnPage.ACCOUNT: "konto",
    ReturnPage.MY_DATA: "konto/daten",
    ReturnPage.FORM_START: "antrag/{service}",
    ReturnPage.DRAFT: "antrag/{service}/{draft}",
    ReturnPage.APPLICATION: "antraege/{reference}",
    ReturnPage.SIGN_IN_DONE: "anmelden",
    ReturnPage.CASE: "vorgang/{reference}",
}
_DEVICES = (
    ("browser", (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))),
    (
        "system",
        (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
         ("CrOS", "ChromeOS"), ("Linux", "Linux")),
    ),
)  # fmt: skip


def level_of(acr: object, levels: Mapping[str, str]) -> Level:
    """The level of trust that an issuer's `acr` means; what nobody knows means none."""
    return cast(Level, levels.get(acr, "none")) if isinstance(acr, str) else "none"


def acr_values(level: str, levels: Mapping[str, str]) -> str | None:
    """How to ask the issuer for at least this level: its first name for it and for each higher one, lowest first."""
    wanted = [next((name for name, known in levels.items() if known == each), None) for each in LEVELS]
    return " ".join(name for each, name in zip(LEVELS, wanted, strict=True) if name and reaches(each, level)) or None


def params_of(page: ReturnPage) -> tuple[str, ...]:
    """The parameters that a return page needs."""
    return _PARAMS.get(page, ())


def return_address(root: str, to: ReturnTo) -> str:
    """The portal's address of a return page below the root of a side (`Side.root`)."""
    path = _PATHS[to.page].format_map({name: quote(value, safe="") for name, value in to.params.items()})
    done = "?grund=done" if to.page is ReturnPage.SIGN_IN_DONE else ""
    return f"{root}/{path}{done}".rstrip("/")


def outcome_address(root: str, outcome: Outcome, to: ReturnTo, level: str) -> str:
    """The sign-in page that tells why it did not work and knows where the person wanted to go, at which level."""
    known = {"grund": outcome.value, "stufe": level, "ziel": to.page.value, **to.params}
    return f"{root}/anmelden?{urlencode(known)}"


def person_claims(userinfo: Mapping[str, Any]) -> dict[str, Any]:
    """The claims that are kept, cleaned: NFC, without control signs, of sane length; everything else is left out."""
    kept: dict[str, Any] = {name: text for name in (*NAMES, *TEXTS) if (text := text_claim(userinfo.get(name)))}
    for name in ("address", "place_of_birth"):
        if isinstance(userinfo.get(name), Mapping):
            parts = {str(key): text for key, value in userinfo[name].items() if (text := text_claim(value))}
            kept |= {name: parts} if parts else {}
    if nationalities := texts(userinfo.get("nationalities")):
        kept["nationalities"] = nationalities
    return kept


def text_claim(value: object) -> str | None:
    """A claim that is a usable text, else None."""
    if not isinstance(value, str) or len(value) > LONGEST_CLAIM:
        return None
    return _CONTROL.sub("", unicodedata.normalize("NFC", value)).strip() or None


def texts(value: object) -> list[str]:
    """A claim that is a list of words."""
    found = [text_claim(item) for item in value[:100]] if isinstance(value, list) else []
    return [text for text in found if text]


def roles_of(words: Iterable[str]) -> list[str]:
    """The roles among the words of a claim."""
    return sorted(set(words) & set(Role))


def street_and_number(line: str | None) -> tuple[str | None, str | None]:
    """A German address line as street and house number; the whole line as street when it has no such end."""
    found = _HOUSE_NUMBER.match(line) if line else None
    return (found["street"].rstrip(", "), found["number"]) if found else (line, None)


def device_of(user_agent: str) -> str | None:
    """Browser and system in two words (`Firefox, Linux`), enough to tell one's own devices apart; None if unknown."""
    words = []
    for _kind, marks in _DEVICES:
        words += [name for mark, name in marks if mark in user_agent][:1]
    return ", ".join(words) or None
