"""A large caseload to look at: cases of three years in twelve offices, a third of them open, five events each.

Everything is drawn by hashes of the case's number, so that every run makes the same cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.bench.stack import Stack, plain

SMALL, MIDDLE = "amt-klein", "amt-mittel"  # a hundred cases and five thousand, for auditors of one of these only
OFFICES = tuple(f"amt-{number}" for number in range(1, 13))
WORKERS = 60
EVENTS = 5
TABLES = ("application", "staff_case", "staff_case_event", "application_letter", "audit_entry")
# A name is letters only, as names are; 20,000 family names and 2,000 given names, the first of each the commonest.
_LETTERS = "translate(md5(({})::text), '0123456789abcdef', 'GHIJKLMNOPABCDEF')"
FAMILY = f"'F' || substr({_LETTERS.format('n % 20000 * (n % 7 + 1) / 7')}, 1, 8)"
GIVEN = f"'V' || substr({_LETTERS.format('n::bigint * 7919 % 2000')}, 1, 6)"
COMMON = "MUELLER"  # every fiftieth person
REFERENCE = "K7M3DX9P3"
RARE = "YILDIZSOLTANI"  # three in a million
_CASES = f"""
    INSERT INTO staff_case (application_id, reference, authority, office, service, version, language, name, name_words,
        name_key, birth_index, state, waiting_for, received_at, ended_at, promise_on, due_on, due_rank,
        assigned_to, team, labels, escalated_at, revision, changed_at, changed_xid, facets)
    SELECT id, reference, 'bremen', office, service, 1, language, initcap(given) || ' ' || initcap(family),
        to_tsvector('simple', family || ' ' || given), family || ' ' || given, decode(md5('b' || n), 'hex'), state,
        CASE WHEN state = 'waiting_for_citizen' THEN 'citizen' END, received_at,
        CASE WHEN open THEN NULL ELSE received_at + interval '20 days' END, promise, due, least(promise, due),
        CASE WHEN n % 3 < 2 THEN md5('w' || n % {WORKERS})::uuid END, CASE WHEN n % 11 = 0 THEN 'team-' || n % 4 END,
        CASE WHEN n % 997 = 0 THEN ARRAY['Eilt'] ELSE '{{}}' END, CASE WHEN open AND n % 501 = 0 THEN received_at END,
        5, received_at, 1, ARRAY['s:' || service, 't:' || state, 'l:' || language,
            'w:' || CASE WHEN state = 'waiting_for_citizen' THEN 'citizen' ELSE 'office' END,
            'a:' || CASE WHEN n % 3 < 2 THEN md5('w' || n % {WORKERS})::uuid::text ELSE 'nobody' END,
            CASE WHEN open THEN 'open' ELSE 'ended' END] || CASE WHEN n % 997 = 0 THEN ARRAY['b:Eilt'] ELSE '{{}}' END
    FROM (
        SELECT *, (received_at + interval '60 days')::date AS promise,
            CASE WHEN state = 'waiting_for_citizen' THEN (received_at + interval '70 days')::date END AS due
        FROM (
            SELECT n, md5('a' || n)::uuid AS id, n % 10 < 3 AS open,
                CASE WHEN n = 7 THEN '{REFERENCE}' ELSE 'R' || n END AS reference,
                CASE WHEN n % 50 = 0 THEN '{COMMON}' WHEN n % 333333 = 7 THEN '{RARE}' ELSE {FAMILY} END AS family,
                {GIVEN} AS given, CASE WHEN n % 10007 = 0 THEN '{SMALL}' WHEN n % 211 = 0 THEN '{MIDDLE}' ELSE
                    (ARRAY['{"','".join(OFFICES)}'])[1 + abs(hashint4(n)) % {len(OFFICES)}] END AS office,
                (ARRAY['meldebescheinigung','wohnsitz-anmelden','gewerbe','geburtsurkunde','bewohnerparkausweis'])
                    [1 + abs(hashint4(n + 1)) % 5] AS service,
                (ARRAY['de','de','de','de','tr','ar','uk','en','de-simple'])[1 + abs(hashint4(n + 2)) % 9] AS language,
                CASE WHEN n % 10 = 0 THEN 'waiting_for_citizen' WHEN n % 10 = 1 THEN 'received'
                     WHEN n % 10 = 2 THEN 'in_review' WHEN n % 10 = 3 THEN 'withdrawn' WHEN n % 10 = 4
                     THEN 'decided_refused' ELSE 'decided_granted' END AS state,
                clock_timestamp() - abs(hashint4(n + 3)) % CASE WHEN n % 10 < 3 THEN 90 ELSE 1095 END
                    * interval '1 day' - n % 86400 * interval '1 second' AS received_at
            FROM generate_series(%(first)s::int, %(last)s::int) AS n
        ) AS drawn
    ) AS dated
