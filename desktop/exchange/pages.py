"""Turns the very PDF that will be printed into pictures, so that nobody signs a preview drawn by other means."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from desktop.exchange.errors import PrintError

if TYPE_CHECKING:
    import pypdfium2

_WIDTHS = range(16, 4_097)
_TALLEST = 8
"""Height over width of a page that is drawn; A4 has 1.41, a till receipt about 6."""
_MOST_PAGES = 200
_RGBA = 4
"""FPDFBitmap_BGRA, read in reverse byte order."""
_WRITTEN_AT = re.compile(rb"(<</CreationDate\(D:)\d{14}\+00'00'(\)/Creator\(PDFium\)(?:/Producer\(PDFium\))?>>)")
_RANDOM_ID = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\](?=>>\s+startxref)")
_PDFIUM = Lock()
"""PDFium may be used by one thread at a time."""


@dataclass(frozen=True)
class PageImage:
    """One page: `rgba` has 4 bytes a pixel, row by row from the top, `width` x `height` pixels, no padding."""

    width: int
    height: int
    rgba: bytes


def render_pages(pdf: bytes, width_px: int) -> list[PageImage]:
    """Draw every page, at most 200, `width_px` pixels wide (16 to 4096); slow, call it in a background job.

    Raises PrintError (bad_pdf) when the bytes are no PDF or a page has no sane size, ValueError for another width.
    """
    if width_px not in _WIDTHS:
        raise ValueError("page width out of bounds")
    with opened(pdf) as document:
        return [_draw(document[index], width_px) for index in range(min(len(document), _MOST_PAGES))]


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF; raises PrintError (bad_pdf)."""
    with opened(pdf) as document:
        return len(document)


def merge(pdfs: Sequence[bytes]) -> bytes:
    """Put the pages of several PDFs one after another into one, the same bytes every time.

    Raises PrintError (bad_pdf).
    """
    import pypdfium2

    with _PDFIUM:
        whole = pypdfium2.PdfDocument.new()
    for pdf in pdfs:
        with opened(pdf) as document:
            whole.import_pages(document)
    buffer = io.BytesIO()
    with _PDFIUM:
        whole.save(buffer)
        whole.close()
    return timeless(buffer.getvalue())


def timeless(pdf: bytes) -> bytes:
    """Take out the instant and the random identifier that PDFium writes; nothing changes its length."""
    dated = _WRITTEN_AT.sub(rb"\g<1>20260101000000+00'00'\g<2>", pdf)
    plain = _RANDOM_ID.sub(b"/ID[<" + b"0" * 32 + b"><" + b"0" * 32 + b">]", dated)
    name = hashlib.sha256(plain).hexdigest()[:32].upper().encode()
    return _RANDOM_ID.sub(b"/ID[<" + name + b"><" + name + b">]", dated)


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF and hold PDFium meanwhile. Raises PrintError bad_pdf."""
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as cause:
            raise _bad_pdf() from cause
        try:
            yield document
        finally:
            document.close()


def _draw(page: pypdfium2.PdfPage, width_px: int) -> PageImage:
    width, height = page.get_size()
    if not (width > 0 and 0 < height <= width * _TALLEST):
        raise _bad_pdf()
    bitmap = page.render(scale=width_px / width, rev_byteorder=True, force_bitmap_format=_RGBA)
    row, stride = bitmap.width * 4, bitmap.stride
    buffer = bytes(bitmap.buffer)
    pixels = b"".join(buffer[top : top + row] for top in range(0, stride * bitmap.height, stride))
    return PageImage(bitmap.width, bitmap.height, pixels)


def _bad_pdf() -> PrintError:
    return PrintError("bad_pdf", "Tệp PDF bị hỏng nên không xem được. Hãy in lại hoặc chọn tệp khác.")
