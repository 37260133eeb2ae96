"""Lists narrowed by authority, life situation or service; names that are not there are refused."""

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture(autouse=True)
def _catalogue(small: Flask) -> None:
    pass


def test_filters(client: FlaskClient) -> None:
    def slugs(path: str, **query: object) -> list[str]:
        answer = client.get(f"/api/v1{path}", query_string=query)
        assert answer.json is not None
        return [item["slug"] for item in answer.json["items"]]

    assert slugs("/services", authority="bremerhaven") == ["wohnsitz-anmelden", "wunschkennzeichen"]
    assert slugs("/services", life_situation="ausweis") == ["personalausweis"]
    assert slugs("/services", q="Perso", authority="bremerhaven") == []
    assert slugs("/services", q="Perso", authority="bremen") == ["personalausweis"]
    assert slugs("/offices", authority="bremerhaven") == ["bhv-mobil"]
    assert slugs("/offices", service="personalausweis") == ["hb-mitte"]
    assert slugs("/offices", authority="bremerhaven", service="personalausweis") == []


@pytest.mark.parametrize(
    ("path", "code", "pointer"),
    [
        ("/services?authority=atlantis", "unknown_authority", "/authority"),
        ("/services?q=Perso&authority=atlantis", "unknown_authority", "/authority"),
        ("/services?authority=", "unknown_authority", "/authority"),
        ("/services?authority=bremen&life_situation=urlaub", "unknown_life_situation", "/life_situation"),
        ("/offices?authority=atlantis", "unknown_authority", "/authority"),
    ],
)
def test_unknown_names_are_refused(client: FlaskClient, path: str, code: str, pointer: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.json is not None
    assert answer.json["code"] == code
    assert [(error["pointer"], error["code"]) for error in answer.json["errors"]] == [(pointer, code)]
