"""Keeps what a process holds in memory from being written to the disk when it crashes."""

from __future__ import annotations

import sys

NO_CORE = 1
"""Bytes a core may take. 0 would stop files only: Linux hands a core on to a program (systemd-coredump, apport)
whatever the limit is, except at 1 (core(5), kernel's do_coredump)."""


def no_core() -> None:
    """Let this process and its children leave no core; Windows writes none by itself."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        limit = NO_CORE if most == resource.RLIM_INFINITY else min(NO_CORE, most)
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
