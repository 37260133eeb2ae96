"""The catalogue over HTTP: shapes, languages, fallback, caching, bad input."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from backend.catalogue.schemas import (
    LifeSituationsSchema,
    OfficePageSchema,
    OfficeSchema,
    PortalSchema,
    ServicePageSchema,
    ServiceSchema,
)
from backend.core.clock import today
from backend.core.db import db
from backend.core.i18n import LANGUAGES
from tests.catalogue.conftest import SMALL, import_now

MakeApp = Callable[..., Flask]


@pytest.fixture(autouse=True)
def _catalogue(small: Flask) -> None:
    pass


def get(client: FlaskClient, path: str, **query: object) -> Any:
    answer = client.get(f"/api/v1{path}", query_string=query)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/services", ServicePageSchema),
        ("/services/wohnsitz-anmelden", ServiceSchema),
        ("/services/wunschkennzeichen", ServiceSchema),
        ("/offices", OfficePageSchema),
        ("/offices/bhv-mobil", OfficeSchema),
        ("/offices/hb-archiv", OfficeSchema),
        ("/life-situations", LifeSituationsSchema),
        ("/portal", PortalSchema),
    ],
)
def test_every_answer_has_exactly_its_shape(client: FlaskClient, path: str, shape: Any, lang: str) -> None:
    body = get(client, path, lang=lang)
    loader = shape()
    assert loader.validate(body) == {}
    assert body.keys() == loader.fields.keys()


def test_a_service(client: FlaskClient) -> None:
    body = get(client, "/services/wohnsitz-anmelden")
    assert body["name"] == {"text": "Wohnsitz anmelden", "lang": "de"}
    assert body["channels"] == ["online", "appointment"]
    assert [way["kind"] for way in body["ways"]] == ["online", "appointment"]
    assert body["ways"][0] == {
        "kind": "online",
        "authority": "bremen",
        "possible": True,
        "text": {"text": "Mit Online-Ausweis.", "lang": "de"},
        "url": "https://wohnsitzanmeldung.de",
        "phone": None,
        "form": "umzug",
    }
    assert [document["authority"] for document in body["documents"]] == [None, "bremen"]
    assert body["fees"][0]["amount_cents"] == 0
    assert body["fees"][0]["source_date"] == "2026-01-01"
    assert body["offices"][0]["name"] == "BürgerServiceCenter-Mitte"
    assert body["related"] == [
        {"slug": "personalausweis", "name": {"text": "Personalausweis beantragen", "lang": "de"}}
    ]
    assert body["combinable_with"] == ["personalausweis"]
    assert body["leika_more"] == ["99115005104000"]
    assert body["answer_detail"] is None
    assert body["review"] == {"status": "reviewed"}


def test_an_unknown_fee_stays_unknown(client: FlaskClient) -> None:
    fees = get(client, "/services/personalausweis")["fees"]
    assert [(fee["amount_cents"], fee["assumption"]) for fee in fees] == [(4600, False), (None, True)]


def test_what_a_language_lacks_is_german_and_says_so(client: FlaskClient) -> None:
    body = get(client, "/services/wohnsitz-anmelden", lang="en")
    assert body["name"] == {"text": "Register your address", "lang": "en"}
    assert body["summary"]["lang"] == "de"
    assert body["documents"][0]["name"]["lang"] == "en"
    assert body["documents"][0]["hint"] is None, "a German hint must not stand inside an English line"
    assert {step["title"]["lang"] for step in body["steps"]} == {"de"}, "steps are never mixed"
    assert len(body["steps"]) == 2
    assert body["review"] == {"status": "machine"}
    assert get(client, "/services/personalausweis", lang="uk")["name"]["lang"] == "de"


def test_an_office(client: FlaskClient) -> None:
    body = get(client, "/offices/hb-mitte")
    assert body["address"] == {"street": "Beispielstraße 1", "postcode": "28195", "city": "Bremen"}
    assert [(h["weekday"], h["opens"], h["kind"]) for h in body["hours"]] == [
        (1, "07:30", "open"),
        (1, "13:00", "walk_in"),
        (2, "07:30", "open"),
    ]
    assert body["hours_status"] == "outdated"
    assert body["access_features"] == ["step_free", "lift"]
    assert [entry["slug"] for entry in body["services"]] == ["wohnsitz-anmelden", "personalausweis"]
    assert body["stops"] == []


def test_a_mobile_office_has_its_next_stops_in_the_language(make_app: MakeApp) -> None:
    app = make_app()
    with app.app_context():
        this_day = today(db.session)
    import_now(app, SMALL, this_day)
    body = get(app.test_client(), "/offices/bhv-mobil", lang="en")
    assert body["access_features"] is None
    assert 4 <= len(body["stops"]) <= 9
    first = body["stops"][0]
    assert first["date"] >= this_day.isoformat()
    assert first["access"] == {"text": "The entrance is on the left.", "lang": "en"}
    assert first["address"] == {
        "name": "Beispielbibliothek",
        "street": "Musterweg 2",
        "postcode": "27578",
        "city": "Bremerhaven",
    }
    assert first["assumption"] is True
    turkish = get(app.test_client(), "/offices/bhv-mobil", lang="tr")["stops"][0]
    assert turkish["access"] == {"text": "Der Eingang liegt links.", "lang": "de"}


def test_lists_have_pages(client: FlaskClient) -> None:
    first = get(client, "/services", page_size=2)
    second = get(client, "/services", page_size=2, page=2)
    assert (first["total"], first["page"], first["page_size"]) == (3, 1, 2)
    slugs = [item["slug"] for item in first["items"] + second["items"]]
    assert slugs == ["wohnsitz-anmelden", "wunschkennzeichen", "personalausweis"]
    assert get(client, "/services", page=9)["items"] == []
    beyond = get(client, "/offices", page=9)
    assert (beyond["items"], beyond["total"]) == ([], 3)


def test_life_situations(client: FlaskClient) -> None:
    items = get(client, "/life-situations")["items"]
    assert [item["slug"] for item in items] == ["umzug", "ausweis"]
    assert [entry["slug"] for entry in items[0]["services"]] == ["wohnsitz-anmelden", "wunschkennzeichen"]
    assert items[0]["icon"] == "home"


@pytest.mark.parametrize(
    ("leika", "ars", "slugs"),
    [
        ("99008001012000", None, ["personalausweis"]),
        ("99115005104000", None, ["wohnsitz-anmelden", "wunschkennzeichen"]),
        ("99115005104000", "040110000000", ["wohnsitz-anmelden"]),
        ("99115005104000", "04011", ["wohnsitz-anmelden"]),
        ("99115005104000", "040120000000", ["wohnsitz-anmelden", "wunschkennzeichen"]),
        ("99115005104000", "040000000000", ["wohnsitz-anmelden", "wunschkennzeichen"]),
        ("99115005104000", "040110000007", ["wohnsitz-anmelden"]),
    ],
)
def test_keys_of_the_national_catalogue(client: FlaskClient, leika: str, ars: str | None, slugs: list[str]) -> None:
    query = {} if ars is None else {"ars": ars}
    assert get(client, f"/leika/{leika}", **query) == {"services": slugs}


@pytest.mark.parametrize(
    "path",
    [
        "/services/gibt-es-nicht",
        "/offices/gibt-es-nicht",
        "/services/%00",
        "/offices/%00",
        "/leika/%00",
        "/leika/٩٩٠٠٨٠٠١٠١٢٠٠٠",
        "/services/..%2f..%2fetc",
        "/leika/99999999999999",
        "/leika/abc",
        "/leika/99008001012000?ars=050000000000",
    ],
)
def test_unknown_things_are_404(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["code"] == "not_found"


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("/services?lang=fr", "/lang"),
        ("/services/personalausweis?lang=", "/lang"),
        ("/offices?lang=xx", "/lang"),
        ("/offices/hb-mitte?lang=xx", "/lang"),
        ("/life-situations?lang=xx", "/lang"),
        ("/portal?lang=xx", "/lang"),
        ("/leika/99008001012000?ars=bremen", "/ars"),
        ("/services?page=0", "/page"),
        ("/services?page_size=100000", "/page_size"),
        ("/services?page=eins", "/page"),
        ("/services?q=" + "x" * 201, "/q"),
        ("/services?q=a%00b", "/q"),
        ("/services?unbekannt=1", "/unbekannt"),
    ],
)
def test_bad_values_are_422_with_a_pointer(client: FlaskClient, path: str, pointer: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert answer.json is not None
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_answers_may_be_kept_for_a_minute_and_asked_again(client: FlaskClient) -> None:
    first = client.get("/api/v1/services/personalausweis")
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = client.get("/api/v1/services/personalausweis", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    other = client.get("/api/v1/services/personalausweis?lang=en")
    assert re.fullmatch(r'"[0-9a-f]{40}"', other.headers["ETag"])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(client: FlaskClient, method: str) -> None:
    answer = client.open("/api/v1/services", method=method, json={} if method in ("POST", "PUT") else None)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/services", 1),
        ("/services?q=Perso", 2),
        ("/services/wohnsitz-anmelden", 1),
        ("/offices", 1),
        ("/offices/hb-mitte", 1),
        ("/offices/bhv-mobil", 3),
        ("/life-situations", 1),
        ("/leika/99008001012000", 1),
        ("/portal", 1),
    ],
)
def test_a_read_is_one_or_two_queries(app: Flask, client: FlaskClient, path: str, most: int) -> None:
    with app.app_context():
        engine = db.engine
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    client.get(f"/api/v1{path}")
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(f"/api/v1{path}").status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    asked = [statement for statement in statements if "rate_limit" not in statement]
    assert 1 <= len(asked) <= most, asked


def test_the_portal_describes_its_deployment(make_app: MakeApp) -> None:
    app = make_app(demo=True, feedback_email="hilfe@example.org", sms_configured=True, imprint={"name": "Amt"})
    import_now(app, SMALL)
    body = get(app.test_client(), "/portal", lang="ar")
    assert body["demo"] is True
    assert body["languages"] == ["de", "de-simple", "en", "tr", "ar", "uk"]
    assert body["feedback"] == {"email": "hilfe@example.org", "phone": None, "post": None}
    assert body["imprint"]["name"] == "Amt"
    assert body["imprint"]["street"] is None
    assert body["contact_kinds"] == ["email", "mobile"]
    assert body["authorities"][0] == {
        "slug": "bremen",
        "ars": "040110000000",
        "name": {"text": "بريمن", "lang": "ar"},
    }
    assert body["authorities"][1]["name"]["lang"] == "de"
