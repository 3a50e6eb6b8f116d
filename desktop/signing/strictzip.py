"""ZIP reading that trusts nothing, and writing that always gives the same bytes.

Sizes, names and structure are checked before a byte is unpacked, all in memory.

A package is never unpacked to disk, so a hostile name cannot reach a folder; names are refused all the same, because a
person may unpack the package with another tool (docs/verify.md).
"""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from desktop.signing.errors import ContainerError

MAX_ENTRIES = 400
MAX_ENTRY_BYTES = 10 * 1024 * 1024
MAX_TOTAL_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200
"""Unpacked over packed size, beyond 64 KB unpacked: text packs to 1:20, a bomb to 1:1000."""
_RATIO_FLOOR = 64 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)
_END = 22
"""Bytes of the end record without a comment: nothing may stand behind it, or two programs could read two files."""
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OverflowError, ValueError)


class Apart(NamedTuple):
    """Entries that take nothing from the limits of the others: how their names begin, how many bytes they may have."""

    prefix: str
    most: int


def write_stored(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Write a ZIP without compression, in the order given; the same entries give the same bytes on every machine."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 0
            archive.writestr(info, content)
    return target.getvalue()


def read_entries(source: bytes | Path, largest: int = MAX_ENTRY_BYTES, apart: Apart | None = None) -> dict[str, bytes]:
    """Give every entry's bytes by name, in the order of the ZIP's directory; none may have more than `largest`.

    Raises ContainerError: not_a_package, truncated, trailing_bytes, damaged, too_large, zip_bomb, duplicate_entry,
    zip_slip, encrypted; signatures_too_large for those that are `apart`.
    """
    data = _bounded(source, MAX_TOTAL_BYTES + (apart.most if apart else 0))
    if not data.startswith(b"PK\x03\x04"):
        raise _error("not_a_package")
    after = len(data) - data.rfind(b"PK\x05\x06")
    if after > len(data) or after < _END:
        raise _error("truncated")
    if after > _END:
        raise _error("trailing_bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_directory(infos, largest, apart)
            return {info.filename: _read(archive, info) for info in infos}
    except _BROKEN:
        raise _error("damaged") from None


def _bounded(source: bytes | Path, most: int) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        try:
            with source.open("rb") as file:
                data = file.read(most + 1)
        except OSError:
            raise _error("unreadable") from None
    if len(data) > most:
        raise _error("too_large")
    return data


def _check_directory(infos: list[zipfile.ZipInfo], largest: int, apart: Apart | None) -> None:
    if not infos or infos[0].header_offset != 0:
        raise _error("not_a_package")
    rest = [info for info in infos if not (apart and info.filename.startswith(apart.prefix))]
    if len(infos) > MAX_ENTRIES or _sum(rest) > MAX_TOTAL_BYTES or any(info.file_size > largest for info in rest):
        raise _error("too_large")
    if apart and _sum(infos) - _sum(rest) > apart.most:
        raise _error("signatures_too_large")
    _check_entries(infos)


def _sum(infos: list[zipfile.ZipInfo]) -> int:
    return sum(info.file_size for info in infos)


def _check_entries(infos: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for info in infos:
        _check_name(info.filename)
        _check_entry(info)
        folded = unicodedata.normalize("NFC", info.filename).casefold()
        if folded in seen:
            raise _error("duplicate_entry")
        seen.add(folded)


def _check_name(name: str) -> None:
    parts = name.split("/")
    unsafe = name != name.strip() or "\\" in name or ":" in name or any(not char.isprintable() for char in name)
    if unsafe or len(name) > 200 or any(part in ("", ".", "..") for part in parts):
        raise _error("zip_slip")


def _check_entry(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise _error("encrypted")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _error("damaged")
    if info.file_size > _RATIO_FLOOR and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise _error("zip_bomb")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    content = archive.read(info)
    if len(content) != info.file_size:
        raise _error("damaged")
    return content


_MESSAGES = {
    "unreadable": "Không mở được tệp. Hãy kiểm tra lại đường dẫn và quyền đọc tệp.",
    "not_a_package": "Tệp này không phải gói hồ sơ đã ký (ASiC-E). Hãy chọn đúng tệp .asice.",
    "truncated": "Gói hồ sơ bị cụt, thiếu phần cuối. Hãy chép lại tệp từ nơi đã gửi.",
    "trailing_bytes": "Gói hồ sơ có dữ liệu lạ ở cuối tệp nên không được mở. Hãy lấy lại gói từ nơi đã gửi.",
    "damaged": "Gói hồ sơ bị hỏng. Hãy chép lại tệp từ nơi đã gửi.",
    "too_large": "Gói hồ sơ lớn quá mức cho phép (64 MB, mỗi tệp 10 MB). Hãy giảm dung lượng bản quét rồi lập lại.",
    "signatures_too_large": "Chữ ký trong gói hồ sơ lớn quá 32 MB nên không được mở. Hãy lấy lại gói từ nơi đã gửi.",
    "zip_bomb": "Gói hồ sơ nén bất thường nên không được mở. Hãy xóa tệp và lấy lại từ nơi đã gửi.",
    "duplicate_entry": "Gói hồ sơ có hai tệp trùng tên nên không được mở. Hãy lấy lại gói từ nơi đã gửi.",
    "zip_slip": "Gói hồ sơ có tên tệp không an toàn nên không được mở. Hãy lấy lại gói từ nơi đã gửi.",
    "encrypted": "Gói hồ sơ bị đặt mật khẩu nên không đọc được. Hãy lấy lại gói không đặt mật khẩu.",
}


def _error(code: str) -> ContainerError:
    return ContainerError(code, _MESSAGES[code])
