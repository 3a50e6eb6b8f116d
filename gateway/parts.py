"""Large data objects, kept per unit under their SHA-256 and appended as they stream in: a dying link loses nothing.

A part in the making is `<sha256>.<length>.part`, a whole one `<sha256>`. docs/protocol.md, section 5.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from desktop.sync.protocol import MAX_PART_BYTES
from gateway.errors import GatewayError, bad_request, too_large
from gateway.home import sync_folder

UNIT_QUOTA = 200 * 1024 * 1024
"""Bytes of unfinished parts one unit may leave lying about."""
ABANDONED_SECONDS = 60 * 24 * 3600
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Stored:
    """How much of a part is here: `offset` of `length` bytes."""

    offset: int
    length: int

    @property
    def whole(self) -> bool:
        """Nothing is missing."""
        return self.offset == self.length


class OffsetMismatch(GatewayError):
    """The sender is wrong about what is stored; `stored` is right."""

    def __init__(self, stored: Stored) -> None:
        super().__init__(409, "offset_mismatch", "Kho bạc đã nhận đến vị trí khác. Chương trình sẽ gửi tiếp từ đó.")
        self.stored = stored


class DigestMismatch(GatewayError):
    """A complete part whose bytes are not what its name says; it was dropped."""

    def __init__(self) -> None:
        super().__init__(
            460, "digest_mismatch", "Tệp đính kèm đến nơi không nguyên vẹn. Chương trình sẽ gửi lại từ đầu."
        )


class PartLost(Exception):
    """A part that was whole is gone from the disk or damaged there; whoever needs it asks for it again."""


class PartStore:
    """The parts of all units under one folder. Its coroutines run on one event loop, which orders the writers."""

    def __init__(self, folder: Path, *, quota: int = UNIT_QUOTA) -> None:
        self._folder = folder
        self._quota = quota
        self._tickets = itertools.count(1)
        self._writers: dict[Path, int] = {}
        self._settling = asyncio.Lock()

    def path(self, unit_code: str, sha256: str) -> Path:
        """Name the file of a whole part."""
        return self._folder / unit_code / sha256

    def whole(self, unit_code: str, sha256: str) -> bool:
        """Tell whether a part is here and was found to be what its name says."""
        return self.path(unit_code, sha256).is_file()

    def size(self, unit_code: str, sha256: str) -> int:
        """Give the bytes of a whole part, 0 when it is gone."""
        path = self.path(unit_code, sha256)
        return path.stat().st_size if path.is_file() else 0

    def read(self, unit_code: str, sha256: str) -> bytes:
        """Give a whole part, found to be what its name says; one that no longer is gets dropped. Raises PartLost."""
        path = self.path(unit_code, sha256)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise PartLost from None
        if hashlib.sha256(content).hexdigest() != sha256:
            path.unlink()
            raise PartLost
        return content

    async def look(self, unit_code: str, sha256: str) -> Stored | None:
        """Stop whoever still writes a part and tell how much of it is here, durably; None for nothing."""
        path = self.path(unit_code, sha256)
        self._writers.pop(path, None)
        partial = _partial(path)
        if partial is not None:
            with contextlib.suppress(DigestMismatch):
                await self._settle(partial, path)
        return _stored(path)

    async def append(self, unit_code: str, sha256: str, start: Stored, body: AsyncIterator[bytes]) -> Stored:
        """Append a body as it arrives; what arrived is durable when this ends, also by a broken connection.

        `start` is what the sender believes. Raises OffsetMismatch, DigestMismatch, GatewayError 413 `too_large`, 507
        `quota`.
        """
        path = self.path(unit_code, sha256)
        if path.is_file() and _stored(path) == start:
            return start
        ticket = self._writers[path] = next(self._tickets)
        try:
            partial = self._open_partial(path, start)
            try:
                await self._write(path, partial, ticket, start, body)
            finally:
                await self._settle(partial, path)
        finally:
            if self._writers.get(path) == ticket:
                del self._writers[path]
        return _stored(path) or Stored(0, start.length)

    async def _settle(self, partial: Path, path: Path) -> None:
        """Make the bytes durable, and the part whole when none is missing; raises DigestMismatch."""
        async with self._settling:
            if partial.exists():
                await asyncio.to_thread(_sync, partial)
                if partial.stat().st_size == _length_of(partial):
                    await asyncio.to_thread(_finish, partial, path)

    def _open_partial(self, path: Path, start: Stored) -> Path:
        """Find or make the file to append to."""
        if start.length > MAX_PART_BYTES:
            raise too_large("Tệp đính kèm vượt 10 MB. Hãy quét lại với độ phân giải thấp hơn.")
        here = _stored(path) or Stored(0, start.length)
        if here.length != start.length and not path.is_file():
            _drop(path)
            here = Stored(0, start.length)
        if here != start:
            raise OffsetMismatch(here)
        self._check_quota(path, start)
        path.parent.mkdir(exist_ok=True)
        partial = path.with_name(f"{path.name}.{start.length}.part")
        partial.touch()
        return partial

    async def _write(self, path: Path, partial: Path, ticket: int, start: Stored, body: AsyncIterator[bytes]) -> None:
        position = start.offset
        with partial.open("ab", buffering=0) as file:
            async for piece in body:
                if self._writers.get(path) != ticket:
                    raise OffsetMismatch(_stored(path) or Stored(0, start.length))
                position += len(piece)
                if position > start.length:
                    raise bad_request("Nội dung gửi dài hơn tệp đã khai. Hãy gửi lại tệp đính kèm.")
                file.write(piece)

    def _check_quota(self, path: Path, start: Stored) -> None:
        others = [_length_of(partial) for partial in path.parent.glob("*.part") if partial != _partial(path)]
        if sum(others) + start.length > self._quota:
            raise GatewayError(
                507,
                "quota",
                "Đơn vị còn quá nhiều tệp gửi dở ở Kho bạc. Hãy gửi xong các tệp đó trước.",
                retry_after=600,
            )

    def sweep(self, *, older_than: float = ABANDONED_SECONDS) -> int:
        """Drop unfinished parts nobody has touched for that many seconds; gives how many."""
        limit = time.time() - older_than
        old = [partial for partial in self._folder.glob("*/*.part") if partial.stat().st_mtime < limit]
        for partial in old:
            partial.unlink()
        return len(old)


def _stored(path: Path) -> Stored | None:
    if path.is_file():
        size = path.stat().st_size
        return Stored(size, size)
    partial = _partial(path)
    return None if partial is None else Stored(partial.stat().st_size, _length_of(partial))


def _partial(path: Path) -> Path | None:
    return next(iter(path.parent.glob(f"{path.name}.*.part")), None)


def _drop(path: Path) -> None:
    """Forget a beginning whose declared length was another: only the right length can give the right digest."""
    partial = _partial(path)
    if partial is not None:
        partial.unlink()


def _length_of(partial: Path) -> int:
    return int(partial.name.split(".")[1])


def _sync(partial: Path) -> None:
    descriptor = os.open(partial, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(partial.parent)


def _finish(partial: Path, path: Path) -> None:
    """Give a complete part its name, or drop it when the bytes are not what the name says."""
    digest = hashlib.sha256()
    with partial.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    if digest.hexdigest() != path.name:
        partial.unlink()
        raise DigestMismatch
    partial.replace(path)
    sync_folder(path.parent)
