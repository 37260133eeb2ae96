"""The house answers, strictly."""

from flask.testing import FlaskClient


def test_health(client: FlaskClient) -> None:
    assert client.get("/health/live").json == {"status": "ok"}
    assert client.get("/health/ready").json == {"status": "ok"}


def test_unknown_address_is_a_problem(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_wrong_method_names_the_right_one(client: FlaskClient) -> None:
    answer = client.delete("/health/live")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
