"""What can be wrong with a file or with the way it is sent."""

# ruff: noqa: N818 - an error is named for what happened, like its code

from __future__ import annotations

from backend.core.errors import DomainError


class OffsetWrong(DomainError):
    """The upload stands at another byte: ask with HEAD where to go on."""

    code = "offset_wrong"
    status = 409


class FileTooLarge(DomainError):
    """One file may have at most 20 MiB."""

    code = "file_too_large"
    status = 413


class TooManyFiles(DomainError):
    """This place takes no more files; `max` says how many it takes."""

    code = "too_many_files"
    status = 409


class QuotaSpent(DomainError):
    """All files of an application may have 100 MiB, all of an account 300 MiB a day."""

    code = "quota_spent"
    status = 409


class UnknownSlot(DomainError):
    """Nothing is asked for under this name."""

    code = "unknown_slot"
    status = 422


class WrongType(DomainError):
    """Only PDF, JPEG, PNG and HEIC files are taken; the ending must fit."""

    code = "wrong_file_type"
    status = 422


class ChecksumWrong(DomainError):
    """The bytes changed on their way: send this piece again."""

    code = "checksum_wrong"
    status = 409


class NotClean(DomainError):
    """The file is not checked yet, or it was refused: `state` and `reason` say which."""

    code = "not_clean"
    status = 409


class Frozen(DomainError):
    """The application was sent: its files stay as they were."""

    code = "frozen"
    status = 409


class StorageFull(DomainError):
    """There is no room for files at the moment; nothing is lost, try again later."""

    code = "storage_full"
    status = 507
