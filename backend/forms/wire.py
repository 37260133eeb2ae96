"""A form as the browser gets it: everything it needs to show and check answers, nothing of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from backend.core import names
from backend.forms import texts
from backend.forms.checks import CHECKS
from backend.forms.types import Form, Node

PRIVATE = {"assumptions", "deemed_approval", "four_eyes", "letter_to", "remedy", "shared", "retention_assumption"}


def describe(form: Form, lang: str) -> dict[str, Any]:
    """JSON of one form in one language; texts are simple ICU with the language they are really in."""
    return {
        "slug": form.slug,
        "version": form.version,
        "content_hash": form.content_hash,
        "lang": lang,
        "facts": {key: value for key, value in form.facts.items() if key not in PRIVATE},
        "schema": form.schema,
        "pages": form.pages,
        "texts": {key: {"text": text.text, "lang": text.lang} for key, text in texts.shown(form, lang).items()},
        "checks": _checks(form),
    }


def summaries(forms: Sequence[Form], lang: str) -> list[dict[str, Any]]:
    """JSON of a list of forms: enough to offer them."""
    return [
        {
            "slug": form.slug,
            "service": form.facts["service"],
            "version": form.version,
            "content_hash": form.content_hash,
            "trust_level": form.facts["trust_level"],
            "authorities": form.facts["authorities"],
            "title": asdict(texts.text(form, "service.title", lang, {})),
            "lead": asdict(texts.text(form, "service.lead", lang, {})),
        }
        for form in forms
    ]


def _checks(form: Form) -> dict[str, Any]:
    """What both sides must decide alike, as far as this form asks for it."""
    kinds = set(_kinds(form.schema))
    left_out = {name for name, kind in (("countries", "country"), ("iban", "iban")) if kind not in kinds}
    return {
        **{key: value for key, value in CHECKS.items() if key not in left_out},
        "name": {"prefix": names.BROWSER_PATTERN, "letter": names.BROWSER_LETTER},
        "postcodes": form.rules["tables"]["postcodes"] if "x-postcodes" in kinds else {},
    }


def _kinds(node: Node) -> list[str]:
    """All x-types below a node, and `x-postcodes` where one has it."""
    own = [node["x-type"]] if "x-type" in node else []
    own += ["x-postcodes"] if "x-postcodes" in node else []
    below = [*node.get("properties", {}).values()]
    if isinstance(node.get("items"), dict):
        below.append(node["items"])
    return [*own, *(kind for part in below for kind in _kinds(part))]
