"""Random lives of appointments against a model that knows only the contract: what is taken, by whom, in which state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine

from backend.booking.service import invariants
from backend.core.db import db
from tests.booking.conftest import Citizen, empty_desks
from tests.booking.world import DESKS, at

LENGTH = timedelta(minutes=15)
OFFICES = st.sampled_from(["mitte", "nord"])
MINUTES = st.sampled_from([0, 5, 10, 15, 20, 30])


@dataclass
class Owner:
    """Somebody who owns a time: through a hold, an unconfirmed or a booked appointment."""

    office: str
    start: datetime
    told: dict[str, Any]
    state: str = "held"
    cancelled_at: tuple[str, datetime] | None = None


class Lives(RuleBasedStateMachine):
    """Everybody acts as the portal lets them; the model says what the answer must be."""

    somebody: ClassVar[Citizen]
    owners = Bundle("owners")

    def __init__(self) -> None:
        super().__init__()
        empty_desks(self.somebody.engine)
        self.all: list[Owner] = []

    def most_at(self, office: str, start: datetime, besides: Owner | None = None) -> int:
        """The most owners at one instant of a wanted period; at least so many desks are in use."""
        living = [
            owner for owner in self.all
            if owner is not besides and owner.office == office and owner.state in ("held", "unconfirmed", "booked")
        ]  # fmt: skip
        instants = [start + timedelta(minutes=5 * n) for n in range(3)]
        return max(sum(owner.start <= instant < owner.start + LENGTH for owner in living) for instant in instants)

    def overlapping(self, office: str, start: datetime, besides: Owner | None = None) -> int:
        """How many owners touch a wanted period; at most so many desks are in the way."""
        return sum(
            owner.office == office and owner.start < start + LENGTH and start < owner.start + LENGTH
            for owner in self.all
            if owner is not besides and owner.state in ("held", "unconfirmed", "booked")
        )

    def fits(self, status: int, office: str, start: datetime, good: int, besides: Owner | None = None) -> bool:
        """Judge an answer: taken only if desks may be in the way, given only if one can be free."""
        if status == good:
            assert self.most_at(office, start, besides) < DESKS[office]
            return True
        assert status == 409
        assert self.overlapping(office, start, besides) >= DESKS[office]
        return False

    @rule(target=owners, office=OFFICES, minute=MINUTES)
    def hold(self, office: str, minute: int) -> Owner:
        start = at(9) + timedelta(minutes=minute)
        answer = self.somebody.hold(start, office=office)
        owner = Owner(office, start, dict(answer.json or {}), "none")
        if self.fits(answer.status_code, office, start, 201):
            owner.state = "held"
            self.all.append(owner)
        return owner

    @rule(owner=consumes(owners))
    def release(self, owner: Owner) -> None:
        if owner.state != "none":
            answer = self.somebody.post(f"/holds/{owner.told.get('hold_id')}/release", secret=owner.told["secret"])
            expected = {"held": 204, "released": 204}
            if owner.state in expected and "hold_id" in owner.told:
                assert answer.status_code == expected[owner.state]
                owner.state = "released"

    @rule(owner=owners)
    def book(self, owner: Owner) -> None:
        if owner.state == "held":
            answer = self.somebody.post("/appointments", self.somebody.booking(owner.told))
            assert answer.status_code == 201, answer.json
            owner.told, owner.state = dict(answer.json or {}), "unconfirmed"

    @rule(owner=owners)
    def confirm(self, owner: Owner) -> None:
        if owner.state == "unconfirmed":
            assert self.somebody.confirm(owner.told).status_code == 200
            owner.state = "booked"

    @rule(owner=owners, office=OFFICES, minute=MINUTES)
    def move(self, owner: Owner, office: str, minute: int) -> None:
        start = at(9) + timedelta(minutes=minute)
        if owner.state == "booked":
            target = {"office": office, "starts_at": start.isoformat()}
            answer = self.somebody.act(owner.told, "move", target)
            if (office, start) == (owner.office, owner.start):
                assert answer.status_code == 200
            elif self.fits(answer.status_code, office, start, 200, besides=owner):
                owner.office, owner.start = office, start

    @rule(owner=owners)
    def cancel(self, owner: Owner) -> None:
        if owner.state in ("unconfirmed", "booked", "cancelled"):
            assert self.somebody.act(owner.told, "cancel").status_code == 200
            owner.state = {"unconfirmed": "gone"}.get(owner.state, "cancelled")

    @rule(owner=owners)
    def undo(self, owner: Owner) -> None:
        if owner.state == "cancelled":
            answer = self.somebody.act(owner.told, "undo")
            if self.fits(answer.status_code, owner.office, owner.start, 200, besides=owner):
                owner.state = "booked"
        elif owner.state == "gone":
            assert self.somebody.act(owner.told, "undo").status_code == 410

    @invariant()
    def everything_holds(self) -> None:
        booked = sum(owner.state == "booked" for owner in self.all)
        assert self.somebody.sql("SELECT count(*) FROM claim WHERE state = 'booked'") == [(booked,)]

    def teardown(self) -> None:
        with self.somebody.app.app_context():
            assert invariants.broken(db.session()) == []
            db.session.rollback()


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_lives_of_appointments(citizen: Citizen, app: Flask, engine: Engine) -> None:
    Lives.somebody = citizen
    some = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Lives, settings=some)
