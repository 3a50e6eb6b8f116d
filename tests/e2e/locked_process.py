"""Sends for one locked unit until it is killed: python -m tests.e2e.locked_process HOME; the send key comes in.

Prints what still waits, again and again.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from desktop.desk.sending_locked import LockedSenders, LockedUnit


def main(home: str) -> None:
    senders = LockedSenders()
    senders.start([LockedUnit(Path(home), sys.stdin.readline().strip())])
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1])
