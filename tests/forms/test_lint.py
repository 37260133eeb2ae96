"""Lint finds each fault of a package and names file, key and reason; publishing refuses what lint refuses."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backend.core.errors import NotFound
from backend.core.i18n import LANGUAGES
from backend.forms import loading, registry
from backend.forms.authoring import linting, publishing
from backend.forms.authoring.finding import Finding
from backend.forms.errors import FormChanged
from tests.forms import toy

Files = dict[str, Any]
Change = Callable[[Files], object]
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _forget() -> None:
    for remembered in (loading.load, registry.registry, registry.get):
        remembered.cache_clear()


def lint(folder: Path, change: Change | None = None) -> list[Finding]:
    files = toy.package()
    if change is not None:
        change(files)
    return linting.lint(toy.SLUG, toy.write(folder, files))


def fields(files: Files) -> Any:
    return files["data.schema.json"]["properties"]


def page(files: Files, name: str) -> Any:
    return next(one for one in files["pages.json"]["pages"] if one["id"] == name)


def fee(files: Files, expression: Any) -> None:
    files["rules.json"]["fee"][0]["when"] = expression


REMEDY: dict[str, Any] = {
    "kind": "widerspruch", "months": 1, "office": None, "court": None, "source": "invented", "checked": False
}  # fmt: skip


def block(files: Files, name: str, *, but: str | None = None, title: bool = True) -> None:
    """A text block in all languages, or in all but one."""
    for lang in LANGUAGES:
        if lang != but:
            files[f"i18n/{lang}.json"][f"block.{name}.text"] = "x"
    if title:
        files["i18n/de.json"][f"block.{name}.title"] = "x"


@pytest.mark.parametrize("setting", ["never", "on_refusal", "always", {"above_fee_cents": 0}, {"random_percent": 5}])
def test_four_eyes_have_five_ways(tmp_path: Path, setting: Any) -> None:
    assert lint(tmp_path, lambda f: f["service.json"].update(four_eyes=setting)) == []


def test_a_whole_text_block_and_a_remedy_are_good(tmp_path: Path) -> None:
    assert lint(tmp_path, lambda f: [block(f, "decision.refused.photo"), f["service.json"].update(remedy=REMEDY)]) == []


def test_a_good_package_has_no_faults(tmp_path: Path) -> None:
    assert lint(tmp_path) == []


def test_every_package_of_the_portal_is_good() -> None:
    assert [str(finding) for finding in linting.lint()] == []


FAULTS: list[tuple[Change, str, str, str]] = [
    (lambda f: f["service.json"].update(trust_level="highest"), "service.json", "trust_level", "not one of"),
    (lambda f: f["service.json"].pop("payment"), "service.json", "$", "'payment' is a required"),
    (
        lambda f: f["service.json"].update(responsible_office="moon"),
        "service.json",
        "responsible_office",
        "not in the cat",
    ),
    (lambda f: f["service.json"].update(promise_days=5), "service.json", "promise_days", "source"),
    (
        lambda f: f["service.json"].update(service="meldebescheinigung", leika="99000000000000"),
        "service.json",
        "leika",
        "cat",
    ),
    (lambda f: f["service.json"].update(four_eyes="sometimes"), "service.json", "four_eyes", "not valid"),
    (lambda f: f["service.json"].update(four_eyes={"random_percent": 0}), "service.json", "four_eyes", "not valid"),
    (lambda f: f["service.json"].update(four_eyes={"random_percent": 101}), "service.json", "four_eyes", "not valid"),
    (lambda f: f["service.json"].update(four_eyes={"above_fee_cents": -1}), "service.json", "four_eyes", "not valid"),
    (lambda f: f["service.json"].update(remedy={**REMEDY, "days": 30}), "service.json", "remedy", "not valid"),
    (lambda f: f["service.json"].update(remedy={**REMEDY, "kind": "klage"}), "service.json", "remedy.court", "court"),
    (lambda f: f["service.json"].update(remedy={**REMEDY, "office": "moon"}), "service.json", "remedy.office", "cat"),
    (lambda f: f["service.json"].update(letter_to=["moon"]), "service.json", "letter_to", "no address"),
    (lambda f: f["service.json"].update(letter_to=["family_name"]), "service.json", "letter_to", "no address"),
    (lambda f: block(f, "request.photo", but="uk"), "uk.json", "block.request.photo.text", "is missing"),
    (lambda f: block(f, "request.photo", title=False), "de.json", "block.request.photo.text", "has no title"),
    (lambda f: block(f, "moods.photo"), "de.json", "block.moods.photo.text", "belongs to no"),
    (lambda f: f["i18n/de.json"].update({"block.request.a.title": "x"}), "de.json", "block.request.a.title", "of no"),
    (lambda f: f.pop("pages.json"), "pages.json", "file", "is missing"),
    (lambda f: f.pop("i18n/de-simple.json"), "de-simple.json", "file", "is missing"),
    (lambda f: fields(f)["age"].pop("maximum"), "data.schema.json", "age", "needs maximum"),
    (lambda f: fields(f)["age"].update(multipleOf=2), "data.schema.json", "age", "does not know multipleOf"),
    (lambda f: fields(f)["code"].update(pattern="^\\d+$"), "data.schema.json", "code", "pattern must be"),
    (lambda f: fields(f)["pets"].update({"x-type": "maybe"}), "data.schema.json", "pets", "unknown"),
    (lambda f: fields(f)["pets"].update({"type": "string"}), "data.schema.json", "pets", "type must be 'boolean'"),
    (lambda f: fields(f).update({"Upper": fields(f)["pets"]}), "data.schema.json", "Upper", "no name"),
    (lambda f: fields(f)["end"].update({"x-not-before": "/later"}), "data.schema.json", "end", "no earlier date"),
    (lambda f: fields(f)["start"].update({"x-not-after": "soon"}), "data.schema.json", "start", "no limit"),
    (lambda f: fields(f)["animal"].update(enum=["cat"]), "data.schema.json", "animal", "2 to 60"),
    (lambda f: fields(f)["true"].pop("const"), "data.schema.json", "true", "needs const"),
    (lambda f: fields(f)["home"].update({"x-prefill": "street"}), "data.schema.json", "home", "claim address"),
    (lambda f: fields(f)["home"].update({"$ref": "shared#/$defs/moon"}), "toy/1", "package", "not in the shared"),
    (lambda f: page(f, "you")["fields"].pop(), "pages.json", "home", "stands on 0 pages"),
    (lambda f: page(f, "pet")["fields"].append({"field": "age"}), "pages.json", "age", "stands on 2 pages"),
    (lambda f: page(f, "pet")["fields"].append({"field": "moon"}), "pages.json", "moon", "no field"),
    (lambda f: page(f, "you").update(visible_if=toy.when("pets", True)), "pages.json", "you", "not asked before"),
    (
        lambda f: page(f, "mates").update(visible_if={"properties": {"pets": {"const": True}}}),
        "pages.json",
        "mates",
        "required",
    ),
    (lambda f: page(f, "mates").update(visible_if={"if": True}), "pages.json", "mates", "do not know if"),
    (lambda f: page(f, "kid").update(repeat="pets"), "pages.json", "kid", "is no group"),
    (
        lambda f: f["pages.json"]["pages"].insert(0, f["pages.json"]["pages"].pop(6)),
        "pages.json",
        "kid",
        "must come before",
    ),
    (lambda f: page(f, "mates").update(review_group="a"), "pages.json", "mates", "do not follow"),
    (lambda f: fee(f, {"eval": 1}), "rules.json", "fee.animal", "not one known operator"),
    (lambda f: fee(f, {"eq": [1]}), "rules.json", "fee.animal", "list of 2"),
    (lambda f: fee(f, {"exists": "/moon"}), "rules.json", "fee.animal", "no answer /moon"),
    (lambda f: fee(f, {"get": "mood"}), "rules.json", "fee.animal", "no fact"),
    (lambda f: fee(f, {"lookup": ["moon", "x"]}), "rules.json", "fee.animal", "no table"),
    (lambda f: f["rules.json"]["route"][0].update(when=False), "rules.json", "route", "must end"),
    (
        lambda f: f["rules.json"]["decision"][0]["then"].update(decision="refuse"),
        "rules.json",
        "decision[0].then",
        "not one of",
    ),
    (lambda f: f["i18n/de.json"].pop("age.label"), "de.json", "age.label", "is missing"),
    (lambda f: f["i18n/de-simple.json"].pop("age.label"), "de-simple.json", "age.label", "is missing"),
    (lambda f: f["i18n/de.json"].update({"agge.label": "x"}), "de.json", "agge.label", "belongs to no"),
    (lambda f: f["i18n/en.json"].update({"agge.label": "x"}), "en.json", "agge.label", "not in the German"),
    (lambda f: f["i18n/en.json"].update({"age.label": "Age {n}"}), "en.json", "age.label", "does not have: n"),
    (lambda f: f["i18n/tr.json"].update({"age.label": "{"}), "tr.json", "age.label", "no simple ICU"),
    (lambda f: f["cases/dog.json"]["expect"].update(fee_cents=1), "dog.json", "fee_cents", "expected 1, came out 1100"),
    (lambda f: f["cases/none.json"]["expect"].update(errors=[]), "none.json", "errors", "there but not expected"),
    (lambda f: f.pop("cases/dog.json"), "cases", "fee.animal", "no case reaches"),
    (lambda f: f.pop("cases/dog.json"), "cases", "/animal_name", "no case shows"),
    (lambda f: [f.pop("cases/none.json"), f.pop("cases/home.json")], "cases", "faulty", "no case has faults"),
]


@pytest.mark.parametrize(("change", "file", "key", "reason"), FAULTS)
def test_finds(tmp_path: Path, change: Change, file: str, key: str, reason: str) -> None:
    found = lint(tmp_path, change)
    assert any(one.file.endswith(file) and key in one.key and reason in one.reason for one in found), [
        str(one) for one in found
    ]


def test_finds_a_key_that_stands_twice(tmp_path: Path) -> None:
    folder = toy.write(tmp_path)
    file = folder / toy.SLUG / "1" / "i18n" / "de.json"
    file.write_text('{"age.label": "a", "age.label": "b"}', encoding="utf-8")
    assert [(one.key, "twice" in one.reason) for one in linting.lint(toy.SLUG, folder)] == [("file", True)]


def published(folder: Path, change: Change | None = None, version: int = 1, **options: bool) -> list[Finding]:
    files = toy.package()
    if change is not None:
        change(files)
    toy.write(folder, files, version)
    loading.load.cache_clear()
    return publishing.publish(toy.SLUG, TODAY, packages=folder, **options)


def test_publishes_and_serves_exactly_that(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        registry.newest(toy.SLUG, tmp_path)
    assert published(tmp_path) == []
    form = registry.newest(toy.SLUG, tmp_path)
    entry = json.loads((tmp_path / "published.json").read_text())[toy.SLUG]["1"]
    assert entry["content_hash"] == form.content_hash
    assert published(tmp_path)[0].reason.startswith("is published already")


def test_does_not_publish_what_has_faults(tmp_path: Path) -> None:
    assert published(tmp_path, lambda files: files["i18n/de-simple.json"].pop("age.label"))
    assert not (tmp_path / "published.json").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files["i18n/tr.json"].update({"age.label": "Yaş"}),
        lambda files: fields(files)["age"].update(maximum=130),
        lambda files: files["rules.json"]["tables"]["price"].update(dog=901),
    ],
)
def test_a_published_version_never_changes(tmp_path: Path, change: Change) -> None:
    published(tmp_path)
    files = toy.package()
    change(files)
    toy.write(tmp_path, files)
    loading.load.cache_clear()
    registry.get.cache_clear()
    assert any(one.key == "published" for one in linting.lint(toy.SLUG, tmp_path))
    with pytest.raises(FormChanged):
        registry.newest(toy.SLUG, tmp_path)


def test_shared_definitions_are_part_of_what_was_published(tmp_path: Path) -> None:
    published(tmp_path)
    shared = tmp_path / "_shared" / "1" / "defs.json"
    shared.write_text(shared.read_text().replace('"maxLength": 120', '"maxLength": 60'), encoding="utf-8")
    loading.load.cache_clear()
    assert [one.key for one in linting.lint(toy.SLUG, tmp_path)] == ["published"]


def test_cases_are_not_part_of_what_was_published(tmp_path: Path) -> None:
    published(tmp_path)
    files = toy.package()
    files["cases/dog.json"]["name"] = "Another name"
    toy.write(tmp_path, files)
    loading.load.cache_clear()
    assert linting.lint(toy.SLUG, tmp_path) == []


def words_only(files: Files) -> None:
    files["service.json"]["change"] = "text"
    files["i18n/de.json"]["age.label"] = "Wie alt sind Sie?"


def test_other_words_alone_are_a_text_version(tmp_path: Path) -> None:
    from backend.forms import service

    published(tmp_path)
    assert published(tmp_path, words_only, version=2) == []
    old, new = registry.get(toy.SLUG, 1, tmp_path), registry.newest(toy.SLUG, tmp_path)
    assert service.changes(old, new).kind == "text"
    assert service.changes(old, old).kind == "same"


def test_other_questions_are_not(tmp_path: Path) -> None:
    published(tmp_path)

    def change(files: Files) -> None:
        words_only(files)
        fields(files)["age"]["maximum"] = 130

    assert [one.key for one in published(tmp_path, change, version=2)] == ["change"]


def test_a_field_keeps_its_type(tmp_path: Path) -> None:
    published(tmp_path)

    def change(files: Files) -> None:
        fields(files)["car"]["x-type"] = "phone"

    assert [(one.key, one.reason) for one in published(tmp_path, change, version=2)] == [
        ("car", "was plate before: use another id")
    ]


JUNK: list[Any] = [
    None,
    1,
    "x",
    "",
    [],
    {},
    True,
    [1],
    {"a": 1},
    [[]],
    -1,
    2.5,
    "/x",
    {"get": 1},
    {"sum": [1]},
    {"lookup": []},
]


def spoil(files: Files, chance: random.Random) -> None:
    """Put junk somewhere into one of the files."""
    node: Any = files[chance.choice(sorted(files))]
    while chance.random() < 0.85:
        places = [
            one for one in (node.values() if isinstance(node, dict) else node) if isinstance(one, dict | list) and one
        ]
        if not places:
            break
        node = chance.choice(places)
    key: Any = chance.choice(sorted(node)) if isinstance(node, dict) else chance.randrange(len(node))
    node[key] = deepcopy(chance.choice(JUNK))


@pytest.mark.parametrize("seed", range(60))
def test_whatever_stands_in_the_files_lint_ends_with_findings(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same faults every time, no secret
    assert all(
        isinstance(one, Finding) for one in lint(tmp_path, lambda files: [spoil(files, chance) for _ in range(2)])
    )
