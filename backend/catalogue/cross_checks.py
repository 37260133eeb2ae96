"""What must hold between catalogue files: references exist, ids are unique, German is complete."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from backend.catalogue.folder import Checked, Folder, Texts
from backend.catalogue.yaml_source import Fault, Pointer
from backend.core.i18n import DEFAULT

Say = Callable[[Pointer, str], Fault]


def faults(folder: Folder) -> Iterator[Fault]:
    """Return everything that the shapes of single files cannot see."""
    yield from _lists(folder)
    for slug, office in folder.offices.items():
        yield from _office(folder, slug, office)
    for slug, service in folder.services.items():
        yield from _service(folder, slug, service)
    for texts in folder.texts.values():
        yield from _texts(folder, texts)
    for slug, service in folder.services.items():
        if folder.texts[DEFAULT].services.get(slug) is None:
            yield service.source.fault((), f"has no German texts (texts/{DEFAULT}/services/{slug}.yaml)")
    for name, checked in _text_files(folder, DEFAULT):
        for missing in _missing_in(folder, name, checked):
            yield (checked or folder.authorities).source.fault((), f"German text is missing: {missing}")


def missing_texts(folder: Folder, lang: str) -> Iterator[str]:
    """Return the names of all texts that German has and this language lacks."""
    for name, checked in _text_files(folder, lang):
        german = dict(_text_files(folder, DEFAULT))[name]
        if checked is None and german is not None:
            yield f"{name}: whole file"
        elif checked is not None and german is not None:
            yield from (f"{name}: {path}" for path in _paths(german.values) if path not in set(_paths(checked.values)))


def _lists(folder: Folder) -> Iterator[Fault]:
    for checked, key, names in (
        (folder.authorities, "authorities", ("slug", "ars")),
        (folder.life_situations, "life_situations", ("slug",)),
    ):
        for name in names:
            yield from _twice(checked.source.fault, (key,), checked.values[key], name)


def _twice(say: Say, pointer: Pointer, items: Iterable[dict[str, Any]], name: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item[name] in seen:
            yield say((*pointer, index), f"{name} {item[name]} stands twice")
        seen.add(item[name])


def _known(say: Say, pointer: Pointer, value: str | None, known: Iterable[str], what: str) -> Iterator[Fault]:
    if value is not None and value not in set(known):
        yield say(pointer, f"no {what} is called {value}")


def _slugs(checked: Checked, key: str) -> list[str]:
    return [entry["slug"] for entry in checked.values[key]]


def _office(folder: Folder, slug: str, office: Checked) -> Iterator[Fault]:
    say, values = office.source.fault, office.values
    if values["slug"] != slug:
        yield say(("slug",), "must be the file's name")
    yield from _known(say, ("authority",), values["authority"], _slugs(folder.authorities, "authorities"), "authority")
    yield from _twice(say, ("stops",), values["stops"], "id")


def _service(folder: Folder, slug: str, service: Checked) -> Iterator[Fault]:
    say, values = service.source.fault, service.values
    if values["slug"] != slug:
        yield say(("slug",), "must be the file's name")
    situations = _slugs(folder.life_situations, "life_situations")
    yield from _known(say, ("life_situation",), values["life_situation"], situations, "life situation")
    for index, authority in enumerate(values["authorities"]):
        known = _slugs(folder.authorities, "authorities")
        yield from _known(say, ("authorities", index), authority, known, "authority")
    for index, related in enumerate(values["related"]):
        yield from _known(say, ("related", index), related, folder.services, "service")
    for key, unique in (("ways", "key"), ("documents", "id"), ("fees", "id")):
        yield from _twice(say, (key,), values[key], unique)
        for index, item in enumerate(values[key]):
            pointer = (key, index, "authority")
            yield from _known(say, pointer, item["authority"], values["authorities"], "authority of this service")
    yield from _offices_of(folder, service)


def _offices_of(folder: Folder, service: Checked) -> Iterator[Fault]:
    say, values = service.source.fault, service.values
    for index, slug in enumerate(values["offices"]):
        office = folder.offices.get(slug)
        if office is None:
            yield say(("offices", index), f"no office is called {slug}")
        elif office.values["authority"] not in values["authorities"]:
            yield say(("offices", index), f"{slug} belongs to an authority that does not offer this service")
    here = [folder.offices[slug].values["bookable"] for slug in values["offices"] if slug in folder.offices]
    if values["bookable"] and not any(here):
        yield say(("offices",), "a bookable service needs a bookable office")


def _texts(folder: Folder, texts: Texts) -> Iterator[Fault]:
    for checked, key, facts in (
        (texts.authorities, "authorities", folder.authorities),
        (texts.life_situations, "life_situations", folder.life_situations),
    ):
        for slug in checked.values[key] if checked else ():
            if checked:
                yield from _known(checked.source.fault, (key, slug), slug, _slugs(facts, key), "entry")
    yield from _office_texts(folder, texts)
    yield from _service_texts(folder, texts)


def _office_texts(folder: Folder, texts: Texts) -> Iterator[Fault]:
    for slug, checked in texts.offices.items():
        if slug not in folder.offices:
            yield checked.source.fault((), f"no office is called {slug}")
            continue
        rules = [rule["id"] for rule in folder.offices[slug].values["stops"]]
        for name in checked.values["stops"]:
            yield from _known(checked.source.fault, ("stops", name), name, rules, "stop of this office")


def _service_texts(folder: Folder, texts: Texts) -> Iterator[Fault]:
    for slug, checked in texts.services.items():
        if slug not in folder.services:
            yield checked.source.fault((), f"no service is called {slug}")
            continue
        for key, name in (("ways", "key"), ("documents", "id"), ("fees", "id")):
            ids = [item[name] for item in folder.services[slug].values[key]]
            for text_id in checked.values[key]:
                yield from _known(checked.source.fault, (key, text_id), text_id, ids, f"entry of {key} in the facts")


def _text_files(folder: Folder, lang: str) -> Iterator[tuple[str, Checked | None]]:
    """All text files that a language should have, by name; offices only where German has one."""
    texts = folder.texts[lang]
    yield "authorities", texts.authorities
    yield "life_situations", texts.life_situations
    for slug in folder.texts[DEFAULT].offices:
        yield f"offices/{slug}", texts.offices.get(slug)
    for slug in folder.services:
        yield f"services/{slug}", texts.services.get(slug)


def _missing_in(folder: Folder, name: str, checked: Checked | None) -> Iterator[str]:
    """Return the texts that German must have and this German file lacks."""
    kind, _, slug = name.partition("/")
    values = checked.values if checked else {}
    if kind == "authorities":
        wanted = [f"{entry}.name" for entry in _slugs(folder.authorities, kind)]
    elif kind == "life_situations":
        wanted = [f"{entry}.{key}" for entry in _slugs(folder.life_situations, kind) for key in ("name", "summary")]
    elif kind == "services" and checked:
        facts = folder.services[slug].values
        wanted = ["name", "summary", "answer", "steps.0.title"]
        wanted += [f"ways.{way['key']}" for way in facts["ways"]]
        wanted += [f"documents.{document['id']}.name" for document in facts["documents"]]
        wanted += [f"fees.{fee['id']}" for fee in facts["fees"]]
    else:
        return
    have = set(_paths(values.get(kind, {}) if kind != "services" else values))
    yield from (path for path in wanted if path not in have)


def _paths(values: Any, above: str = "") -> Iterator[str]:
    """Return the dotted paths of all texts; keywords and review are not shown and do not count."""
    if isinstance(values, dict):
        for key, inner in values.items():
            if above or key not in ("review", "keywords"):
                yield from _paths(inner, f"{above}{key}.")
    elif isinstance(values, list):
        for index, inner in enumerate(values):
            yield from _paths(inner, f"{above}{index}.")
    elif values is not None:
        yield above.removesuffix(".")
