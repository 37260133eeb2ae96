"""What must hold for all rows at any instant, asked of the tables themselves (run after every fault test)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.booking import stock

# each counts the rows that break the rule
QUESTIONS = {
    "two claims of one resource overlap while both count": """
        SELECT count(*) FROM claim AS a JOIN claim AS b ON a.resource = b.resource AND a.id < b.id
        AND a.during && b.during AND a.live && b.live
    """,
    "a hold counts longer than it was told": """
        SELECT count(*) FROM claim JOIN hold ON hold.id = hold_id
        WHERE claim.state = 'held' AND upper(live) > hold.expires_at
    """,
    "an unconfirmed time counts longer than it was told": """
        SELECT count(*) FROM claim JOIN appointment a ON a.id = appointment_id
        WHERE claim.state = 'unconfirmed' AND upper(live) IS DISTINCT FROM a.confirm_by
        AND upper(live) > clock_timestamp()
    """,
    "a confirmed appointment ahead is not at exactly one place": """
        SELECT count(*) FROM appointment a WHERE state = 'booked' AND starts_at > clock_timestamp() AND (
            SELECT count(*) FROM claim WHERE appointment_id = a.id AND state = 'booked'
            AND during = tstzrange(a.starts_at, a.ends_at)
        ) <> 1 + cardinality(needs)
    """,
    "a booked claim belongs to no confirmed appointment": """
        SELECT count(*) FROM claim WHERE state = 'booked' AND lower(during) > clock_timestamp() AND NOT EXISTS (
            SELECT FROM appointment a WHERE a.id = appointment_id AND a.state = 'booked'
            AND during = tstzrange(a.starts_at, a.ends_at)
        )
    """,
    "a confirmed appointment was never told to its person": """
        SELECT count(*) FROM appointment a WHERE confirmed_at IS NOT NULL AND erased_at IS NULL
        AND NOT EXISTS (SELECT FROM message WHERE object_id = a.id AND kind = 'confirmed')
    """,
    "an answer was promised to a key and is missing": """
        SELECT count(*) FROM idempotency WHERE answer IS NULL
    """,
    "a claim begins in the future: the clock was set back": """
        SELECT count(*) FROM claim WHERE lower(live) > clock_timestamp()
    """,
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that rows break, and how many do."""

    rule: str
    rows: int


def broken(session: Session) -> list[Broken]:
    """Every rule that does not hold, judged on one snapshot (the session must be fresh); empty when all is well."""
    read_model = Broken("the read model differs from rules and claims", len(stock.verify(session)))
    counted = [Broken(rule, session.execute(text(question)).scalar_one()) for rule, question in QUESTIONS.items()]
    return [each for each in (*counted, read_model) if each.rows]
