"""Who applied, read from the answers: the fields that an account would fill (`x-prefill`) name the person."""

from __future__ import annotations

from datetime import date
from typing import Any

from backend.applications import form as reading
from backend.casework import rules
from backend.casework.types import Applicant
from backend.core.security import derived_key
from backend.forms import account
from backend.forms.types import Form


def of_answers(form: Form, answers: dict[str, Any]) -> Applicant:
    """Name and date of birth as the answers say them; a person may have one name only."""
    said: dict[str, Any] = {}
    for pointer, node in account.asked(form.fields):
        said.setdefault(node["x-prefill"], reading.at(answers, pointer))
    parts = [str(said[part]) for part in ("given_name", "family_name") if said.get(part)]
    family_name = said.get("family_name")
    address = said.get("address")
    return Applicant(
        name=" ".join(parts) or None,
        given_name=said.get("given_name"),
        family_name=family_name,
        birth_date=said.get("birth_date"),
        postcode=address.get("postcode") if isinstance(address, dict) else said.get("postcode"),
    )


def index_of(applicant: Applicant) -> bytes | None:
    """The blind index of name and date of birth, None when one of them is missing or no date."""
    if not applicant.family_name or not applicant.birth_date:
        return None
    try:
        born = date.fromisoformat(applicant.birth_date)
    except ValueError:
        return None
    return index(applicant.family_name, born)


def index(family_name: str, born: date) -> bytes:
    """The same for what somebody looks for."""
    return rules.birth_index(derived_key("case-birth"), family_name, born)
