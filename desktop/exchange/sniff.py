"""Says what a file is from its first bytes and, for a ZIP, the names inside; never from the ending of its name."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

from desktop.exchange.archive import ZIP_MAGIC, open_zip
from desktop.exchange.errors import ExchangeError
from desktop.exchange.limits import MAX_SNIFF_ZIP, SNIFF_BYTES

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
"""How an ODS file begins after its first 30 bytes: its first member is stored and says so (ODF 1.3 part 2, 3.3)."""
_UTF16_XML = (b"\xff\xfe<\x00", b"\xfe\xff\x00<", b"\x00<")
_JSON_LIMIT = 8 << 20


class Kind(StrEnum):
    """What a file turns out to be."""

    DVC_XML = "dvc_xml"
    DVC_ZIP = "dvc_zip"
    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"
    CSV = "csv"
    PACKAGE = "package"
    RECEIPT = "receipt"
    DOCUMENT_JSON = "document_json"
    UNKNOWN = "unknown"


LISTS = frozenset({Kind.XLSX, Kind.ODS, Kind.XLS, Kind.CSV})
"""What the reader of spreadsheets takes."""


def sniff(path: Path) -> Kind:
    """Tell the kind of a file from at most 4 KB of it (8 MB for JSON); a damaged one is UNKNOWN.

    Raises ExchangeError (unreadable) when it cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(SNIFF_BYTES)
        if head.startswith(ZIP_MAGIC):
            return Kind.ODS if head[30:].startswith(_ODS) else _zip_kind(path)
        text = head.removeprefix(_BOM).lstrip()
        if text.startswith((b"<", *_UTF16_XML)):
            return Kind.DVC_XML
        if text.startswith(b"{"):
            return _json_kind(path)
    except OSError as cause:
        raise ExchangeError("unreadable", "Không mở được tệp. Hãy kiểm tra đường dẫn và quyền đọc tệp.") from cause
    if head.startswith(_OLD_EXCEL):
        return Kind.XLS
    return Kind.CSV if head.startswith(_UTF16) or _looks_like_csv(text) else Kind.UNKNOWN


def unknown_file() -> ExchangeError:
    """Say that nobody here knows such a file (unknown_kind)."""
    return ExchangeError(
        "unknown_kind", "Chương trình không biết loại tệp này. Hãy chọn chứng từ DVC, danh sách Excel hoặc gói hồ sơ."
    )


def _zip_kind(path: Path) -> Kind:
    try:
        with open_zip(path, max_file=MAX_SNIFF_ZIP, error=ExchangeError) as archive:
            names = archive.namelist()
    except ExchangeError:
        # The reader of vouchers gives the exact reason; a ZIP that cannot be listed is nothing else.
        return Kind.DVC_ZIP
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "mimetype" in names:
        return Kind.PACKAGE
    return Kind.DVC_ZIP


def _json_kind(path: Path) -> Kind:
    if path.stat().st_size > _JSON_LIMIT:
        return Kind.UNKNOWN
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Kind.UNKNOWN
    if not isinstance(content, dict):
        return Kind.UNKNOWN
    if {"payload", "signature", "key_id"} <= content.keys():
        return Kind.RECEIPT
    return Kind.DOCUMENT_JSON if "form" in content or "documents" in content else Kind.UNKNOWN


def _looks_like_csv(head: bytes) -> bool:
    """Tell whether the head is text with a separator in one of its first lines; a title may stand above the list."""
    if head.startswith(b"%PDF") or any(byte < 0x20 and byte not in b"\t\r\n" for byte in head):
        return False
    return any(mark in line for line in head.splitlines()[:20] for mark in (b",", b";", b"\t"))
