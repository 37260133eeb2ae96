"""The audit trail's door: write an entry, refuse foreign access with an entry, see who looked at a person's data."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from uuid import UUID

from backend.audit import queries, rules
from backend.audit.models import AuditEntry
from backend.audit.types import Look, ObjectKey, Payload
from backend.core.access import Actor
from backend.core.clock import AnySession
from backend.core.errors import NotFound
from backend.core.sql import Statement

SALT_BYTES = 16
_ADD = Statement(
    "INSERT INTO audit_entry (actor_kind, actor_account, actor_session, actor_level, actor_roles, action, object_type,"
    " object_id, about, reason, payload, salt, content) VALUES (%(kind)s::text, %(account)s::uuid, %(session)s::uuid,"
    " %(level)s::text, %(roles)s::text, %(action)s::text, %(object_type)s::text, %(object_id)s::text, %(about)s::uuid,"
    " %(reason)s::text, %(payload)s::text, %(salt)s::bytea, %(content)s::bytea)"
)
_ADD_ALL = Statement(
    "INSERT INTO audit_entry (actor_kind, actor_account, actor_session, actor_level, actor_roles, action, object_type,"
    " object_id, about, payload, salt, content) SELECT %(kind)s::text, %(account)s::uuid, %(session)s::uuid,"
    " %(level)s::text, %(roles)s::text, %(action)s::text, %(object_type)s::text, each.* FROM"
    " unnest(%(object_ids)s::text[], %(abouts)s::uuid[], %(payloads)s::text[], %(salts)s::bytea[],"
    " %(contents)s::bytea[]) AS each"
)


class Foreign(NotFound):
    """There is nothing here, or it is not yours, or the secret is wrong: all alike."""

    commits = True  # the entry about the try stays


def record(
    session: AnySession,
    *,
    actor: Actor | None,
    action: str,
    object_type: str,
    object_id: object,
    reason: str | None = None,
    payload: Payload | None = None,
    about: UUID | None = None,
) -> None:
    """Write one entry in the caller's transaction.

    `actor` None: a caller without a session. `action` is `<object>.<verb>`, e.g. `application.read`. `about` is the
    account of the person concerned, for the answer to "who looked at my data". No names, contacts or answers belong
    into `payload`: it is for what changed and why, by codes and ids.
    """
    salt, text = secrets.token_bytes(SALT_BYTES), rules.written(payload)
    values = {
        **_who(actor),
        "action": action,
        "object_type": object_type,
        "object_id": str(object_id),
        "about": about,
        "reason": reason,
        "payload": text,
        "salt": salt,
        "content": rules.content_digest(salt, reason, text),
    }
    _ADD.execute(session, values)


def record_all(
    session: AnySession,
    *,
    actor: Actor | None,
    action: str,
    object_type: str,
    seen: Sequence[tuple[object, UUID | None, Payload | None]],
) -> None:
    """The same deed on many objects (id, account concerned, payload), an entry for each in one statement."""
    if not seen:
        return
    salts = [secrets.token_bytes(SALT_BYTES) for _ in seen]
    texts = [rules.written(payload) for _, _, payload in seen]
    values = {
        **_who(actor),
        "action": action,
        "object_type": object_type,
        "object_ids": [str(object_id) for object_id, _, _ in seen],
        "abouts": [about for _, about, _ in seen],
        "payloads": texts,
        "salts": salts,
        "contents": [rules.content_digest(salt, None, text) for salt, text in zip(salts, texts, strict=True)],
    }
    _ADD_ALL.execute(session, values)


def _who(actor: Actor | None) -> dict[str, object]:
    return {
        "kind": actor.kind if actor else "nobody",
        "account": actor.account_id if actor else None,
        "session": actor.session_id if actor else None,
        "level": actor.level if actor else None,
        "roles": " ".join(sorted(actor.roles)) if actor else "",
    }


def repeated(
    session: AnySession,
    *,
    actor: Actor,
    action: str,
    object_type: str,
    object_id: object,
    payload: Payload | None = None,
) -> bool:
    """True when the actor's same entry is younger than a quarter of an hour: the next page of the same look."""
    return queries.repeated(session, actor.account_id, action, object_type, str(object_id), rules.written(payload))


def foreign(
    session: AnySession, *, actor: Actor | None, object_type: str, object_id: object, about: UUID | None = None
) -> Foreign:
    """Write down that somebody tried to reach what is not theirs; raise what this returns.

    The answer is a plain 404 and this transaction is committed, so call it before anything else was written.
    """
    record(
        session, actor=actor, action=f"{object_type}.refused", object_type=object_type, object_id=object_id, about=about
    )
    return Foreign()


def looks(session: AnySession, *, account_id: UUID, objects: Sequence[ObjectKey] = (), limit: int = 200) -> list[Look]:
    """Who else saw or changed a person's data: entries about the account or its objects by others, newest first."""
    return queries.looks(session, account_id, objects, limit)


def trail(
    session: AnySession, *, object_type: str, object_id: object, before: int | None = None, limit: int = 100
) -> Sequence[AuditEntry]:
    """All entries about one object, newest first, for auditors; `before`: the id to go on from."""
    return queries.trail(session, object_type, str(object_id), before, limit)
