"""Looks into a PDF: whether it is nothing but scanned pages, and draws them one by one within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.exchange.scan_pictures import DPI, MOST_PIXELS, plain

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

MOST_PAGES = 100
_POINTS = 72
_WIDEST_POINTS = 1_684
"""An A2 sheet's long side; a page that says it is larger is drawn as if it were that."""
_INVISIBLE = 3
"""Text render mode of what a scanner's own reading of letters puts behind a picture."""
_MOST_OBJECTS = 20_000
_COVERS = 0.5
"""Share of a page that its pictures cover at least when it is a scan."""


def is_signed(document: pypdfium2.PdfDocument) -> bool:
    """Tell whether a PDF has a signature field that is filled."""
    from pypdfium2 import raw

    return int(raw.FPDF_GetSignatureCount(document)) > 0


def within_bounds(document: pypdfium2.PdfDocument) -> bool:
    """Tell whether every page and picture is of a size that may be laid out in memory."""
    if not 0 < len(document) <= MOST_PAGES:
        return False
    return all(
        width * height <= MOST_PIXELS for page in _pages(document) for width, height in map(_pixels, _images(page))
    )


def only_pictures(document: pypdfium2.PdfDocument) -> bool:
    """Tell whether every page is a picture and nothing else can be read on it, typed in, or drawn."""
    return document.get_formtype() == 0 and all(_is_scan(page) for page in _pages(document))


def page_pictures(document: pypdfium2.PdfDocument) -> Iterator[tuple[float, float, Image.Image]]:
    """Draw each page at 150 dpi: its width and height in points, and the picture, "L" or "RGB"."""
    for page in _pages(document):
        width, height = page.get_size()
        scale = DPI / _POINTS * min(1.0, _WIDEST_POINTS / max(width, height))
        bitmap = page.render(scale=scale, rev_byteorder=True)
        yield width, height, plain(bitmap.to_pil().convert("RGB"))


def _pages(document: pypdfium2.PdfDocument) -> Iterator[pypdfium2.PdfPage]:
    for index in range(len(document)):
        page = document[index]
        try:
            yield page
        finally:
            page.close()


def _is_scan(page: pypdfium2.PdfPage) -> bool:
    from pypdfium2 import raw

    width, height = page.get_size()
    covered = 0.0
    for count, item in enumerate(page.get_objects(max_depth=3)):
        if count > _MOST_OBJECTS or item.type in (raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_PATH):
            return False
        if item.type == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFTextObj_GetTextRenderMode(item) != _INVISIBLE:
            return False
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered += (right - left) * (top - bottom)
    return bool(covered >= _COVERS * width * height > 0)


def _images(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfImage]:
    from pypdfium2 import raw

    yield from page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)


def _pixels(image: pypdfium2.PdfImage) -> tuple[int, int]:
    width, height = image.get_px_size()
    return int(width), int(height)
