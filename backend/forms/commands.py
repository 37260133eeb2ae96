"""Commands for authors of forms: `amtsweg forms lint | cases | preview | publish | hash | parity`."""

from __future__ import annotations

import json
import sys
from datetime import datetime

import click

from backend.core.clock import BERLIN
from backend.core.i18n import LANGUAGES
from backend.forms import loading, registry
from backend.forms.authoring import cases as case_files
from backend.forms.authoring import linting, parity, publishing, wording
from backend.forms.authoring.finding import Finding
from backend.forms.authoring.preview import Preview


@click.group()
def forms() -> None:
    """Form packages: check, read, publish."""


def _end(found: list[Finding], good: str) -> None:
    for finding in found:
        click.echo(str(finding))
    click.echo(good if not found else f"{len(found)} faults")
    sys.exit(1 if found else 0)


@forms.command()
@click.argument("slug", required=False)
def lint(slug: str | None) -> None:
    """Every fault of a package, or of all, with file, key and reason."""
    for name in [slug] if slug else loading.slugs():
        for version in loading.versions(name):
            gaps = wording.missing(linting.texts(loading.PACKAGES / name / str(version)))
            lacking = ", ".join(f"{lang} lacks {count}" for lang, count in gaps.items() if count)
            click.echo(f"{name}/{version}: {lacking or 'texts complete in all languages'}")
    _end(linting.lint(slug), "no faults")


@forms.command()
@click.argument("slug", required=False)
def cases(slug: str | None) -> None:
    """Run the cases of a package, or of all; name what comes out otherwise or is not reached."""
    found: list[Finding] = []
    number = 0
    for name in [slug] if slug else loading.slugs():
        for version in loading.versions(name):
            read = case_files.read(loading.PACKAGES / name / str(version))
            number += len(read)
            found += case_files.check(loading.load(name, version), read, f"{name}/{version}")
    _end(found, f"{number} cases come out as expected and reach everything")


@forms.command()
@click.argument("slug")
@click.option("--lang", type=click.Choice(LANGUAGES), default="de")
@click.option("--version", type=int, help="the newest one unless given")
def preview(slug: str, lang: str, version: int | None) -> None:
    """The form as plain text."""
    for line in Preview(loading.load(slug, version or loading.versions(slug)[-1]), lang).lines():
        click.echo(line)


@forms.command()
@click.argument("slug")
@click.option("--again", is_flag=True, help="replace the hashes of a version that nobody has used yet")
def publish(slug: str, again: bool) -> None:
    """Publish the newest version: it never changes from then on."""
    _end(publishing.publish(slug, datetime.now(BERLIN).date(), again=again), f"{slug} is published")


@forms.command("hash")
@click.argument("slug")
def show_hash(slug: str) -> None:
    """The hashes of the newest version, and whether it is published."""
    form = loading.load(slug, loading.versions(slug)[-1])
    published = str(form.version) in registry.registry().get(slug, {})
    click.echo(f"{slug}/{form.version} {'published' if published else 'not published'}")
    click.echo(f"content {form.content_hash}\nmaterial {form.material_hash}\ntexts {form.text_hash}")


@forms.command("parity")
def show_parity() -> None:
    """All forms, cases and what Python makes of them, as JSON: the browser's engine is tested against it."""
    json.dump(parity.collect(), sys.stdout)


commands = [forms]
