"""Builds the ready answers of every language from the files: pure, so that a read only has to hand them out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from backend.catalogue.folder import Checked, Folder
from backend.catalogue.types import Review, WayKind
from backend.core.i18n import DEFAULT, LANGUAGES

Answer = dict[str, Any]
WAY_ORDER = {kind: position for position, kind in enumerate(WayKind)}
NOTHING: dict[str, Any] = {}


@dataclass(frozen=True)
class Words:
    """The texts of one thing in one language, with German behind it."""

    lang: str
    own: dict[str, Any]
    german: dict[str, Any]

    def get(self, *path: str) -> Answer | None:
        """Return {text, lang} of a text: the language's own, else German, else None."""
        for lang, values in ((self.lang, self.own), (DEFAULT, self.german)):
            if text := _at(values, path):
                return {"text": text, "lang": lang}
        return None

    def steps(self) -> list[Answer]:
        """Return the steps, all in one language: never a mix, so an incomplete translation gives the German ones."""
        own, german = self.own.get("steps", []), self.german.get("steps", [])
        lang, steps = (self.lang, own) if own and len(own) == len(german) else (DEFAULT, german)
        return [{key: {"text": step[key], "lang": lang} for key in ("title", "text")} for step in steps]

    def review(self) -> Answer:
        """Return the review state of the file that gave the texts."""
        values = self.own or self.german
        return {"status": values["review"]["status"]}


def _at(values: dict[str, Any], path: tuple[str, ...]) -> str | None:
    found: Any = values
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, str) else None


def _values(checked: Checked | None) -> dict[str, Any]:
    return checked.values if checked else NOTHING


class Builder:
    """The answers of one language."""

    def __init__(self, folder: Folder, lang: str) -> None:
        self.folder = folder
        self.lang = lang
        self.own = folder.texts[lang]
        self.german = folder.texts[DEFAULT]

    def authority(self, facts: Answer) -> Answer:
        """Return a PortalAuthority answer."""
        words = Words(self.lang, _values(self.own.authorities), _values(self.german.authorities))
        return {"slug": facts["slug"], "ars": facts["ars"], "name": words.get("authorities", facts["slug"], "name")}

    def situation_text(self, slug: str, key: str) -> Answer | None:
        """Return a text of a life situation."""
        words = Words(self.lang, _values(self.own.life_situations), _values(self.german.life_situations))
        return words.get("life_situations", slug, key)

    def life_situation(self, facts: Answer) -> Answer:
        """Return a LifeSituation answer with its services in order."""
        slug = facts["slug"]
        inside = [s for s in ordered_services(self.folder) if s["life_situation"] == slug]
        texts = {key: self.situation_text(slug, key) for key in ("name", "summary")}
        return {**texts, "slug": slug, "icon": facts["icon"], "services": [self.service_summary(s) for s in inside]}

    def words(self, slug: str) -> Words:
        """Return the texts of a service."""
        return Words(self.lang, _values(self.own.services.get(slug)), _values(self.german.services.get(slug)))

    def service_summary(self, facts: Answer) -> Answer:
        """Return a ServiceSummary answer."""
        words = self.words(facts["slug"])
        possible = {way["kind"] for way in facts["ways"] if way["possible"]}
        copied = ("slug", "leika", "authorities", "life_situation", "short_concern", "bookable")
        return {
            **{key: facts[key] for key in copied},
            "name": words.get("name"),
            "summary": words.get("summary"),
            "channels": [kind for kind in WayKind if kind in possible],
        }

    def service(self, facts: Answer) -> Answer:
        """Return a Service answer."""
        words = self.words(facts["slug"])
        copied = ("duration_minutes", "further_person_minutes", "max_quantity", "legal_basis", "leika_more")
        offices = [office for office in ordered_offices(self.folder) if office["slug"] in facts["offices"]]
        ways = sorted(facts["ways"], key=lambda way: WAY_ORDER[way["kind"]])
        return {
            **self.service_summary(facts),
            **{key: facts[key] for key in copied},
            **{key: words.get(key) for key in ("answer", "answer_detail", "deadline", "notes")},
            "life_situation_name": self.situation_text(facts["life_situation"], "name"),
            "ways": [{**way, "text": words.get("ways", way["key"])} for way in ways],
            "documents": [_document(words, document) for document in facts["documents"]],
            "fees": [{**fee, "label": words.get("fees", fee["id"])} for fee in facts["fees"]],
            "steps": words.steps(),
            "offices": [office_summary(office) for office in offices],
            "related": [{"slug": slug, "name": self.words(slug).get("name")} for slug in facts["related"]],
            "combinable_with": combinable_with(self.folder, facts),
            "review": words.review(),
        }

    def office_words(self, slug: str) -> Words:
        """Return the texts of an office."""
        return Words(self.lang, _values(self.own.offices.get(slug)), _values(self.german.offices.get(slug)))

    def office(self, facts: Answer) -> Answer:
        """Return an Office answer without its dated stops."""
        slug = facts["slug"]
        words = self.office_words(slug)
        inside = [service for service in ordered_services(self.folder) if slug in service["offices"]]
        has_texts = bool(words.own or words.german)
        return {
            **office_summary(facts),
            **{key: facts[key] for key in ("access_features", "payment", "phone", "email")},
            **{key: words.get(key) for key in ("how_to_get_there", "access", "notice")},
            "services": [self.service_summary(service) for service in inside],
            "hours": list(_hours(facts["hours"]["periods"])),
            "hours_status": facts["hours"]["status"],
            "hours_source": facts["hours"]["source"],
            "stops": [],
            "review": words.review() if has_texts else {"status": Review.DRAFT},
        }


def _document(words: Words, document: Answer) -> Answer:
    texts = {key: words.get("documents", document["id"], key) for key in ("name", "hint")}
    if texts["hint"] and texts["name"] and texts["hint"]["lang"] != texts["name"]["lang"]:
        texts["hint"] = None
    return {**texts, "authority": document["authority"]}


def _hours(periods: list[Answer]) -> Iterator[Answer]:
    flat = [{**period, "weekday": day} for period in periods for day in period["weekdays"]]
    yield from sorted(flat, key=lambda period: (period["weekday"], period["opens"], period["kind"].value))


def office_summary(facts: Answer) -> Answer:
    """Return an OfficeSummary answer; the same in every language, because names of offices stay German."""
    return {key: facts[key] for key in ("slug", "name", "short_name", "authority", "kind", "address", "bookable")}


def ordered_services(folder: Folder) -> list[Answer]:
    """Return the facts of all services by life situation, position and slug."""
    situations = [entry["slug"] for entry in folder.life_situations.values["life_situations"]]
    facts = [checked.values for checked in folder.services.values()]
    return sorted(facts, key=lambda s: (situations.index(s["life_situation"]), s["position"], s["slug"]))


def ordered_offices(folder: Folder) -> list[Answer]:
    """Return the facts of all offices by position and slug."""
    facts = [checked.values for checked in folder.offices.values()]
    return sorted(facts, key=lambda office: (office["position"], office["slug"]))


def combinable_with(folder: Folder, facts: Answer) -> list[str]:
    """Return the other bookable services of the same group, which may share an appointment with this one."""
    if not facts["bookable"] or facts["combine_group"] is None:
        return []
    group = [s for s in ordered_services(folder) if s["bookable"] and s["combine_group"] == facts["combine_group"]]
    return [service["slug"] for service in group if service["slug"] != facts["slug"]]


def builders(folder: Folder) -> dict[str, Builder]:
    """Return a builder per language."""
    return {lang: Builder(folder, lang) for lang in LANGUAGES}
