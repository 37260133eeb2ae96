"""A form as plain text, for those who write it: every page, field, hint, option and rule in one language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from backend.core.i18n import DEFAULT
from backend.forms.authoring.rulebook import SECTIONS
from backend.forms.texts import COMPOSITE, parts, shown
from backend.forms.types import Form, Node, PageField


class Preview:
    """Writes one form in one language; a text that is German instead is marked with [de]."""

    def __init__(self, form: Form, lang: str) -> None:
        self.form = form
        self.lang = lang
        self.texts = shown(form, lang)

    def lines(self) -> Iterator[str]:
        """The whole form."""
        yield self.say("service.title")
        yield self.say("service.lead")
        yield f"({self.form.slug}/{self.form.version}, {self.form.content_hash[:12]})"
        group = ""
        for page in self.form.plan:
            if page.review_group != group:
                group = page.review_group
                yield ""
                yield f"=== {self.say(f'group.{group}.title')} ==="
            yield ""
            repeated = f" (for each entry of {page.repeat})" if page.repeat else ""
            yield f"--- {self.say(f'{page.id}.title')}{repeated} [{page.id}]{_when('shown if', page.visible.schema)}"
            yield from self.optional(f"{page.id}.lead", "")
            base = f"{page.repeat}." if page.repeat else ""
            nodes = self.form.fields[page.repeat]["items"]["properties"] if page.repeat else self.form.fields
            for field in page.fields:
                yield from self.field(base + field.field, nodes[field.field], field)
        yield from self.rules()

    def field(self, key: str, node: Node, field: PageField | None = None, indent: str = "  ") -> Iterator[str]:
        """One field with everything it says, its parts and entries below it."""
        required = field is not None and field.required.schema
        mark = "" if field is None else " *" if required is True else " (optional)" if required is False else ""
        conditions = "" if field is None else _when("shown if", field.visible.schema) + _when("required if", required)
        yield f"{indent}{self.say(f'{key}.label')}{mark} <{node['x-type']}> [{key}]{conditions}"
        for word in ("hint", "why", "legal"):
            yield from self.optional(f"{key}.{word}", f"{indent}    {word}: ")
        for value in node.get("enum") or node.get("items", {}).get("enum", ()):
            yield f"{indent}    ( ) {self.say(f'{key}.option.{value}')}"
            yield from self.optional(f"{key}.option.{value}.hint", f"{indent}        ")
        if node["x-type"] in COMPOSITE or (node["x-type"] == "group" and key not in self.form.repeated):
            for name, part in parts(node).items():
                yield from self.field(f"{key}.{name}", part, None, indent + "    ")

    def rules(self) -> Iterator[str]:
        """The reasons and labels of all rules."""
        for section in SECTIONS:
            if rules := self.form.rules.get(section):
                yield ""
                yield f"=== {section} ==="
                for rule in rules:
                    yield self.rule(rule)

    def rule(self, rule: Mapping[str, object]) -> str:
        """One rule in one line."""
        then = json.dumps(rule["then"], ensure_ascii=False)
        return f"  {self.say('rule.' + str(rule['id']) + '.text')} [{rule['id']}] -> {then}"

    def say(self, key: str) -> str:
        """The text of a key on one line."""
        found = self.texts.get(key)
        if found is None:
            return f"<{key}>"
        mark = "" if found.lang == self.lang or self.lang == DEFAULT else f" [{found.lang}]"
        return found.text.replace("\n", " / ") + mark

    def optional(self, key: str, before: str) -> Iterator[str]:
        """The text of a key when there is one."""
        if key in self.texts:
            yield before + self.say(key)


def _when(word: str, schema: object) -> str:
    return "" if isinstance(schema, bool) else f" {{{word} {json.dumps(schema, ensure_ascii=False)}}}"
