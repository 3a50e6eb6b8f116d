"""What may be attached is decided by bytes, not by name."""

import io
import zipfile

import pytest

from desktop.store.errors import StoreError
from desktop.store.media import MAX_BYTES, media_type


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4\n", "application/pdf"),
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (zipped("[Content_Types].xml", "word/document.xml"), "wordprocessingml.document"),
        (b"%PDF-" + bytes(MAX_BYTES - 5), "application/pdf"),
    ],
)
def test_known_by_content(content: bytes, kind: str) -> None:
    assert media_type(content).endswith(kind)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "attachment_empty"),
        (b"%PDF-" + bytes(MAX_BYTES - 4), "attachment_too_large"),
        (b"MZ\x90\x00", "attachment_type"),
        (b"GIF89a", "attachment_type"),
        (b"<html>%PDF-</html>", "attachment_type"),
        (zipped("xl/workbook.xml", "[Content_Types].xml"), "attachment_type"),
        (b"PK\x03\x04 not a zip", "attachment_type"),
    ],
)
def test_refused_with_a_code_of_its_own(content: bytes, code: str) -> None:
    with pytest.raises(StoreError) as error:
        media_type(content)
    assert error.value.code == code
