"""Starts the project's other programs (gateway, link simulator) from source or from the frozen folder alike."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence

FLAG = "--part"
MODULES = {"gateway": "gateway", "link": "desktop.demo.linksim", "vungxa": "desktop", "screens": "desktop.demo.screens"}


def command_for(part: str) -> list[str]:
    """The start of an argument list that runs a part as a process of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable] if part == "vungxa" else [sys.executable, FLAG, part]
    return [sys.executable, "-m", MODULES[part]]


def run(arguments: Sequence[str]) -> int:
    """Runs a part inside this process; used by the frozen program only, where `-m` does not exist."""
    part, *rest = arguments
    sys.argv = [part, *rest]
    try:
        runpy.run_module(MODULES[part], run_name="__main__", alter_sys=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return 0
