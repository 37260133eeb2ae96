"""The staff's work list in a real Chromium: what one keystroke costs the page with a full page of cases."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from statistics import median

import psycopg

from backend.local import browser
from tests.bench import caseload
from tests.bench.bench_casework import Person
from tests.bench.rows import Row
from tests.bench.stack import ROOT, percentile, plain, stack

GROUP = "desk"
CASES = 2000
FRAME = 16.0
SCRIPT = ROOT / "e2e" / "bench" / "keystrokes.mjs"


def run() -> Iterator[Row]:
    """CPU time of the page's main thread for each kind of keystroke; the limit is kept by 95 of 100."""
    with stack() as made:
        caseload.grow(made, CASES)
        person = Person.of(made, caseload.OFFICES)
        with psycopg.connect(plain(made.urls.superuser_url)) as connection:
            connection.execute(
                "UPDATE account_session SET expires_at = now() + '1 hour', absolute_until = now() + '1 hour'"
            )
            connection.execute(
                "INSERT INTO staff_worker (account_id, name, roles, offices, shortcuts)"
                " VALUES (%s, 'Wiebke', '{}', %s, true)",
                (person.id, list(caseload.OFFICES)),
            )
        _, port = made.serve()
        chromium = {"CHROMIUM": found} if (found := browser.find()) else {}
        done = subprocess.run(
            [shutil.which("node") or "node", SCRIPT, f"http://localhost:{port}", person.cookie],
            cwd=ROOT,
            env={**os.environ, **chromium},
            stdout=subprocess.PIPE,
            check=True,
        )
    measured = json.loads(done.stdout)
    for each in measured["rows"]:
        spent = each["milliseconds"]
        note = f"middle {median(spent):.1f}, dearest {max(spent):.1f}; {len(spent)} keys, {measured['shown']} rows"
        limit = FRAME if each["limited"] else None
        yield Row(GROUP, each["name"], percentile(spent, 0.95), "CPU-ms", limit, note=note)
