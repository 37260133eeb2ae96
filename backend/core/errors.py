"""The errors that a domain raises on purpose: each has a stable code and an HTTP status; its docstring explains it."""

# ruff: noqa: N818 - an error is named for what happened, like its code

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one value: JSON pointer into the request, stable code, values for the message."""

    pointer: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


class DomainError(Exception):
    """Something the caller has to know; leaves the house as a problem document.

    `commits`: what was written before the raise stays (a refusal that sends a message); usually all is rolled back.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    commits: ClassVar[bool] = False

    def __init__(
        self,
        *,
        errors: Sequence[FieldError] = (),
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(self.code)
        self.errors = tuple(errors)
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})


class NotFound(DomainError):
    """There is nothing here, or it is not yours, or the secret is wrong: all alike."""

    code = "not_found"
    status = 404


class Conflict(DomainError):
    """The object is not in a state that allows this."""

    code = "conflict"
    status = 409


class Gone(DomainError):
    """It was here, but its time is over."""

    code = "gone"
    status = 410


class Invalid(DomainError):
    """The request is readable, but values in it are wrong; `errors` names each."""

    code = "invalid"
    status = 422


class Malformed(DomainError):
    """The body is no JSON text that this service reads."""

    code = "malformed_json"
    status = 400


class BodyTooLarge(DomainError):
    """The body is larger than any request of this service needs."""

    code = "body_too_large"
    status = 413


class WrongContentType(DomainError):
    """The body must be sent as application/json."""

    code = "unsupported_media_type"
    status = 415


class ForeignOrigin(DomainError):
    """The request was started by another web site."""

    code = "foreign_origin"
    status = 403


class Unauthenticated(DomainError):
    """This needs a signed-in person."""

    code = "unauthenticated"
    status = 401


class LevelTooLow(DomainError):
    """The person is signed in, but this needs a higher level of trust: `required`, and the `level` there is."""

    code = "level_too_low"
    status = 403


class Forbidden(DomainError):
    """The person is signed in, but has no role for this."""

    code = "forbidden"
    status = 403


class TooManyRequests(DomainError):
    """Too many of these in a short time; Retry-After says when the next one is served."""

    code = "too_many_requests"
    status = 429


class ProofRequired(DomainError):
    """Many requests at once: repeat this one with the solution of the enclosed challenge."""

    code = "proof_required"
    status = 428


class ProofReused(DomainError):
    """This solution was already used; ask for a new challenge."""

    code = "proof_reused"
    status = 409


class Unavailable(DomainError):
    """The service cannot answer at this moment; nothing was changed, try again."""

    code = "unavailable"
    status = 503


class IdempotencyKeyMissing(DomainError):
    """This operation needs the header Idempotency-Key."""

    code = "idempotency_key_missing"
    status = 400


class IdempotencyKeyInvalid(DomainError):
    """The header Idempotency-Key must be 8 to 255 visible ASCII characters."""

    code = "idempotency_key_invalid"
    status = 400


class IdempotencyKeyReused(DomainError):
    """The same Idempotency-Key was sent with another request."""

    code = "idempotency_key_reused"
    status = 422
