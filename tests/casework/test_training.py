"""Training: invented cases that only oneself sees, nothing leaves, and it ends with the session."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from backend.accounts.models import AccountSession
from backend.accounts.service import sessions
from backend.applications.service import invented
from backend.core.access import training_office
from backend.core.db import db
from backend.forms import examples
from backend.forms import service as forms
from tests.applications.people import WHO, Town
from tests.casework.office import Colleague, Office
from tests.casework.test_case import leave


def trainee(office: Office, town: Town, *roles: str) -> Colleague:
    """Somebody in a session of her own that trains, as the next request finds it."""
    person = office.colleague(*roles)
    with town.app.app_context():
        town.sql(
            "INSERT INTO account (id, side, issuer, subject, level, key_id, language)"
            " VALUES (:id, 'staff', 'x', :subject, 'substantial', :id, 'de')",
            id=person.actor.account_id,
            subject=str(person.actor.account_id),
        )
        town.sql(
            "INSERT INTO account_session (id, id_hash, kind, account_id, level, roles, offices, expires_at,"
            " absolute_until) VALUES (:id, decode(md5(:name) || md5(:name), 'hex'), 'staff', :account, 'substantial',"
            " :roles, :offices, clock_timestamp() + interval '1 day', clock_timestamp() + interval '1 day')",
            id=person.actor.session_id,
            name=str(person.actor.session_id),
            account=person.actor.account_id,
            roles=sorted(person.actor.roles),
            offices=sorted(person.actor.offices),
        )
    return person


def switched(town: Town, person: Colleague, *, on: bool) -> Colleague:
    answer = person.post("/training", {"on": on})
    assert (answer.status_code, answer.json) == (200, {"training": on})
    with town.app.app_context():
        row = db.session.get(AccountSession, person.actor.session_id)
        assert row is not None
        assert row.training is on
        offices = sessions._offices(row)  # what the next request of this session sees
    actor = replace(person.actor, training=on, offices=offices)
    return replace(person, actor=actor, headers={WHO: town.sessions.add(actor)})


def test_only_invented_cases_and_only_mine(office: Office, town: Town) -> None:
    real = office.case()
    person = trainee(office, town, "clerk", "lead")
    training = switched(town, person, on=True)
    seen = training.listed("?page_size=100")["items"]
    assert {each["service"] for each in seen} == {form.slug for form in forms.all_published() if examples.of(form)}
    assert {each["office"] for each in seen} == {training_office(person.actor.account_id)}  # type: ignore[arg-type]
    assert training.get(f"/cases/{real}").status_code == 404
    mine = [each["reference"] for each in seen]
    other = switched(town, trainee(office, town), on=True)
    assert not set(mine) & set(other.references("?page_size=100"))
    assert office.colleague("clerk", "lead").get(f"/cases/{mine[0]}").status_code == 404
    assert switched(town, training, on=True).references("?page_size=100") == mine  # no second set
    back = switched(town, replace(training, actor=person.actor), on=False)
    working = replace(back, headers=person.headers)
    assert real in working.references()
    assert not set(mine) & set(working.references())


def test_a_whole_exercise_reaches_nobody(office: Office, town: Town) -> None:
    before = town.sql("SELECT count(*) AS n FROM message")[0].n
    training = switched(town, trainee(office, town), on=True)
    line = next(each for each in training.listed("?page_size=100")["items"] if each["service"] == "meldebescheinigung")
    reference = line["reference"]
    assert training.look(reference)["pages"]
    decided = training.act(reference, "decision", {"outcome": "granted"})
    assert decided.status_code == 201, decided.json
    if decided.json["proposal"]["needs_second"]:
        pytest.fail("this package needs no second person")
    office.time_passes(reference)
    assert leave(town) == 1
    letters = training.get("/letters").json["items"]
    assert [each["reference"] for each in letters] == [reference]
    assert office.colleague().get("/letters").json["items"] == []
    assert town.sql("SELECT count(*) AS n FROM message")[0].n == before
    handed = training.act(reference, "hand-over", {"office": "hb-nord", "note": "Bitte"})
    assert (handed.status_code, handed.json["code"]) == (403, "forbidden")


def test_invented_applications_belong_nowhere_else(app: Flask, town: Town) -> None:
    form = forms.published("meldebescheinigung")
    with app.app_context(), pytest.raises(ValueError, match="exercises"):
        invented.received(db.session(), form, examples.of(form)[0], "hb-mitte", "de")
