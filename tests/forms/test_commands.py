"""What authors type: each command ends with a sentence and an exit code that a script can use."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from backend.core.i18n import LANGUAGES
from backend.forms import loading, registry
from backend.forms.commands import forms
from backend.forms.types import Form


def run(*words: str) -> Result:
    return CliRunner().invoke(forms, list(words))


def test_lint_names_no_fault_of_what_is_published() -> None:
    done = run("lint", "meldebescheinigung")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "no faults")


def test_lint_fails_for_what_is_not_there() -> None:
    done = run("lint", "moon")
    assert (done.exit_code, done.output.splitlines()[0]) == (1, "moon: folder: has no version")


def test_cases_tells_how_many_it_ran() -> None:
    done = run("cases", "meldebescheinigung")
    assert done.exit_code == 0
    assert done.output.startswith("8 cases come out as expected")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", registry.slugs())
def test_preview_has_a_word_for_everything(slug: str, lang: str) -> None:
    shown = run("preview", slug, "--lang", lang).output
    form = loading.load(slug, loading.versions(slug)[-1])
    assert all(f"[{page.id}]" in shown for page in form.plan)
    assert all(f"[{rule['id']}]" in shown for rule in form.rules["route"])
    assert not [line for line in shown.splitlines() if "<" in line.split("[")[0] and ".label>" in line]


def test_hash_says_whether_it_is_published(form: Form) -> None:
    newest = registry.newest("meldebescheinigung")
    assert run("hash", "meldebescheinigung").output.splitlines()[:2] == [
        f"meldebescheinigung/{newest.version} published",
        f"content {newest.content_hash}",
    ]


def test_publish_refuses_what_is_published() -> None:
    done = run("publish", "meldebescheinigung")
    assert done.exit_code == 1
    assert "is published already" in done.output


def test_parity_writes_every_case() -> None:
    told = json.loads(run("parity").output)
    assert {case["form"] for case in told["cases"]} == set(told["forms"])
    assert sum(not case["spoiled"] for case in told["cases"]) >= 5 * len(told["forms"])
