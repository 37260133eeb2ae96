"""The catalogue offers exactly the published forms, each where it counts."""

from __future__ import annotations

from backend.catalogue import files
from backend.catalogue.types import WayKind
from backend.forms import service


def offered() -> dict[str, set[tuple[str, str | None]]]:
    """Form slug → (catalogue service, authority or None = everywhere) of every online way that names it."""
    found: dict[str, set[tuple[str, str | None]]] = {}
    for slug, checked in files.load(files.DATA).services.items():
        for way in checked.values["ways"]:
            if way["form"]:
                found.setdefault(way["form"], set()).add((slug, way["authority"]))
    return found


def test_the_catalogue_offers_every_published_form_and_no_other() -> None:
    assert offered().keys() == {form.slug for form in service.all_published()}


def test_a_form_is_offered_by_its_service_at_its_authorities() -> None:
    links = offered()
    services = files.load(files.DATA).services
    for form in service.all_published():
        own = form.facts["service"]
        assert own in {slug for slug, _ in links[form.slug]}, form.slug
        for slug, authority in links[form.slug]:
            here = {authority} if authority else set(services[slug].values["authorities"])
            assert here <= set(form.facts["authorities"]), (form.slug, slug)


def test_an_online_way_that_is_possible_has_a_form() -> None:
    for slug, checked in files.load(files.DATA).services.items():
        for way in checked.values["ways"]:
            assert way["kind"] is not WayKind.ONLINE or way["possible"] == bool(way["form"]), slug
