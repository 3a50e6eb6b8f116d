"""Write files so that a power cut leaves the old one or the new one, never half of either."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".tmp"
"""Ending of a file that is still being written; whoever finds an old one may delete it."""
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds between two tries to replace a file that another program holds."""
_HELD = (errno.EBUSY, errno.ETXTBSY)
_HELD_ON_WINDOWS = (5, 32, 33)
"""Access denied, which a scanner of viruses causes too; sharing and lock violation."""
STALE_SECONDS = 3600
"""Age from which a temporary file is in nobody's hands any more."""


def write_file(path: Path, content: bytes) -> None:
    """Replace `path` by `content` durably: temporary file, fsync, rename, fsync of the folder. Raises OSError."""
    publish(write_temporary(path, content), path)


def write_temporary(path: Path, content: bytes) -> Path:
    """Write and fsync `content` beside `path` under a fresh temporary name, readable by the owner only."""
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(6)}{TEMPORARY}")
    write_new(temporary, content)
    return temporary


def write_new(path: Path, content: bytes) -> None:
    """Make a file where there is none and fsync it, for its owner only; of one that fails nothing stays.

    Raises OSError.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def claim(path: Path) -> None:
    """Make an empty file for its owner only where there is none; whoever fills it keeps its rights. Raises OSError.

    SQLite gives what it keeps beside a file the rights of that file.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def publish(temporary: Path, path: Path) -> None:
    """Give a written temporary file its name, and make the name durable."""
    _patiently(lambda: temporary.replace(path))
    sync_folder(path.parent)


def _patiently(step: Callable[[], object]) -> None:
    """Do what another program may hold up for a moment, as a scanner for viruses does with a file just written."""
    for pause in PAUSES:
        try:
            step()
        except OSError as error:
            if error.errno not in _HELD and getattr(error, "winerror", None) not in _HELD_ON_WINDOWS:
                raise
            time.sleep(pause)
        else:
            return
    step()


def sync_folder(folder: Path) -> None:
    """Make renames inside a folder durable; Windows does so by itself and offers no handle for it."""
    if os.name != "nt":
        _sync(folder, os.O_RDONLY)


def sync_file(path: Path) -> None:
    """Bring to the disk what another hand wrote, SQLite for one. Raises OSError."""
    _sync(path, os.O_RDWR)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hex, read piece by piece. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sync(path: Path, mode: int) -> None:
    handle = os.open(path, mode)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def abandoned(temporary: Path) -> bool:
    """Tell whether whoever wrote a temporary file is gone: it is old. Raises OSError."""
    return time.time() - temporary.stat().st_mtime > STALE_SECONDS


def sweep_temporary(folder: Path) -> None:
    """Delete what a crash left half-written in a folder. Raises OSError."""
    for path in folder.glob("*" + TEMPORARY):
        if path.is_file() and abandoned(path):
            path.unlink(missing_ok=True)
