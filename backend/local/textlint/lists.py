"""The word lists of lists.yaml, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import regex
import yaml


@cache
def lists() -> dict[str, Any]:
    """All lists by name."""
    content: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("lists.yaml").read_text(encoding="utf-8"))
    return content


@cache
def any_of(name: str, *, ignore_case: bool = False, language: str = "") -> regex.Pattern[str]:
    """A pattern that finds any entry of a list as whole words."""
    entries = lists()[name]
    chosen = entries.get(language, []) if isinstance(entries, dict) else entries
    body = "|".join(regex.escape(entry) for entry in sorted(chosen, key=len, reverse=True)) or "(?!)"
    return regex.compile(
        rf"(?<![\p{{L}}\p{{N}}])(?:{body})(?![\p{{L}}\p{{N}}])", regex.IGNORECASE if ignore_case else 0
    )
