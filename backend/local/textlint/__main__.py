"""`python -m backend.local.textlint [words of a key …]`: prints every error; `make check` fails on one.

Warnings are counted per language and may not rise above warnings.json. Exceptions lie in exceptions.yaml as
`key: {language: {check: reason}}`; one that is no longer needed is an error.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from backend.local.textlint import plain, simple
from backend.local.textlint.finding import ERROR, Finding
from backend.local.textlint.prepare import prepared
from backend.local.textlint.texts import Text, collect

FOLDER = Path(__file__).parent
EXCEPTIONS = FOLDER / "exceptions.yaml"
RATCHET = FOLDER / "warnings.json"


def findings(text: Text) -> Iterator[Finding]:
    """Everything that is wrong with one text, each fault once."""
    if not text.value:
        yield Finding("L24", ERROR, text.key, "Text fehlt")
        return
    if text.kind == "legal":
        return
    seen: set[Finding] = set()
    for finding in all_of(text):
        if finding not in seen:
            seen.add(finding)
            yield finding


def all_of(text: Text) -> Iterator[Finding]:
    """The checks of the text's language on its source and on each of its branches."""
    yield from plain.check_source(text)
    for branch in prepared(text.value):
        if text.language == "de-simple":
            yield from simple.check(branch, text.kind)
        else:
            yield from plain.check_branch(text, branch)


def judge(texts: list[Text]) -> tuple[list[tuple[Text, Finding]], Counter[str], list[str]]:
    """Errors not excepted, number of warnings by language, exceptions that nothing needs."""
    allowed: dict[str, Any] = yaml.safe_load(EXCEPTIONS.read_text(encoding="utf-8")) or {}
    unused = {
        (key, language, check) for key, rest in allowed.items() for language, ids in rest.items() for check in ids
    }
    errors: list[tuple[Text, Finding]] = []
    warnings: Counter[str] = Counter()
    for text, finding in ((one, finding) for one in texts for finding in findings(one)):
        place = (text.key, text.language, finding.check)
        if finding.check in allowed.get(text.key, {}).get(text.language, {}):
            unused.discard(place)
        elif finding.severity == ERROR:
            errors.append((text, finding))
        else:
            warnings[text.language] += 1
    return errors, warnings, [" ".join(place) for place in sorted(unused)]


def main() -> int:
    """Print errors, needless exceptions and risen warnings; the exit code says whether there were any."""
    wanted = [word for word in sys.argv[1:] if not word.startswith("--")]
    texts = [text for text in collect() if all(word in f"{text.language} {text.key}" for word in wanted)]
    errors, warnings, unused = judge(texts)
    write = sys.stdout.write
    for text, finding in errors:
        write(f"{text.language:<9} {text.key}: {finding.check} {finding.words!r}: {finding.hint}\n")
    if wanted:
        return 1 if errors else 0
    if "--ratchet" in sys.argv:
        RATCHET.write_text(json.dumps(dict(sorted(warnings.items())), indent=1) + "\n", encoding="utf-8")
    most = json.loads(RATCHET.read_text(encoding="utf-8")) if RATCHET.exists() else {}
    risen = [
        f"{name}: {count} warnings, were {most.get(name, 0)}"
        for name, count in warnings.items()
        if count > most.get(name, 0)
    ]
    for line in [*(f"exception not needed: {place}" for place in unused), *risen]:
        write(f"{line}\n")
    write(f"{len(texts)} texts, {len(errors)} errors, {sum(warnings.values())} warnings\n")
    return 1 if errors or unused or risen else 0


if __name__ == "__main__":
    sys.exit(main())
