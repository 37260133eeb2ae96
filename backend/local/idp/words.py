"""The provider's few texts in the six languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from backend.core.i18n import DEFAULT, LANGUAGES


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """All texts: id → language → text."""
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8")
    )
    return loaded


def say(key: str, lang: str, **values: object) -> str:
    """One text with its values."""
    return texts()[key][lang].format_map(values)


def choose(ui_locales: str, accepted: list[str]) -> str:
    """The first language that the portal asked for and that is ours, else the browser's, else German."""
    asked = ui_locales.split() + [tag.lower() for tag in accepted]
    for tag in asked:
        if tag in LANGUAGES:
            return tag
        if tag.partition("-")[0] in LANGUAGES:
            return tag.partition("-")[0]
    return DEFAULT
