"""What the window shows of backups, as plain values: where they lie, which there are, how far a running one is.

Instants ISO-8601 UTC with "Z" ("" when unknown), sizes in bytes, paths as text. Sentences are whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

BackupStage = Literal["database", "check", "attachments", "write", "open", "place"]
"""What runs now: the copy of the database, its check, the attachments, the file, its opening, its last rename."""

STAGES: dict[BackupStage, str] = {
    "database": "Đang chép dữ liệu",
    "check": "Đang kiểm tra bản chép",
    "attachments": "Đang chép tệp đính kèm",
    "write": "Đang ghi bản sao lưu",
    "open": "Đang mở thử",
    "place": "Đang hoàn tất",
}
"""Each stage in words."""


class BackupProgress(NamedTuple):
    """How far a backup, its check or a restore is: bytes done of those known, 0 of 0 when not known."""

    stage: BackupStage
    done: int = 0
    total: int = 0


Progress = Callable[[BackupProgress], None]
"""Hears of every step; called often, in the thread that does the work."""
Cancelled = Callable[[], bool]
"""Asked between pieces of work; True ends it with nothing left half."""


class BackupView(NamedTuple):
    """One backup file as the list shows it; `problem` is a sentence when the file cannot be used, else ""."""

    path: str
    at: str
    size: int
    unit_code: str
    unit_name: str
    dossiers: int
    last_number: str
    attachments: int
    problem: str = ""


class BackupState(NamedTuple):
    """How the unit stands with its backups.

    `place` is "" until one was chosen; `last_at` is the newest backup made here, `last_ok` whether it was verified;
    `next_due` the instant from which the next is due, "" without a place; `free` bytes at the place, -1 when it is not
    there; `warning` a sentence to show, "" when all is well.
    """

    place: str
    last_at: str
    last_ok: bool
    next_due: str
    free: int
    warning: str


class VerifiedView(NamedTuple):
    """What opening a backup found: `missing` attachments by the names people know them by."""

    backup: BackupView
    missing: tuple[str, ...]
    opened: bool
    """False where the file is whole but belongs to an earlier data key, so that only its checksums were compared."""


class RestoredView(NamedTuple):
    """What a restored unit looks like: how many packages are asked about first, which attachments are missing."""

    folder: str
    unit_code: str
    unit_name: str
    at: str
    dossiers: int
    asked: int
    missing: tuple[str, ...]
