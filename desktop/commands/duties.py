"""Duties as the command line names them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.desk.errors import DeskError
from desktop.dossier.duties import Duty


def duties_of(words: Sequence[str]) -> tuple[Duty, ...]:
    """Read duties. Raises DeskError bad_arguments."""
    wrong = [word for word in words if word not in set(Duty)]
    if wrong:
        raise DeskError("bad_arguments", f"Nhiệm vụ phải là một trong: {', '.join(Duty)}. Hãy ghi lại --duty.")
    return tuple(Duty(word) for word in words)
