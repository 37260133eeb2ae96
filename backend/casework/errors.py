"""What casework refuses, with a stable code each."""

# ruff: noqa: N818 - an error is named for what happened, like its code

from __future__ import annotations

from backend.core.errors import Conflict, DomainError


class CaseChanged(DomainError):
    """Somebody changed the case meanwhile; `revision`, `state` and `changes` say what is true now."""

    code = "changed_elsewhere"
    status = 412


class DecisionPending(Conflict):
    """A decision about this case waits for approval or is about to leave; undo or return it first."""

    code = "decision_pending"


class NoDecisionPending(Conflict):
    """There is no decision that could be approved, returned or undone; `state` says what became of the last one."""

    code = "no_decision_pending"


class OwnProposal(Conflict):
    """Who proposed a decision cannot approve it."""

    code = "own_proposal"


class NothingToTake(Conflict):
    """No case fits at the moment: all are assigned, or wait for the citizen."""

    code = "nothing_to_take"


class NotInOffice(Conflict):
    """This member of staff is not known in the office of the case."""

    code = "not_in_office"


class WorkerAbsent(Conflict):
    """This member of staff is away and nobody stands in; `until` is the last day of the absence."""

    code = "worker_absent"


class NotInTraining(Conflict):
    """Invented cases never reach another office."""

    code = "not_in_training"


class OwnOffice(Conflict):
    """This is the office that the case lies in already."""

    code = "own_office"


class OpinionEnded(Conflict):
    """The question was answered or withdrawn meanwhile; `state` says which."""

    code = "opinion_ended"


class UndoOver(Conflict):
    """The time in which a batch could be undone is over, or it was undone already."""

    code = "batch_undo_over"


class NoTranslation(Conflict):
    """The batch brings translations of its free text, but none into the language of this case."""

    code = "no_translation"


class CaseBusy(Conflict):
    """Somebody else was changing this case for as long as the batch could wait for it; do it again."""

    code = "case_busy"


class CaseBroken(DomainError):
    """Something on our side went wrong with this case of a batch; the others are done."""

    code = "internal_error"
    status = 500


class BatchStopped(Conflict):
    """Nobody had worked on the batch for an hour, so this case was not begun any more; do it again."""

    code = "batch_stopped"


class TooManyViews(Conflict):
    """A person can save twenty views."""

    code = "too_many_views"
