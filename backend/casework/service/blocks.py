"""Text blocks: sentences of the office that exist in all languages, for every service and for single ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend.core.errors import FieldError, Invalid
from backend.core.i18n import DEFAULT, LANGUAGES
from backend.forms.texts import BLOCK
from backend.forms.types import Form

FILE = Path(__file__).parents[1] / "data" / "blocks.yaml"


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block: what it is for, its title for staff (German), its text in every language."""

    id: str
    kind: str
    outcome: str | None
    title: str
    texts: Mapping[str, str]


@cache
def general() -> tuple[Block, ...]:
    """The blocks that fit every service."""
    content = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(Block(**each) for each in content["blocks"])


def own(form: Form) -> tuple[Block, ...]:
    """The blocks of one form package: its texts `block.<kind>[.<outcome>].<name>.text` and `….title`."""
    found = []
    for key, german in form.texts[DEFAULT].items():
        match = BLOCK.fullmatch(key)
        if match is None or match[3] != "text":
            continue
        name = key.removeprefix("block.").removesuffix(".text")
        title = form.texts[DEFAULT].get(f"block.{name}.title", german)
        texts = {lang: form.texts[lang][key] for lang in LANGUAGES}
        kind = match[1].partition(".")[0]
        found.append(Block(id=f"{form.slug}.{name}", kind=kind, outcome=match[2], title=title, texts=texts))
    return tuple(found)


def listed(form: Form | None, kind: str | None) -> list[Block]:
    """The blocks for a service, its own first; without a service only the general ones."""
    found = (*(own(form) if form is not None else ()), *general())
    return [block for block in found if kind in (None, block.kind)]


def chosen(form: Form, kind: str, ids: Sequence[str], *, outcome: str | None = None) -> list[Block]:
    """The blocks that somebody picked, in that order; raises Invalid for one that does not fit."""
    fitting: dict[str, Block] = {
        block.id: block for block in listed(form, kind) if outcome is None or block.outcome in (None, outcome)
    }
    faults = [FieldError(f"/blocks/{place}", "unknown_block") for place, name in enumerate(ids) if name not in fitting]
    if faults:
        raise Invalid(errors=faults)
    return [fitting[name] for name in ids]


def plain(block: Block) -> dict[str, Any]:
    """A block as the API shows it."""
    return {"id": block.id, "kind": block.kind, "outcome": block.outcome, "title": block.title, "texts": block.texts}
