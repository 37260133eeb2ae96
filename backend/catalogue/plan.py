"""Turns the files into the rows that the tables should hold, each with a hash that shows whether it changed."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from backend.catalogue.answers import Builder, builders, office_summary, ordered_offices, ordered_services
from backend.catalogue.folder import Folder
from backend.catalogue.schemas import (
    LifeSituationSchema,
    OfficeSchema,
    OfficeSummarySchema,
    PortalAuthoritySchema,
    ServiceSchema,
    ServiceSummarySchema,
)
from backend.catalogue.search_form import search_form, search_words
from backend.core.i18n import DEFAULT

Term = tuple[str, str, bool, int]
NAME, KEYWORD, SITUATION, SUMMARY, KEY = 100, 100, 40, 35, 100
SHORTEST_SUMMARY_WORD = 4


@dataclass(frozen=True)
class Entry:
    """One row to be, with the rows that hang on it; references to other tables are slugs."""

    slug: str
    columns: dict[str, Any]
    answers: dict[str, Any]
    links: dict[str, Any] = field(default_factory=dict)

    @property
    def content_hash(self) -> str:
        """Return a fingerprint of everything that this entry would write."""
        content = json.dumps([self.columns, self.answers, self.links], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True)
class Plan:
    """All rows to be, in the order in which they can be written."""

    authorities: list[Entry]
    life_situations: list[Entry]
    offices: list[Entry]
    services: list[Entry]


def plan(folder: Folder) -> Plan:
    """Return the rows that the tables should hold for these files."""
    by_lang = builders(folder)
    return Plan(
        list(_authorities(folder, by_lang)),
        list(_life_situations(folder, by_lang)),
        list(_offices(folder, by_lang)),
        list(_services(folder, by_lang)),
    )


def _authorities(folder: Folder, by_lang: dict[str, Builder]) -> Iterator[Entry]:
    shape = PortalAuthoritySchema()
    for position, facts in enumerate(folder.authorities.values["authorities"]):
        texts = {lang: shape.dump(builder.authority(facts)) for lang, builder in by_lang.items()}
        yield Entry(facts["slug"], {"ars": facts["ars"], "name": facts["name"], "position": position}, texts)


def _life_situations(folder: Folder, by_lang: dict[str, Builder]) -> Iterator[Entry]:
    shape = LifeSituationSchema()
    for position, facts in enumerate(folder.life_situations.values["life_situations"]):
        texts = {lang: shape.dump(builder.life_situation(facts)) for lang, builder in by_lang.items()}
        yield Entry(facts["slug"], {"position": position}, texts)


def _offices(folder: Folder, by_lang: dict[str, Builder]) -> Iterator[Entry]:
    shape, short = OfficeSchema(), OfficeSummarySchema()
    for position, facts in enumerate(ordered_offices(folder)):
        texts = {
            lang: {"summary": short.dump(office_summary(facts)), "document": shape.dump(builder.office(facts))}
            for lang, builder in by_lang.items()
        }
        features = facts["access_features"]
        columns = {
            **{key: facts[key] for key in ("authority", "name", "short_name", "bookable")},
            **facts["address"],
            "kind": facts["kind"].value,
            "access_features": None if features is None else [feature.value for feature in features],
            "position": position,
        }
        yield Entry(facts["slug"], columns, texts)


def _services(folder: Folder, by_lang: dict[str, Builder]) -> Iterator[Entry]:
    shape, short = ServiceSchema(), ServiceSummarySchema()
    kept = ("life_situation", "bookable", "short_concern", "duration_minutes", "further_person_minutes")
    for position, facts in enumerate(ordered_services(folder)):
        texts = {
            lang: {
                "summary": short.dump(builder.service_summary(facts)),
                "document": shape.dump(builder.service(facts)),
            }
            for lang, builder in by_lang.items()
        }
        columns = {key: facts[key] for key in (*kept, "max_quantity", "combine_group")}
        leika = [key for key in (facts["leika"], *facts["leika_more"]) if key]
        links = {
            "authorities": facts["authorities"],
            "offices": facts["offices"],
            "leika": list(dict.fromkeys(leika)),
            "terms": sorted(_terms(facts, by_lang, leika)),
        }
        yield Entry(facts["slug"], {**columns, "position": position}, texts, links)


def _terms(facts: dict[str, Any], by_lang: dict[str, Builder], leika: list[str]) -> Iterator[Term]:
    """Yield the search terms of a service once each, with the highest weight that any of its texts gives."""
    heaviest: dict[tuple[str, str, bool], int] = {}

    def add(lang: str, line: str, weight: int, *, phrase: bool) -> None:
        found = [search_form(line)] if phrase else search_words(line)
        for term in filter(None, found):
            key = (lang, term, phrase)
            heaviest[key] = max(weight, heaviest.get(key, 0))

    for lang, builder in by_lang.items():
        own = builder.words(facts["slug"]).own
        lines = [(own.get("name", ""), NAME), *((word, KEYWORD) for word in own.get("keywords", []))]
        for line, weight in lines:
            add(lang, line, weight, phrase=True)
            add(lang, line, weight, phrase=False)
        situation = builder.situation_text(facts["life_situation"], "name")
        if situation is not None and situation["lang"] == lang:
            add(lang, situation["text"], SITUATION, phrase=False)
        for word in search_words(own.get("summary", "")):
            if len(word) >= SHORTEST_SUMMARY_WORD:
                add(lang, word, SUMMARY, phrase=False)
    for key in leika:
        add(DEFAULT, key, KEY, phrase=True)
    return ((lang, term, phrase, weight) for (lang, term, phrase), weight in heaviest.items())
