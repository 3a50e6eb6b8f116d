"""Who has a store open: many may at once, but who replaces its files must be alone.

The system frees the lock when a process ends, however it ends.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.store.errors import StoreError, in_words

OPEN_LOCK = "open.lock"
_PLACES = 256
"""Windows locks bytes, each for one holder: sharing takes any one of these, being alone takes all."""

if sys.platform == "win32":  # pragma: no cover - the other system's half
    import msvcrt

    def _share(handle: int) -> bool:
        return any(_taken(handle, place, 1) for place in range(_PLACES))

    def _take_alone(handle: int) -> bool:
        return _taken(handle, 0, _PLACES)

    def _taken(handle: int, place: int, count: int) -> bool:
        os.lseek(handle, place, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, count)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _share(handle: int) -> bool:
        return _locked(handle, fcntl.LOCK_SH)

    def _take_alone(handle: int) -> bool:
        return _locked(handle, fcntl.LOCK_EX)

    def _locked(handle: int, kind: int) -> bool:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class Held:
    """A shared hold on an open store; `close` ends it, and so does the end of the process."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def close(self) -> None:
        """Let go; again is fine."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def __enter__(self) -> Held:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def holding(folder: Path) -> Held:
    """Share an open store with others. Raises StoreError store_in_use while somebody replaces its files."""
    return Held(_hold(folder, _share))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one while inside. Raises StoreError store_in_use when anybody has the store open, even oneself."""
    with Held(_hold(folder, _take_alone)):
        yield


def _hold(folder: Path, take: Callable[[int], bool]) -> int:
    with in_words():
        handle = os.open(folder / OPEN_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    if take(handle):
        return handle
    os.close(handle)
    raise StoreError(
        "store_in_use",
        "Đơn vị này đang mở ở cửa sổ khác hoặc đang được thay tệp dữ liệu. Đóng cửa sổ đó rồi thử lại.",
    )
