"""What a program that locks itself tells the fresh one that takes its place: one line of JSON, nothing of a dossier.

The only secrets in it are send keys, so it goes over standard input, never in an argument or the environment.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.desk.errors import DeskError
from desktop.desk.sending_locked import LockedUnit

REASONS = frozenset({"idle", "suspend", "asked", "switch", "rotated", "not_rotated"})
"""Why a unit is shut; the last two after its data key was changed, or was not."""
LONGEST_NOTE = 300
MAX_LINE = 32 * 1024
"""Bytes; less than a pipe holds (64 KB on Linux), so that it is written before anybody reads."""


@dataclass(frozen=True)
class LockedState:
    """Which unit is to be unlocked next, which go on sending, who was at the desk, why and when it was locked."""

    folder: Path
    units: tuple[LockedUnit, ...] = ()
    user: str = ""
    reason: str = "asked"
    at: str = ""
    account: str = ""
    """Whose secret had opened the unit; "" for the shared password."""
    minutes: int = 0
    """After how many minutes the unit locks itself."""
    note: str = ""
    """Why the data key was not changed, in words."""

    def line(self) -> str:
        """Write it as one line."""
        units = [{"folder": str(unit.folder), "send_key": unit.send_key} for unit in self.units]
        words = {"user": self.user, "reason": self.reason, "at": self.at, "account": self.account, "note": self.note}
        return json.dumps({"units": units, **words, "minutes": self.minutes}) + "\n"

    @classmethod
    def read(cls, folder: Path, line: str) -> LockedState:
        """Read what `line` wrote. Raises DeskError locked_state_unreadable."""
        try:
            told: Any = json.loads(line)
            units = tuple(LockedUnit(Path(str(unit["folder"])), str(unit["send_key"])) for unit in told["units"])
            reason = told["reason"] if told["reason"] in REASONS else "asked"
            account, minutes = str(told.get("account", "")), int(told.get("minutes", 0))
            note = str(told.get("note", ""))[:LONGEST_NOTE]
            return cls(folder, units, str(told["user"]), reason, str(told["at"]), account, minutes, note)
        except (ValueError, TypeError, KeyError):
            raise DeskError(
                "locked_state_unreadable", "Màn hình khóa không nhận được gì từ cửa sổ trước. Mở khóa để gửi tiếp."
            ) from None
