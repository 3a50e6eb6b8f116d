"""What every command gives back, so that one place prints it as words or as JSON (docs/cli.md)."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

OK, NO, FAILED = 0, 1, 2
"""Exit codes: done or valid; the answer is no; unreadable or not carried out."""


@dataclass(frozen=True)
class Answer:
    """A command's result: `payload` for --json, `lines` for people, `code` the exit code."""

    payload: dict[str, Any]
    lines: Sequence[str] = field(default_factory=tuple)
    code: int = OK


def to_json(payload: object) -> str:
    """One line of JSON with Vietnamese left readable."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def say(text: str, to: TextIO | None = None) -> None:
    """Tells something before the answer is there, on standard output unless `to` says otherwise."""
    stream = to or sys.stdout
    stream.write(text + "\n")
    stream.flush()


def error_answer(code: str, message: str) -> Answer:
    """The error shape of docs/cli.md."""
    return Answer({"ok": False, "error": {"code": code, "message": message}}, (message,), FAILED)
