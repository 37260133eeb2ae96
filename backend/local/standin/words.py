"""The few texts of a stand-in's pages, in the six languages, from a file beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import yaml

from backend.core.i18n import DEFAULT, LANGUAGES


class Words:
    """Texts of one file: id → language → text with {named} values."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def texts(self) -> Mapping[str, Mapping[str, str]]:
        """All texts."""
        loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(self._file.read_text(encoding="utf-8"))
        return loaded

    def say(self, key: str, lang: str, **values: object) -> str:
        """One text with its values."""
        return self.texts[key][lang].format_map(values)


def choose(ui_locales: str, accepted: list[str]) -> str:
    """The first language that the portal asked for and that is ours, else the browser's, else German."""
    asked = ui_locales.split() + [tag.lower() for tag in accepted]
    for tag in asked:
        if tag in LANGUAGES:
            return tag
        if tag.partition("-")[0] in LANGUAGES:
            return tag.partition("-")[0]
    return DEFAULT
