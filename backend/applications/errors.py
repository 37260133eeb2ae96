"""What applications refuse, with a stable code each; where somebody was faster, the answer shows what is true now."""

# ruff: noqa: N818 - an error is named for what happened, like its code

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.audit.service import Foreign as Foreign
from backend.core.errors import Conflict, DomainError, Gone


class IfMatchMissing(DomainError):
    """This operation needs the header If-Match with the ETag of what the person saw."""

    code = "if_match_missing"
    status = 428


class Outdated(DomainError):
    """What was sent rests on something that is no longer true; `view` is what is true now, shown by the route."""

    def __init__(self, view: Any, *, extra: Mapping[str, Any] | None = None) -> None:
        super().__init__(extra=extra)
        self.view = view


class ChangedElsewhere(Outdated):
    """Somebody or another window changed it meanwhile; `draft` or `application` is what is true now."""

    code = "changed_elsewhere"
    status = 412


class NotNow(Conflict):
    """The application is not in a state that allows this; `state` says which."""

    code = "not_now"


class FormChanged(Outdated):
    """The form has another version than the one that was shown; `draft` is the draft in the version that counts."""

    code = "form_changed"


class FeeChanged(Conflict):
    """The fee is another than the one that was shown; `fee` is what is true now."""

    code = "fee_changed"


class NotEligible(Conflict):
    """The rules of the service say that this cannot be applied for here; `eligibility` says why and what else to do."""

    code = "not_eligible"


class CorrectionTooFar(Conflict):
    """The correction would change more than an answer; `changes`: questions, fee, rules. Ask the citizen instead."""

    code = "correction_too_far"


class TooManyDrafts(Conflict):
    """This person has five open drafts for the service; going on with one of them is always possible."""

    code = "too_many_drafts"


class UndoOver(Gone):
    """The time in which sending could be undone is over."""

    code = "undo_over"


class LinkSentAgain(Gone):
    """The link was used or is too old; a fresh one is on its way to the same address."""

    code = "link_sent_again"
    commits = True


class PowerInvalid(Conflict):
    """The power of attorney does not cover this service, is over or was revoked."""

    code = "power_invalid"
