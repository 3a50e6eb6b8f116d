"""What stands behind an unclear failure of the disk: SQLite only says that it could not, and a small write says why."""

from __future__ import annotations

import errno
import secrets
from pathlib import Path

from desktop.store.durable import TEMPORARY
from desktop.store.errors import StoreError, fault, from_system

_UNCLEAR = ("disk_error", "cannot_open", "read_only", "store_damaged", "store_fault")
"""SQLCipher calls a page that could not be read a damaged one, also when the disk is gone; ATTACH gives no reason."""
_GONE = (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR)
_PROBE = bytes(64 * 1024)
"""As large as the index of a write-ahead log, which fails first on a disk that fills up."""


def told_apart(error: StoreError, path: Path) -> StoreError:
    """Return what to say of a database that cannot be read or written: full, read-only, locked by a program, gone."""
    if error.code not in _UNCLEAR:
        return error
    try:
        _try(path)
    except OSError as cause:
        if cause.errno in _GONE:
            return fault("disk_gone")
        return error if error.code == "store_damaged" else from_system(cause)
    return error


def _try(path: Path) -> None:
    """Open the file for writing and write beside it, as SQLite needs both. Raises OSError."""
    probe = path.with_name(f"probe.{secrets.token_hex(6)}{TEMPORARY}")
    try:
        with path.open("r+b"), probe.open("xb", buffering=0) as stream:
            stream.write(_PROBE)
    finally:
        if path.parent.is_dir():
            probe.unlink(missing_ok=True)
