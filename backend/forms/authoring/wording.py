"""The texts: every needed key in German and Leichte Sprache, no unknown ones, same placeholders everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from backend.core.i18n import DEFAULT, LANGUAGES
from backend.forms import icu
from backend.forms.authoring.finding import Finding
from backend.forms.authoring.rulebook import SECTIONS
from backend.forms.texts import BLOCK, COMPOSITE, parts
from backend.forms.types import Form, Node

COMPLETE = (DEFAULT, "de-simple")
ERROR = re.compile(r"(.+)\.error\.[a-z_]+")
NEED = re.compile(r"service\.need\.[1-9][0-9]?")
STATUS = re.compile(r"status\.[a-z_]+\.text")
FREE = (BLOCK, NEED, STATUS)
PAGE_WORDS = {"title", "lead", "why", "name"}
FIELD_WORDS = {"label", "hint", "why", "legal"}
GROUP_WORDS = {"entry", "add", "empty"}
LETTERS = {
    f"letter.{kind}.{part}" for kind in ("granted", "partly", "refused", "closed") for part in ("title", "text", "next")
}


def check(form: Form, own: Mapping[str, Mapping[str, str]], base: str) -> Iterator[Finding]:
    """Every fault of the package's own texts (`own`: language → key → text)."""
    needed, known = wanted(form)
    shared = set(form.texts[DEFAULT])
    yield from _blocks(own, base)
    for lang in LANGUAGES:
        file, words = f"{base}/i18n/{lang}.json", own[lang]
        if lang in COMPLETE:
            missing = (needed if lang == DEFAULT else set(own[DEFAULT])) - set(words) - (shared - set(own[DEFAULT]))
            yield from (Finding(file, key, "is missing") for key in sorted(missing) if not _german_only(key))
        for key, message in words.items():
            if key not in own[DEFAULT]:
                yield Finding(file, key, "is not in the German texts")
            elif not (
                key in known
                or BLOCK.fullmatch(key)
                or NEED.fullmatch(key)
                or STATUS.fullmatch(key)
                or _is_error(form, key)
            ):
                yield Finding(file, key, "belongs to no field, page or rule")
            if lang != DEFAULT and _german_only(key):
                yield Finding(file, key, "exists in German only: legal wording, and titles that only staff read")
            yield from _placeholders(file, key, lang, message, own[DEFAULT].get(key, message))


def missing(own: Mapping[str, Mapping[str, str]]) -> dict[str, int]:
    """How many texts each language lacks; those are shown in German."""
    return {
        lang: sum(1 for key in own[DEFAULT] if key not in own[lang] and not _german_only(key)) for lang in LANGUAGES
    }


def _german_only(key: str) -> bool:
    return key.endswith(".legal") or (key.startswith("block.") and key.endswith(".title"))


def _blocks(own: Mapping[str, Mapping[str, str]], base: str) -> Iterator[Finding]:
    """Text blocks of staff are complete in every language, and each has a title to find it by."""
    for key in own[DEFAULT]:
        if not BLOCK.fullmatch(key):
            continue
        if key.endswith(".title"):
            if f"{key.removesuffix('.title')}.text" not in own[DEFAULT]:
                yield Finding(f"{base}/i18n/{DEFAULT}.json", key, "is the title of no text block")
            continue
        if f"{key.removesuffix('.text')}.title" not in own[DEFAULT]:
            yield Finding(f"{base}/i18n/{DEFAULT}.json", key, "has no title")
        yield from (
            Finding(f"{base}/i18n/{lang}.json", key, "is missing") for lang in LANGUAGES if key not in own[lang]
        )


def wanted(form: Form) -> tuple[set[str], set[str]]:
    """The keys that must be there, and all that may be there (but errors and numbered needs)."""
    needed = {"service.title", "service.lead"} | {f"group.{page.review_group}.title" for page in form.plan}
    needed |= {f"{page.id}.title" for page in form.plan}
    optional = {f"{page.id}.{word}" for page in form.plan for word in PAGE_WORDS} | LETTERS | {"service.fee_unknown"}
    needed |= {f"rule.{rule['id']}.text" for section in SECTIONS for rule in form.rules.get(section, ())}
    if any(rule["then"]["decision"] == "grant" for rule in form.rules["decision"]):
        needed |= {key for key in LETTERS if key.startswith("letter.granted")}
    if any(rule["then"]["cents"] != 0 for rule in form.rules.get("fee", ())):
        needed |= {"service.fee_unknown"} if _can_be_unknown(form) else set()
    for key, node in _nodes(form.fields):
        more_needed, more_optional = _of_node(key, node)
        needed |= more_needed
        optional |= more_optional
    return needed, needed | optional


def _can_be_unknown(form: Form) -> bool:
    return any(not isinstance(rule["then"]["cents"], int) for rule in form.rules.get("fee", ()))


def _of_node(key: str, node: Node) -> tuple[set[str], set[str]]:
    kind = node["x-type"]
    needed, optional = {f"{key}.label"}, {f"{key}.{word}" for word in FIELD_WORDS}
    if node.get("x-sensitive"):
        needed.add(f"{key}.why")
    if kind in {"one_of", "some_of"}:
        values = node["enum"] if kind == "one_of" else node["items"]["enum"]
        needed |= {f"{key}.option.{value}" for value in values}
        optional |= {f"{key}.option.{value}.hint" for value in values}
    if kind == "yes_no":
        optional |= {f"{key}.option.{value}" for value in ("yes", "no")}
    if kind == "group":
        needed |= {f"{key}.entry", f"{key}.add"}
        optional |= {f"{key}.{word}" for word in GROUP_WORDS}
    if kind in COMPOSITE:
        optional |= {f"{key}.{part}.{word}" for part in parts(node) for word in FIELD_WORDS}
    return needed, optional


def _nodes(nodes: Mapping[str, Node], base: str = "") -> Iterator[tuple[str, Node]]:
    """All fields, the fields of groups' entries, and parts whose texts no shared text can give (their options)."""
    for name, node in nodes.items():
        yield base + name, node
        if node["x-type"] == "group":
            yield from _nodes(parts(node), f"{base}{name}.")
        elif node["x-type"] in COMPOSITE:
            inner = {part: below for part, below in parts(node).items() if below["x-type"] in {"one_of", "some_of"}}
            yield from _nodes(inner, f"{base}{name}.")


def _is_error(form: Form, key: str) -> bool:
    found = ERROR.fullmatch(key)
    nodes, known = form.fields, False
    for name in found[1].split(".") if found else ():
        if name not in nodes:
            return False
        known, nodes = True, parts(nodes[name])
    return known


def _placeholders(file: str, key: str, lang: str, message: str, german: str) -> Iterator[Finding]:
    try:
        values, source = icu.names(icu.read(message)), icu.names(icu.read(german))
    except icu.MessageError as error:
        yield Finding(file, key, f"is no simple ICU message: {error}")
        return
    if foreign := values - source:
        yield Finding(file, key, f"names values that the German text does not have: {', '.join(sorted(foreign))}")
    if lang != "de-simple" and (lost := source - values):
        yield Finding(file, key, f"leaves out values: {', '.join(sorted(lost))}")
