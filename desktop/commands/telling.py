"""How far long work is, on standard error: nothing for what is quick, then a line every second."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable

from desktop.commands.answer import say

EVERY = 1.0
"""Seconds between two lines, and before the first."""


def telling(args: Namespace, what: str, clock: Callable[[], float] = time.monotonic) -> Callable[[int, int], None]:
    """Give what is called with pieces done and in all (0: not known). Silent with --json."""
    last = clock()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if not args.json and clock() - last >= EVERY:
            last = clock()
            say(f"{what}: {done}/{total}" if total else f"{what}…", sys.stderr)

    return tell
