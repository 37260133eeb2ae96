"""What comes in is read strictly, and everything that goes wrong leaves as a problem document."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

ECHO = "/api/v1/toys/echo"


@pytest.fixture
def client(toy_app: Flask) -> FlaskClient:
    return toy_app.test_client()


def faults(client: FlaskClient, body: Any) -> list[tuple[str, str, dict[str, Any]]]:
    answer = client.post(ECHO, json=body)
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert answer.json["code"] == "invalid"
    return [(fault["pointer"], fault["code"], fault["params"]) for fault in answer.json["errors"]]


def test_health(client: FlaskClient) -> None:
    assert client.get("/health/live").json == {"status": "ok"}
    assert client.get("/health/ready").json == {"status": "ok"}


def test_unknown_address_is_a_problem(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/api/v1/services/%00", "/api/v1/toys/a%0ab", "/%ff", "/%E2%80%AE"])
def test_control_characters_are_in_no_address(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_wrong_method_names_the_right_one(client: FlaskClient) -> None:
    answer = client.delete("/health/live")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/health/live", ECHO, "/api/openapi.json"])
def test_there_is_no_preflight(client: FlaskClient, path: str) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    answer = client.options(path, headers=asked)
    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert client.options(path).status_code == 405


def test_a_good_body_is_stripped_and_composed(client: FlaskClient) -> None:
    sent = {"name": "  Ba\u0308r ", "words": [" a "], "parts": [{"label": " x ", "note": " one\r\ntwo "}]}
    answer = client.post(ECHO, json=sent)
    assert answer.json == {"name": "Bär", "words": ["a"], "parts": [{"label": "x", "note": "one\ntwo"}]}


def test_contacts_are_understood(client: FlaskClient) -> None:
    sent = {"name": "a", "owner": "Özge\u00a0Ça\u0306lı", "email": "Jörg@Müller.de", "mobile": "0151 23456789"}
    answer = client.post(ECHO, json=sent)
    assert answer.json == {
        "name": "a", "owner": "Özge Çălı", "email": "Jörg@müller.de", "mobile": "+4915123456789",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, [("/name", "required", {})]),
        ({"name": None}, [("/name", "required", {})]),
        ({"name": 5}, [("/name", "invalid", {})]),
        ({"name": "a", "extra": 1}, [("/extra", "unknown_field", {})]),
        ({"name": "   "}, [("/name", "required", {})]),
        ({"name": "x" * 21}, [("/name", "too_long", {"max": 20})]),
        ({"name": "a\x00b"}, [("/name", "control_character", {})]),
        ({"name": "a\nb"}, [("/name", "control_character", {})]),
        ({"name": "a", "words": ["a\x07"]}, [("/words", "control_character", {})]),
        ({"name": "a", "words": ["four"]}, [("/words/0", "too_long", {"max": 3})]),
        ({"name": "a", "count": 10}, [("/count", "too_large", {"max": 9})]),
        ({"name": "a", "count": 10**30}, [("/count", "too_large", {"max": 9})]),
        ({"name": "a", "colour": "green"}, [("/colour", "not_allowed", {})]),
        ({"name": "a", "parts": [{"label": ""}]}, [("/parts/0/label", "required", {})]),
        ({"name": "a", "parts": [{"label": "b", "x/y~z": 1}]}, [("/parts/0/x~1y~0z", "unknown_field", {})]),
        ({"name": "a", "parts": [{"label": "b"}] * 3}, [("/parts", "too_long", {"max": 2})]),
        ({"name": "a", "parts": "x"}, [("/parts", "invalid", {})]),
        ({"name": "a", "owner": "Олена"}, [("/owner", "name_script", {"script": "cyrillic"})]),
        ({"name": "a", "email": "nobody@"}, [("/email", "email", {})]),
        ({"name": "a", "mobile": "0421 3610"}, [("/mobile", "mobile", {})]),
        ([], [("", "invalid", {})]),
        ("x", [("", "invalid", {})]),
    ],
)
def test_bad_values_are_named(client: FlaskClient, body: Any, expected: Any) -> None:
    assert faults(client, body) == expected


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"{'a': 1}", b'{"a": NaN}', b'{"a": Infinity}', b'{"a": 1, "a": 2}', b"\xff\xfe", b'{"a": "\xc3"}',
        b"[" * 30 + b"]" * 30, b'{"a":' * 30 + b"1" + b"}" * 30, b"[" * 100_000, b"\xef\xbb\xbf{}",
    ],
)  # fmt: skip
def test_a_body_that_is_no_json(client: FlaskClient, raw: bytes) -> None:
    answer = client.post(ECHO, data=raw, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (400, "malformed_json")


def test_brackets_inside_strings_are_no_depth(client: FlaskClient) -> None:
    body = {"name": '[[[[[\\"[[[[', "words": ["[{"] * 15}
    assert client.post(ECHO, json=body).status_code == 200


@pytest.mark.parametrize("size", [256 * 1024 + 1, 5 * 1024 * 1024])
def test_a_body_that_is_too_large(client: FlaskClient, size: int) -> None:
    answer = client.post(ECHO, data=b" " * size, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "application/x-www-form-urlencoded", "text/json", "x"]
)
def test_a_wrong_content_type(client: FlaskClient, content_type: str | None) -> None:
    answer = client.post(ECHO, data=b'{"name": "a"}', content_type=content_type)
    assert (answer.status_code, answer.json["code"]) == (415, "unsupported_media_type")


def test_no_body_at_all_is_an_empty_object(client: FlaskClient) -> None:
    answer = client.post(ECHO)
    assert [(fault["pointer"], fault["code"]) for fault in answer.json["errors"]] == [("/name", "required")]
    assert client.post(ECHO, data=b"", content_type="application/json").status_code == 400


def test_null_is_no_object(client: FlaskClient) -> None:
    answer = client.post(ECHO, data=b"null", content_type="application/json")
    assert [(fault["pointer"], fault["code"]) for fault in answer.json["errors"]] == [("", "invalid")]


def test_a_chunked_body_that_is_too_large(client: FlaskClient) -> None:
    body = b'{"name": "a"}' + b" " * 256 * 1024
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = client.post(
        ECHO, input_stream=io.BytesIO(body), content_type="application/json", environ_overrides=environ
    )
    assert (answer.status_code, answer.json["code"]) == (413, "body_too_large")


def test_the_query_is_strict(client: FlaskClient) -> None:
    assert client.get("/api/v1/toys?lang=tr").status_code == 200
    unknown = client.get("/api/v1/toys?lang=xx").json["errors"]
    assert unknown == [{"pointer": "/lang", "code": "not_allowed", "params": {}}]
    assert client.get("/api/v1/toys?langs=de").json["errors"][0]["code"] == "unknown_field"
    assert client.get("/api/v1/toys?lang=%00").json["errors"][0]["code"] == "control_character"
    assert client.get("/api/v1/toys?lang=%ff%fe").status_code == 422


def test_a_fault_of_ours_says_nothing(toy_app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    toy_app.config["TESTING"] = False
    client = toy_app.test_client()
    client.may_fail = True  # type: ignore[attr-defined]
    sent = {"name": "broken"}
    answer = client.post("/api/v1/toys", json=sent, headers={"Idempotency-Key": "broken-key"})
    assert (answer.status_code, answer.json["code"]) == (500, "internal_error")
    assert "Schmetterling" not in answer.get_data(as_text=True)
    assert "Schmetterling" not in "".join(capfd.readouterr())
    assert client.get("/api/v1/toys").json["total"] == 0


def test_whoever_cannot_be_known_is_not_let_in(client: FlaskClient) -> None:
    assert client.get("/api/v1/toys/mine").status_code == 401


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


@tuned(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["name", "count", "colour", "parts", "words", "owner", "email", "mobile"]), json_values
    )
)
def test_no_body_breaks_the_house(client: FlaskClient, body: dict[str, Any]) -> None:
    answer = client.post(ECHO, data=json.dumps(body), content_type="application/json")
    assert answer.status_code in {200, 422}


@tuned(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=80))
def test_no_bytes_break_the_house(client: FlaskClient, raw: bytes) -> None:
    assert client.post(ECHO, data=raw, content_type="application/json").status_code in {200, 400, 422}
