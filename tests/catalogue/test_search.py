"""What people really type, in six languages, with typing errors: the right service comes first."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.catalogue import service
from backend.core.db import db

CARD, PASSPORT, MOVE, LICENCE_LOST = "personalausweis", "reisepass", "wohnsitz-anmelden", "fuehrerschein-ersatz"
PERMIT, MARRY, DOG, RECORD = "aufenthaltserlaubnis", "eheschliessung", "hundesteuer", "fuehrungszeugnis"
FOUND_FIRST = [
    ("Perso", CARD),
    ("Ausweis", CARD),
    ("Personalausweis", CARD),
    ("Personalauswies", CARD),
    ("personal ausweis", CARD),
    ("Personal·ausweis", CARD),
    ("Ich brauche einen neuen Ausweis", CARD),
    ("Perso verloren", "personalausweis-verlust"),
    ("vorläufiger Ausweis", "personalausweis-vorlaeufig"),
    ("Ausweis abholen", "ausweis-abholen"),
    ("umziehen", MOVE),
    ("Umzug", MOVE),
    ("ummelden", MOVE),
    ("neue Adresse", MOVE),
    ("Nebenwohnung", "nebenwohnung-anmelden"),
    ("Zweitwohnung", "nebenwohnung-anmelden"),
    ("Meldebscheinigung", "meldebescheinigung"),
    ("Reisepass", PASSPORT),
    ("Reisepaß", PASSPORT),
    ("Führerschein umtauschen", "fuehrerschein-umtausch"),
    ("Fürerschein umtausch", "fuehrerschein-umtausch"),
    ("Fuhrerschein verloren", LICENCE_LOST),
    ("Fuehrerschein verloren", LICENCE_LOST),
    ("internationaler Führerschein", "fuehrerschein-international"),
    ("Führungszeugniss", RECORD),
    ("Fuhrungszeugnis", RECORD),
    ("Auto anmelden", "fahrzeug-zulassen"),
    ("Auto abmelden", "fahrzeug-abmelden"),
    ("Wunschkennzeichen", "wunschkennzeichen"),
    ("Anwohnerparken", "bewohnerparken"),
    ("heiraten", MARRY),
    ("Hund", DOG),
    ("Geburtsurkunde", "geburtsurkunde"),
    ("Beglaubigung", "beglaubigung"),
    ("Gewerbe abmelden", "gewerbe-abmelden"),
    ("Gewerbe anmelden", "gewerbe-anmelden"),
    ("Kindergeld", "kindergeld"),
    ("Einbürgerung", "einbuergerung"),
    ("99008001012000", CARD),
    ("passport", PASSPORT),
    ("I need a new passport", PASSPORT),
    ("new address", MOVE),
    ("moving", MOVE),
    ("driving licence lost", LICENCE_LOST),
    ("residence permit", PERMIT),
    ("birth certificate", "geburtsurkunde"),
    ("dog", DOG),
    ("citizenship", "einbuergerung"),
    ("pasaport", PASSPORT),
    ("kimlik kartı", CARD),
    ("KİMLİK", CARD),
    ("taşınma", MOVE),
    ("tasinma", MOVE),
    ("oturma izni", PERMIT),
    ("evlenmek", MARRY),
    ("جواز سفر", PASSPORT),
    ("جواز السفر", PASSPORT),
    ("تصريح إقامة", PERMIT),
    ("تصريح الاقامه", PERMIT),
    ("بطاقة الهوية", CARD),
    ("زواج", MARRY),
    ("нова адреса", MOVE),
    ("закордонний паспорт", PASSPORT),
    ("посвідчення особи", CARD),
    ("дозвіл на перебування", PERMIT),
    ("одруження", MARRY),
    ("собака", DOG),
]
FOUND_AMONG_THE_FIRST_THREE = [
    ("Fürerschein", "fuehrerschein-umtausch"),
    ("Fuhrerschein", "fuehrerschein-umtausch"),
    ("Fuehrerschein", "fuehrerschein-umtausch"),
    ("Führersch", "fuehrerschein-umtausch"),
    ("Pers", CARD),
    ("Wo kann ich mich ummelden?", MOVE),
    ("паспорт", PASSPORT),
    ("ehliyet", "fuehrerschein-umtausch"),
    ("водійські права", "fuehrerschein-umtausch"),
    ("رخصة القيادة", "fuehrerschein-umtausch"),
]
NOTHING = ["Zirkus", "qwxyzk", "!!!", "\u0301", "%", "_", "' OR 1=1 --", "\\", "火车", "👍"]


def slugs(query: str, lang: str = "de") -> list[str]:
    wanted = service.ServiceFilter()
    found, total = service.find_services(db.session, query=query, wanted=wanted, lang=lang, page=1, page_size=50)
    assert total == len(found)
    return [str(item["slug"]) for item in found]


@pytest.mark.parametrize(("query", "slug"), FOUND_FIRST, ids=lambda value: value)
def test_the_right_service_comes_first(shipped: Flask, query: str, slug: str) -> None:
    with shipped.app_context():
        assert slugs(query)[:1] == [slug]


@pytest.mark.parametrize(("query", "slug"), FOUND_AMONG_THE_FIRST_THREE, ids=lambda value: value)
def test_the_right_service_is_among_the_first(shipped: Flask, query: str, slug: str) -> None:
    with shipped.app_context():
        assert slug in slugs(query)[:3]


@pytest.mark.parametrize("query", NOTHING)
def test_nothing_is_found_where_nothing_is(shipped: Flask, query: str) -> None:
    with shipped.app_context():
        assert slugs(query) == []


def test_the_language_of_the_page_does_not_matter(shipped: Flask) -> None:
    with shipped.app_context():
        for query in ("Perso", "passport", "taşınma", "تصريح إقامة", "нова адреса"):
            assert len({tuple(slugs(query, lang)) for lang in ("de", "de-simple", "en", "tr", "ar", "uk")}) == 1


def test_a_long_query_is_answered(shipped: Flask) -> None:
    with shipped.app_context():
        assert CARD in slugs(" ".join(["Personalausweis", *["unfug"] * 400]))


@given(query=st.text(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_is_answered(shipped: Flask, client: FlaskClient, query: str) -> None:
    answer = client.get("/api/v1/services", query_string={"q": query})
    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert answer.json is not None
        assert [error["pointer"] for error in answer.json["errors"]] == ["/q"]
