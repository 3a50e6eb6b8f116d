"""Opens ZIP files of strangers without trusting them: names, sizes, ratio and encryption are checked first."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from desktop.exchange.errors import ExchangeError
from desktop.exchange.limits import MAX_ZIP_DIRECTORY, MAX_ZIP_RATIO

ZIP_MAGIC = b"PK"
_END = struct.Struct("<4s4H2LH")
"""The end record of a ZIP (APPNOTE 4.3.16); its sixth field is the size of the directory."""
_END_MAGIC = b"PK\x05\x06"
_ZIP64_MAGIC = b"PK\x06\x07"
_LONGEST_COMMENT = 0xFFFF
_PLAIN_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
)


@contextmanager
def open_zip(path: Path, *, max_file: int, error: type[ExchangeError]) -> Iterator[zipfile.ZipFile]:
    """Open `path` for reading, at most `max_file` bytes long; any damage found inside the block becomes `error`.

    Codes: too_large, truncated.
    """
    if path.stat().st_size > max_file:
        raise error("too_large", "Tệp quá lớn nên không được mở. Hãy kiểm tra lại đúng tệp cần nhập chưa.")
    try:
        _check_directory(path, error)
        with zipfile.ZipFile(path) as archive:
            yield archive
    except _DAMAGE as cause:
        raise error("truncated", "Tệp nén bị hỏng hoặc tải về chưa hết. Hãy xuất hoặc chép lại tệp.") from cause


def _check_directory(path: Path, error: type[ExchangeError]) -> None:
    """Refuse a list of members so long that listing it would cost much memory; ZIP64 has no place in small files."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _LONGEST_COMMENT - _END.size))
        tail = stream.read()
    at_end = len(tail) - _END.size
    start = at_end if tail[max(0, at_end) :].startswith(_END_MAGIC) else tail.rfind(_END_MAGIC)
    if start < 0 or len(tail) - start < _END.size:
        raise zipfile.BadZipFile("no end record")
    directory_size: int = _END.unpack_from(tail, start)[5]
    if directory_size > MAX_ZIP_DIRECTORY or tail[max(0, start - 20) : start].startswith(_ZIP64_MAGIC):
        raise error("too_large", "Tệp nén có quá nhiều mục nên không được mở. Hãy kiểm tra lại đúng tệp cần nhập chưa.")


def check_member(info: zipfile.ZipInfo, *, max_size: int, error: type[ExchangeError]) -> None:
    """Refuse one member that could escape its folder, blow up, or not be read without a password.

    Codes: zip_slip, encrypted, zip_bomb. `max_size` counts unpacked bytes.
    """
    if not _stays_inside(info.orig_filename):
        raise error(
            "zip_slip", "Tệp nén có đường dẫn không an toàn nên không được mở. Hãy xuất lại từ phần mềm kế toán."
        )
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _PLAIN_METHODS:
        raise error("encrypted", "Tệp nén có mật khẩu hoặc kiểu nén lạ. Hãy xuất lại tệp ZIP thường, không mật khẩu.")
    if info.file_size > max_size or info.file_size > MAX_ZIP_RATIO * max(info.compress_size, 512):
        message = (
            "Tệp nén bung ra quá lớn nên không được mở. Hãy xuất lại chứng từ, hoặc tách danh sách thành nhiều tệp."
        )
        raise error("zip_bomb", message)


def _stays_inside(name: str) -> bool:
    if not name or "\\" in name or ":" in name or "\x00" in name or name.startswith("/"):
        return False
    return ".." not in PurePosixPath(name).parts
