"""Puts a fresh program in the place of one that locked itself, so that nothing decrypted stays in memory.

On Linux the process itself is replaced (execve: every page of the old program is gone); Windows starts a new process
and the old one ends. What the new one may know comes over its standard input.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace as with_other
from pathlib import Path
from typing import NoReturn

from desktop.desk.locked_state import MAX_LINE, LockedState


def program(folder: Path) -> list[str]:
    """Give the command line of the lock screen of one unit; no secret is in it."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
    return [*own, "run", "--home", str(folder.resolve()), "--locked"]


def replace(state: LockedState) -> NoReturn:
    """Become the lock screen; never returns. With more units than a pipe holds, the last ones wait to be unlocked."""
    line = _line(state).encode()
    command = program(state.folder)
    if sys.platform == "win32":  # pragma: no cover - the other system's half
        with subprocess.Popen(command, stdin=subprocess.PIPE) as fresh:
            assert fresh.stdin is not None
            fresh.stdin.write(line)
            fresh.stdin.close()
            os._exit(0)
    reading, writing = os.pipe()
    os.write(writing, line)
    os.close(writing)
    os.dup2(reading, 0)
    os.execv(command[0], command)  # noqa: S606 - our own program


def _line(state: LockedState) -> str:
    while len(line := state.line()) > MAX_LINE:
        state = with_other(state, units=state.units[:-1])
    return line
