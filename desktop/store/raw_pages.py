"""The pages of a damaged SQLCipher file, each by itself: what a bad page holds is lost, and nothing else.

SQLCipher 4 (https://www.zetetic.net/sqlcipher/design/): pages of 4096 bytes; AES-256-CBC with the IV behind the
content, then HMAC-SHA512 over content, IV and page number (little-endian). The first page begins with the salt. What
the write-ahead log committed takes the place of a page (https://sqlite.org/fileformat2.html#walformat).
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from desktop.store.masterkey import MasterKey

PAGE = 4096
USABLE = PAGE - 80
_IV = slice(USABLE, USABLE + 16)
_MAC = slice(USABLE + 16, PAGE)
_SALT = 16
_MAGIC = b"SQLite format 3\0"
_WAL_HEADER, _FRAME_HEADER = 32, 24


class Pages:
    """Reads pages by number, from 1; None for one that is damaged."""

    def __init__(self, path: Path, key: MasterKey) -> None:
        raw = key.derive("database", 48)
        self._key, salt = raw[:32], raw[32:]
        mac_salt = bytes(byte ^ 0x3A for byte in salt)
        self._mac = hashlib.pbkdf2_hmac("sha512", self._key, mac_salt, 2, 32)
        self._stream = path.open("rb")
        self._newer = _committed(path.with_name(path.name + "-wal"))
        self.count = max(-(-path.stat().st_size // PAGE), *self._newer, 1)

    def page(self, number: int) -> bytes | None:
        """Return the content of a page, its reserved end left out; None when it is not what was written."""
        sealed = self._sealed(number)
        start = _SALT if number == 1 else 0
        if len(sealed) != PAGE:
            return None
        mac = hmac.new(self._mac, sealed[start : _MAC.start] + struct.pack("<I", number), hashlib.sha512).digest()
        if not hmac.compare_digest(mac, sealed[_MAC]):
            return None
        opener = Cipher(algorithms.AES(self._key), modes.CBC(sealed[_IV])).decryptor()
        return (_MAGIC if number == 1 else b"") + opener.update(sealed[start:USABLE]) + opener.finalize()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _sealed(self, number: int) -> bytes:
        if (newer := self._newer.get(number)) is not None:
            return newer
        self._stream.seek((number - 1) * PAGE)
        return self._stream.read(PAGE)


def _committed(log: Path) -> dict[int, bytes]:
    """Return the pages that the log committed last; it ends at the first frame that does not hold."""
    found: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for number, ends, sealed in _frames(log):
        pending[number] = sealed
        if ends:
            found.update(pending)
            pending = {}
    return found


def _frames(log: Path) -> Iterator[tuple[int, bool, bytes]]:
    if not log.exists():
        return
    with log.open("rb") as stream:
        header = stream.read(_WAL_HEADER)
        if len(header) < _WAL_HEADER or struct.unpack(">I", header[:4])[0] not in (0x377F0682, 0x377F0683):
            return
        order = ">" if header[3] & 1 else "<"
        total = _checksum(header[:24], order, (0, 0))
        if total != struct.unpack(">2I", header[24:32]):
            return
        while len(frame := stream.read(_FRAME_HEADER + PAGE)) == _FRAME_HEADER + PAGE:
            number, size = struct.unpack(">2I", frame[:8])
            total = _checksum(frame[:8] + frame[_FRAME_HEADER:], order, total)
            if frame[8:16] != header[16:24] or total != struct.unpack(">2I", frame[16:24]):
                return
            yield number, bool(size), frame[_FRAME_HEADER:]


def _checksum(content: bytes, order: str, total: tuple[int, int]) -> tuple[int, int]:
    one, two = total
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
