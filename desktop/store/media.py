"""Tell by its bytes whether a file may travel with a dossier: PDF, JPEG, PNG or DOCX, at most 10 MB (rule R-900)."""

from __future__ import annotations

import io
import zipfile

from desktop.store.errors import StoreError

MAX_BYTES = 10 * 1024 * 1024

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCX_MEMBERS = {"[Content_Types].xml", "word/document.xml"}


def media_type(content: bytes) -> str:
    """Return the media type by content, whatever the name says.

    Raises StoreError attachment_empty, attachment_too_large or attachment_type.
    """
    if not content:
        raise StoreError("attachment_empty", "Tệp đính kèm trống. Chọn lại tệp, hoặc quét lại rồi đính kèm.")
    if len(content) > MAX_BYTES:
        raise StoreError(
            "attachment_too_large", "Tệp đính kèm lớn hơn 10 MB. Quét lại ở 150 dpi, hoặc tách thành nhiều tệp."
        )
    for magic, name in _MAGIC:
        if content.startswith(magic):
            return name
    if content.startswith(b"PK\x03\x04") and _is_docx(content):
        return _DOCX
    raise StoreError(
        "attachment_type", "Kho bạc chỉ nhận tệp PDF, JPG, PNG hoặc DOCX. Lưu tệp sang PDF rồi đính kèm lại."
    )


def _is_docx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return set(package.namelist()) >= _DOCX_MEMBERS
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
