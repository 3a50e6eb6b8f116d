"""Files on their way to this machine, each named by the SHA-256 it is to have; a download goes on where it stopped.

Nothing here is trusted because it lies here: who takes a file verifies it.
"""

from __future__ import annotations

import os
from pathlib import Path

from desktop.store.durable import write_file

_PART = ".part"
_REFUSED = ".refused"


class Downloads:
    """A folder of downloads; made when something is first kept. What writes may raise OSError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def held(self, sha256: str) -> int:
        """Return how many bytes of a download are here."""
        path = self._part(sha256)
        return path.stat().st_size if path.is_file() else 0

    def append(self, sha256: str, offset: int, chunk: bytes) -> None:
        """Add bytes at the end of a download, durably; at another place than its end the download begins anew."""
        self._make()
        path = self._part(sha256)
        if self.held(sha256) != offset:
            path.unlink(missing_ok=True)
            return
        with path.open("ab") as file:
            file.write(chunk)
            file.flush()
            os.fsync(file.fileno())

    def downloaded(self, sha256: str, limit: int) -> bytes:
        """Return what is here of a download, at most `limit` bytes."""
        if not self.held(sha256):
            return b""
        with self._part(sha256).open("rb") as file:
            return file.read(limit)

    def drop(self, sha256: str) -> None:
        """Forget a download."""
        self._part(sha256).unlink(missing_ok=True)

    def refuse(self, sha256: str) -> None:
        """Remember that a download came whole and was no good: the same bytes are not fetched again."""
        self._make()
        write_file(self.folder / f"{sha256}{_REFUSED}", b"")
        self.drop(sha256)

    def refused(self, sha256: str) -> bool:
        """Tell whether these bytes came whole and were no good."""
        return (self.folder / f"{sha256}{_REFUSED}").is_file()

    def forgive(self) -> None:
        """Forget every refusal: what judges the files has changed."""
        for path in self.folder.glob(f"*{_REFUSED}"):
            path.unlink(missing_ok=True)

    def _make(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)

    def _part(self, sha256: str) -> Path:
        return self.folder / f"{sha256}{_PART}"
