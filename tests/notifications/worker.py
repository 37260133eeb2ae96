"""A real worker process for tests: the program's own, with short waits and an owner of the appointments in memory."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from backend.app import create_app
from backend.core import jobs, log
from backend.core.settings import Settings
from backend.notifications import queries, service
from backend.notifications.types import BookingMessage
from tests.notifications.samples import appointment

SHORT_LEASE = timedelta(seconds=3)


class AnySource:
    """Knows every appointment: all are booked."""

    def load(self, session: Session, object_id: UUID, language: str) -> BookingMessage | None:
        return appointment(language, uid=object_id.hex)


def main(database_url: str, smtp_url: str, data_dir: str, secret: str) -> None:
    log.configure()
    queries.LEASE = SHORT_LEASE
    queries.NUDGE_AGAIN = 5 * SHORT_LEASE
    jobs.SWEEP_SECONDS = 1
    settings = Settings(
        env="test", database_url=database_url, database_owner_url=database_url, public_url="http://localhost",
        smtp_url=smtp_url, secret_key=secret.encode(), data_dir=Path(data_dir), demo=True, limits="off",
        mail_from="termine@amtsweg.example",
    )  # fmt: skip
    app = create_app(settings)
    service.register_source(app, AnySource())
    jobs.run_worker(app, settings)


if __name__ == "__main__":
    main(*sys.argv[1:])
