"""How packages lie in one compressed batch, so that client and gateway cannot disagree (docs/protocol.md, section 4).

A batch is one Zstandard frame (RFC 8878) over 32-byte id, 4-byte big-endian length and core, repeated.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import zstandard

from desktop.sync.protocol import MAX_BATCH_BYTES, MAX_BATCH_PACKAGES, MAX_BATCH_RAW_BYTES

LEVEL = 19
_HEAD = struct.Struct(">32sI")
_MAX_WINDOW = 8 * 1024 * 1024


class FramingError(ValueError):
    """A batch that cannot be taken apart within the limits; `code` is bad_batch or too_large."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True)
class BatchLimits:
    """What the receiver bears: `packages` a batch, `packed` bytes compressed, `raw` bytes after decompression."""

    packages: int = MAX_BATCH_PACKAGES
    packed: int = MAX_BATCH_BYTES
    raw: int = MAX_BATCH_RAW_BYTES


def pack_batch(packages: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the compressed batch of (package id as 64 hex digits, core); the same input gives the same bytes."""
    raw = b"".join(_HEAD.pack(bytes.fromhex(package_id), len(core)) + core for package_id, core in packages)
    return zstandard.ZstdCompressor(level=LEVEL, write_content_size=True).compress(raw)


def unpack_batch(packed: bytes, limits: BatchLimits = BatchLimits()) -> list[tuple[str, bytes]]:
    """Return (package id, core) of every frame; memory stays within `limits` whatever the bytes say.

    Raises FramingError: bad_batch (not Zstandard, cut, left over, an id twice, none) or too_large.
    """
    if len(packed) > limits.packed:
        raise FramingError("too_large", "compressed batch over the limit")
    raw = _decompress(packed, limits.raw)
    packages: dict[str, bytes] = {}
    position = 0
    while position < len(raw):
        package_id, core, position = _frame(raw, position)
        if package_id in packages:
            raise FramingError("bad_batch", "an id twice")
        packages[package_id] = core
        if len(packages) > limits.packages:
            raise FramingError("too_large", "too many packages")
    if not packages:
        raise FramingError("bad_batch", "no package")
    return list(packages.items())


def _frame(raw: bytes, position: int) -> tuple[str, bytes, int]:
    if len(raw) - position < _HEAD.size:
        raise FramingError("bad_batch", "cut frame head")
    identity, length = _HEAD.unpack_from(raw, position)
    start = position + _HEAD.size
    if len(raw) - start < length:
        raise FramingError("bad_batch", "cut frame")
    return identity.hex(), raw[start : start + length], start + length


def _decompress(packed: bytes, limit: int) -> bytes:
    """Decompress exactly one whole frame of at most `limit` bytes, piece by piece, so that a bomb costs nothing."""
    worker = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).decompressobj(write_size=65536)
    pieces: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(packed), 256):
            pieces.append(worker.decompress(packed[start : start + 256]))
            size += len(pieces[-1])
            if size > limit:
                raise FramingError("too_large", "raw batch over the limit")
            if worker.eof:
                if worker.unused_data or start + 256 < len(packed):
                    raise FramingError("bad_batch", "bytes after the batch")
                return b"".join(pieces)
    except zstandard.ZstdError as error:
        raise FramingError("bad_batch", "not a Zstandard frame") from error
    raise FramingError("bad_batch", "cut batch")