"""  # noqa: S608 - constants
_APPLICATIONS = """
    INSERT INTO application (id, reference, service, version, content_hash, language, state, revision, key_id,
        document_revision, owner_account, office, received_at)
    SELECT application_id, reference, service, version, 'x', language, state, 1, application_id, 1,
        md5('o' || n / 3)::uuid, office, received_at
    FROM generate_series(%(first)s::int, %(last)s::int) AS n JOIN staff_case ON application_id = md5('a' || n)::uuid
"""
_EVENTS = """
    INSERT INTO staff_case_event (application_id, revision, type, actor, at, data)
    SELECT md5('a' || n)::uuid, e,
        (ARRAY['application.received', 'taken', 'application.review_started', 'noted', 'assigned'])[e],
        CASE WHEN e > 1 THEN md5('w' || n % 60)::uuid END, clock_timestamp() - (n % 1000 - e) * interval '1 hour', '{}'
    FROM generate_series(%(first)s::int, %(last)s::int) AS n, generate_series(1, 5) AS e
"""
# Four of five entries are about a case, one about none (a search).
_TRAIL = """
    INSERT INTO audit_entry (at, xid, actor_kind, actor_account, actor_roles, action, object_type, object_id, about,
        salt, content)
    SELECT clock_timestamp() - (%(cases)s::int - n) * (interval '1095 days' / %(cases)s::int) + e * interval '1 second',
        1, CASE WHEN e = 1 THEN 'citizen' ELSE 'staff' END,
        CASE WHEN e = 1 THEN md5('o' || n / 3)::uuid ELSE md5('w' || (n + e) % 60)::uuid END, 'clerk',
        (ARRAY['application.submitted', 'case.opened', 'case.assigned', 'case.searched', 'case.opened'])[e],
        CASE WHEN e = 4 THEN 'case' ELSE 'application' END, CASE WHEN e = 4 THEN '-' ELSE md5('a' || n)::uuid::text END,
        md5('o' || n / 3)::uuid, '', decode(md5('c' || n) || md5('d' || n), 'hex')
    FROM generate_series(%(first)s::int, %(last)s::int) AS n, generate_series(1, 5) AS e
"""
_RARE = """
    UPDATE audit_entry SET action = 'training.begun', object_type = 'case', object_id = '-'
    WHERE id %% 1000003 = 7
"""
_LETTERS_OF = """
    INSERT INTO application_letter (id, application_id, kind, electronic, provided_at)
    SELECT application_id, application_id, 'granted', hashtext(reference) % 20 <> 0, ended_at
    FROM staff_case WHERE state = 'decided_granted'
"""
_WORKERS = """
    INSERT INTO staff_worker (account_id, name, roles, offices)
    SELECT md5('w' || n)::uuid, 'Wiebke ' || n, '{clerk}', '{amt-1}' FROM generate_series(0, 59) AS n
"""
AT_ONCE = 100_000


def grow(made: Stack, cases: int) -> None:
    """Make this many cases with their applications, events and letters, and let the planner know them."""
    with psycopg.connect(plain(made.urls.superuser_url), autocommit=True) as connection:
        connection.execute(
            "SET session_replication_role = replica"
        )  # neither triggers nor foreign keys: it is all ours
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET maintenance_work_mem = '256MB'")
        with without_indexes(connection):
            connection.execute(_WORKERS)
            for first in range(1, cases + 1, AT_ONCE):
                span = {"first": first, "last": min(first + AT_ONCE - 1, cases)}
                connection.execute(escaped(_CASES), span)
                connection.execute(escaped(_EVENTS), span)
                connection.execute(escaped(_TRAIL), {**span, "cases": cases})
            connection.execute(_RARE.replace("%%", "%").encode())
        connection.execute(_LETTERS_OF.encode())
        for first in range(1, cases + 1, AT_ONCE):
            connection.execute(escaped(_APPLICATIONS), {"first": first, "last": min(first + AT_ONCE - 1, cases)})
        connection.execute("VACUUM (ANALYZE)")


def escaped(statement: str) -> bytes:
    """A statement whose remainders the driver does not take for places of values."""
    return statement.replace(" % ", " %% ").encode()


@contextmanager
def without_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Take the indexes away while rows come in great numbers, but those that constraints need."""
    kept = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes i WHERE tablename = ANY (%s) AND NOT EXISTS"
        " (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)",
        (list(TABLES),),
    ).fetchall()
    for name, _ in kept:
        connection.execute(f'DROP INDEX "{name}"'.encode())
    yield
    for _, definition in kept:
        connection.execute(definition.encode())
