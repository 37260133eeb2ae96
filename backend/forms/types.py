"""What a form is made of once it is read, and what its evaluation says; plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from backend.forms.conditions import Condition

Node = Mapping[str, Any]
Answers = Mapping[str, Any]
Way = Literal["online", "other_office", "post", "appointment", "none"]
Change = Literal["same", "text", "material"]


@dataclass(frozen=True)
class PageField:
    """A field where it is asked: shown when `visible`, to be answered when `required` (and shown)."""

    field: str
    visible: Condition
    required: Condition


@dataclass(frozen=True)
class Page:
    """A page of a form; `repeat` names the group whose entries each have this page."""

    id: str
    review_group: str
    visible: Condition
    fields: tuple[PageField, ...]
    repeat: str | None = None


@dataclass(frozen=True)
class PageView:
    """A page that a person sees: `key` is its address (`child.2`), `entry` counts from 0, `fields` are pointers."""

    key: str
    page: Page
    entry: int | None
    fields: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Form:
    """One version of one package, read and resolved; immutable, shared by all requests."""

    slug: str
    version: int
    facts: Mapping[str, Any]
    schema: Node
    pages: Sequence[Mapping[str, Any]]
    rules: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, str]]
    plan: tuple[Page, ...]
    content_hash: str
    material_hash: str
    text_hash: str

    @cached_property
    def fields(self) -> Mapping[str, Node]:
        """The nodes of all fields by id."""
        found: Mapping[str, Node] = self.schema["properties"]
        return found

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The groups whose entries have pages of their own."""
        return frozenset(page.repeat for page in self.plan if page.repeat)


@dataclass(frozen=True)
class Kept:
    """Answers without what is hidden, what was left out (pointers), and what is shown (pages with pointers)."""

    answers: dict[str, Any]
    dropped: tuple[str, ...]
    pages: tuple[PageView, ...]

    @property
    def visible(self) -> list[str]:
        """Pointers of all visible fields in the order of asking."""
        return [pointer for page in self.pages for pointer in page.fields]


@dataclass(frozen=True)
class FeeLine:
    """One line of a fee: the rule (its text is the label), the amount in cents or None, how many when it counts."""

    rule: str
    cents: int | None
    quantity: int | None


@dataclass(frozen=True)
class Fee:
    """The whole fee: None when a line is not known; no line means free."""

    lines: tuple[FeeLine, ...]

    @property
    def unknown(self) -> bool:
        """True when the office has to tell the fee."""
        return any(line.cents is None for line in self.lines)

    @property
    def cents(self) -> int | None:
        """The sum in cents, None when unknown."""
        return None if self.unknown else sum(line.cents or 0 for line in self.lines)


@dataclass(frozen=True)
class Route:
    """Where the application goes: the rule (its text is the reason), the office, the way, the service of a visit."""

    rule: str
    office: str | None
    way: Way
    appointment_service: str | None

    @property
    def visit_needed(self) -> bool:
        """True when somebody has to come."""
        return self.way == "appointment"


@dataclass(frozen=True)
class Evaluation:
    """What the rules say; `log` has each rule that was asked with its inputs and whether it hit (JSON)."""

    eligible: bool
    eligibility: str | None
    eligibility_way: Way | None
    fee: Fee
    route: Route
    decision: Literal["grant", "person"]
    decision_rule: str
    log: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class FormChange:
    """What another version means for a draft: nothing, other words, or other questions."""

    kind: Change
    new_fields: tuple[str, ...]
    removed_fields: tuple[str, ...]


@dataclass(frozen=True)
class Prefill:
    """A value of the account for a field: where it goes, which claim it is, whether it may be changed."""

    pointer: str
    claim: str
    locked: bool
    value: Any
