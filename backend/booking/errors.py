"""What can go wrong with holds and appointments; each docstring's first line is the detail that developers read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import ClassVar, NoReturn

from sqlalchemy.exc import IntegrityError

from backend.core.errors import Conflict, DomainError, FieldError, Gone, Invalid, TooManyRequests, Unavailable


class OtherTimes:
    """Beside a domain error: the refusal offers other times (slots as JSON)."""

    def __init__(self, alternatives: Sequence[Mapping[str, str]] = ()) -> None:
        super().__init__(extra={"alternatives": list(alternatives)})  # type: ignore[call-arg]  # the error beside it


class SlotTaken(OtherTimes, Conflict):
    """This time is not free; `alternatives` are the nearest that were free just now."""

    code = "slot_taken"


class HoldExpired(Gone):
    """The time is no longer kept; ask for it again."""

    code = "hold_expired"


class HoldUsed(Conflict):
    """This hold became an appointment with other data, or was given back."""

    code = "hold_used"


class NoExtensionsLeft(Conflict):
    """This cannot be extended any more."""

    code = "no_extensions_left"


class TooManyHolds(TooManyRequests):
    """Too many times are kept for this address at once; finish or release one."""

    code = "too_many_holds"


class AlreadyConfirmed(Conflict):
    """The appointment is confirmed, so there is nothing left to confirm, correct or extend."""

    code = "already_confirmed"


class ConfirmationExpired(OtherTimes, Gone):
    """The appointment was not confirmed in time; `alternatives` are the nearest free times."""

    code = "confirmation_expired"


class NotConfirmed(Conflict):
    """The appointment must be confirmed before it can be moved."""

    code = "not_confirmed"


class AppointmentCancelled(Conflict):
    """The appointment is cancelled."""

    code = "appointment_cancelled"


class AppointmentOver(Conflict):
    """The appointment has begun or is over."""

    code = "appointment_over"


class UndoOver(Gone):
    """The cancellation can no longer be undone."""

    code = "undo_over"


class ContactLimit(Conflict):
    """No further appointment for this contact; the links to the existing ones are on their way to it."""

    code = "contact_limit"
    commits: ClassVar[bool] = True


def refuse(pointer: str, code: str, **params: object) -> NoReturn:
    """Raise 422 for one value."""
    raise Invalid(errors=[FieldError(pointer, code, params)])


# what a constraint means when it speaks up in spite of every check before it
CONSTRAINTS: dict[str, type[DomainError]] = {
    "ex_claim_resource_during_live": SlotTaken,
    "uq_appointment_hold_id": HoldUsed,
    "uq_appointment_reference": Unavailable,
}


@contextmanager
def told_by_constraints() -> Iterator[None]:
    """Turn a violated constraint into the domain error it stands for; others are faults of ours and go on."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        kind = CONSTRAINTS.get(name or "")
        if kind is None:
            raise
        raise kind from error
