"""The door of the forms: published versions, visibility, validation, rules, texts. Knows no person and no database."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from backend.core.clock import BERLIN
from backend.core.errors import FieldError
from backend.core.i18n import LocalizedText
from backend.forms import account, merging, registry, rules, texts, validation, versions
from backend.forms.errors import FormChanged
from backend.forms.types import Answers, Evaluation, Form, FormChange, Kept, PageView, Prefill
from backend.forms.visibility import keep


def published(slug: str) -> Form:
    """The newest published version of a service's form; raises NotFound."""
    return registry.newest(slug)


def get(slug: str, version: int) -> Form:
    """One published version; raises NotFound."""
    return registry.get(slug, version)


def all_published() -> list[Form]:
    """The newest published form of every service, by slug; one whose files were changed is left out."""
    found = []
    for slug in registry.slugs():
        with suppress(FormChanged):
            found.append(registry.newest(slug))
    return found


def kept(form: Form, answers: Answers) -> Kept:
    """Answers trimmed and without hidden ones, what was dropped, and the pages with their visible fields."""
    return keep(form, answers)


def visible(form: Form, answers: Answers) -> list[str]:
    """JSON pointers of the visible fields in the order of asking."""
    return keep(form, answers).visible


def pages(form: Form, answers: Answers) -> list[PageView]:
    """The visible pages in order; a repeated one once for each entry."""
    return list(keep(form, answers).pages)


def drop_hidden(form: Form, answers: Answers) -> tuple[dict[str, Any], list[str]]:
    """The answers trimmed and without hidden, empty and unknown ones, and the pointers of what was there and went."""
    found = keep(form, answers)
    return found.answers, list(found.dropped)


def validate(form: Form, answers: Answers, page: str | None = None, *, today: date | None = None) -> list[FieldError]:
    """Every fault of the whole answers, or of one page (its address, `child.2`); the day is Berlin's unless given."""
    return list(validation.faults(form, answers, keep(form, answers), today or _today(), page))


def evaluate(form: Form, answers: Answers, facts: Mapping[str, Any]) -> Evaluation:
    """What the rules say on these answers (hidden ones are dropped first).

    Facts: `level`, `profile_matches`, `represented`, and `today` (date or ISO text; else Berlin's day).
    """
    today = facts.get("today") or _today()
    day = date.fromisoformat(today) if isinstance(today, str) else today
    return rules.evaluate(form, keep(form, answers).answers, facts, day)


def merge(form: Form, answers: Answers, page: str, typed: Answers) -> tuple[dict[str, Any], list[FieldError]]:
    """The answers with what was typed on one page, and what could not be stored; see `merging.merge`."""
    return merging.merge(form, answers, page, typed)


def fits(form: Form, field: str, value: Any) -> bool:
    """True when a value has the JSON type of a field all the way down, so that it can be stored."""
    return field in form.fields and merging.fits(form.fields[field], value)


def prefilled(form: Form, claims: Mapping[str, Any]) -> list[Prefill]:
    """The values that the account's claims give to the fields of a form."""
    return account.prefilled(form, claims)


def matches(form: Form, answers: Answers, claims: Mapping[str, Any]) -> bool:
    """True when every field that an account can fill equals the account's claim."""
    return account.matches(form, keep(form, answers).answers, claims)


def slots(form: Form, answers: Answers) -> dict[str, int]:
    """The visible file slots and how many files each takes."""
    names = [pointer[1:] for pointer in keep(form, answers).visible if pointer[1:] in form.fields]
    return {name: form.fields[name]["maxItems"] for name in names if form.fields[name]["x-type"] == "file"}


def text(form: Form, key: str, lang: str, **values: object) -> LocalizedText:
    """A text of the form with its values, German when the language has none; raises KeyError for an unknown key."""
    return texts.text(form, key, lang, values)


def error_text(form: Form, error: FieldError, lang: str) -> LocalizedText:
    """The sentence that a fault says at its field."""
    return texts.error_text(form, error, lang)


def label(form: Form, pointer: str, lang: str) -> str:
    """The label of the field at a pointer."""
    return texts.label_of(form, pointer, lang)


def changes(old: Form, new: Form) -> FormChange:
    """What moving a draft from one version to another means: the same, other words only, or other questions."""
    return versions.changes(old, new)


def _today() -> date:
    return datetime.now(BERLIN).date()
