"""Keeps the token process from outliving its parent and from leaving its memory on the disk. Runs only there."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait

from desktop.signing.core_files import no_core


def seclude() -> None:
    """End with the parent even while a module hangs, and write no core file: a PIN may be in it.

    The pipe tells of a parent's death only who reads it, and a hanging module keeps the token to itself.
    """
    no_core()
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
