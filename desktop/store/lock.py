"""One sender at a time: two programs on one store may read and write, but only one may talk to the gateway."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.store.errors import StoreError, in_words

if sys.platform == "win32":  # pragma: no cover - the other system's half
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold an advisory lock on a file; the system frees it when the process ends, however it ends.

    Raises StoreError already_sending when another holds it.
    """
    with in_words():
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(handle)
        except OSError as error:
            message = (
                "Vùng Xa đang mở đơn vị này ở cửa sổ khác và đang lo việc gửi. Dùng cửa sổ đó, hoặc đóng nó trước."
            )
            raise StoreError("already_sending", message) from error
        yield
    finally:
        os.close(handle)
