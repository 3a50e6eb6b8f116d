"""What became of the voucher files of another program, for the window and the command line to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Outcome = Literal["ok", "warnings", "duplicate", "rows", "refused"]
"""Imported, imported with something to look at, there already, a list of payments (becomes no voucher), refused."""


@dataclass(frozen=True)
class ImportReport:
    """What became of one file; `message` says it in one sentence, `code` is stable and "" when it was imported.

    `total` is VND, `missing` holds paths of blanks to fill, `differences` sentences to look at; `local_id` and
    `dossier` (its number) name the draft, for a duplicate the one that was there before.
    """

    path: Path
    outcome: Outcome
    message: str
    code: str = ""
    form: str = ""
    number: str = ""
    total: int = 0
    missing: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    local_id: str = ""
    dossier: str = ""


Told = Callable[[int, int, ImportReport], None]
"""Called after each file with how many are done, how many there are, and what became of it."""

OUTCOMES: dict[Outcome, str] = {
    "ok": "Đã nhập",
    "warnings": "Cần xem lại",
    "duplicate": "Có từ trước",
    "rows": "Bảng kê chi",
    "refused": "Không nhận",
}
"""What each outcome is called on screen."""


def count_words(reports: list[ImportReport]) -> str:
    """Say how many files ended how: «Đã nhập 3, không nhận 1»; "" for none."""
    counts = {outcome: sum(report.outcome == outcome for report in reports) for outcome in OUTCOMES}
    words = ", ".join(f"{OUTCOMES[outcome].lower()} {count}" for outcome, count in counts.items() if count)
    return words[:1].upper() + words[1:]
