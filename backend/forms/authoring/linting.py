"""One package version from all sides; the first side that fails hides the later ones, which would only repeat it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from backend.core.i18n import LANGUAGES
from backend.forms import registry
from backend.forms.authoring import cases, layout, nodes, rulebook, structure, wording
from backend.forms.authoring.finding import Finding
from backend.forms.loading import PACKAGES, PackageError, load, read_json, slugs, versions
from backend.forms.types import Form


def lint(slug: str | None = None, packages: Path = PACKAGES) -> list[Finding]:
    """The faults of all versions of one package, or of all packages."""
    found: list[Finding] = []
    for name in [slug] if slug else slugs(packages):
        if not versions(name, packages):
            found.append(Finding(name, "folder", "has no version"))
        for version in versions(name, packages):
            found += of_version(name, version, packages)
    return found


def of_version(slug: str, version: int, packages: Path = PACKAGES) -> list[Finding]:
    """The faults of one version; a published one must also be what it was."""
    place, base = packages / slug / str(version), f"{slug}/{version}"
    if found := sorted(set(structure.check(place, packages))):
        return found
    try:
        form = load(slug, version, packages)
    except (PackageError, KeyError, TypeError, AttributeError) as error:
        return [Finding(base, "package", f"cannot be read: {error}")]
    if found := list(nodes.check(form, f"{base}/data.schema.json")):
        return found
    found = list(layout.check(form, f"{base}/pages.json"))
    found += rulebook.check(form, f"{base}/rules.json")
    found += structure.check_references(dict(form.facts), dict(form.rules), f"{base}/service.json")
    found += nodes.check_letter(form, f"{base}/service.json")
    own = texts(place)
    found += wording.check(form, own, base)
    found += _unchanged(form, packages)
    return found or list(cases.check(form, cases.read(place), base))


def texts(place: Path) -> dict[str, dict[str, str]]:
    """The package's own texts by language; empty where a language has no file."""
    files = {lang: place / "i18n" / f"{lang}.json" for lang in LANGUAGES}
    return {lang: read_json(file) if file.exists() else {} for lang, file in files.items()}


def _unchanged(form: Form, packages: Path) -> Iterator[Finding]:
    entry = registry.registry(packages).get(form.slug, {}).get(str(form.version))
    if entry is not None and entry["content_hash"] != form.content_hash:
        part = "its words" if entry["material_hash"] == form.material_hash else "schema, pages, rules or facts"
        yield Finding(
            f"{form.slug}/{form.version}", "published", f"was changed after publishing ({part}): make a new version"
        )
