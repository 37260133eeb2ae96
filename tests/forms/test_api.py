"""Forms over HTTP: shape, languages, versions, caching, bad input."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from backend.core.i18n import LANGUAGES
from backend.forms import registry
from backend.forms.schemas import FormSchema, FormsSchema


@pytest.fixture(scope="module")
def domains() -> tuple[str, ...]:
    return ("forms",)


def get(client: FlaskClient, path: str, **query: object) -> Any:
    answer = client.get(f"/api/v1{path}", query_string=query)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lists_every_published_form(client: FlaskClient, lang: str) -> None:
    answer = get(client, "/forms", lang=lang)
    assert FormsSchema().validate(answer) == {}
    assert [item["slug"] for item in answer["items"]] == registry.slugs()
    assert all(item["title"]["text"] and item["title"]["lang"] in {lang, "de"} for item in answer["items"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_a_form_with_words_for_every_field(client: FlaskClient, lang: str) -> None:
    form = get(client, "/forms/meldebescheinigung", lang=lang)
    assert FormSchema().validate(form) == {}
    for field in form["schema"]["properties"]:
        assert form["texts"][f"{field}.label"]["text"]
    assert form["texts"]["post_address.street.label"]["text"] == form["texts"]["address.street.label"]["text"]
    assert form["texts"]["error.required"]["lang"] == lang


def test_keeps_fields_in_the_order_of_the_schema(client: FlaskClient) -> None:
    fields = list(get(client, "/forms/meldebescheinigung")["schema"]["properties"])
    assert fields == list(registry.newest("meldebescheinigung").fields)


def test_tells_nothing_of_the_rules(client: FlaskClient) -> None:
    form = get(client, "/forms/meldebescheinigung")
    assert "rules" not in form
    assert "four_eyes" not in form["facts"]


def test_answers_a_version_by_number(client: FlaskClient) -> None:
    newest = get(client, "/forms/meldebescheinigung")
    assert get(client, "/forms/meldebescheinigung", version=newest["version"]) == newest


@pytest.mark.parametrize(
    "path", ["/forms/nothing", "/forms/_shared", "/forms/..%2F_shared", "/forms/meldebescheinigung?version=999"]
)
def test_says_404_for_what_is_not_published(client: FlaskClient, path: str) -> None:
    assert client.get(f"/api/v1{path}").status_code == 404


@pytest.mark.parametrize("query", ["lang=xx", "version=0", "version=one", "version=99999999999", "foreign=1"])
def test_refuses_a_bad_query(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/v1/forms/meldebescheinigung?{query}").status_code == 422


def test_a_browser_that_has_the_form_gets_nothing_again(client: FlaskClient) -> None:
    first = client.get("/api/v1/forms/meldebescheinigung")
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = client.get("/api/v1/forms/meldebescheinigung", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
