"""Small pictures of the printed forms: for docs/forms.md, and to see in tests that no page changes unnoticed.

`python -m tests.pictures` renews all of them; look at what changed before committing it.
"""

from __future__ import annotations

from operator import sub
from pathlib import Path

from PySide6.QtGui import QImage, Qt, qRgb

from desktop.exchange.pages import PageImage, render_pages
from desktop.exchange.printing import print_document
from tests.fixtures.forms_filled import FORM_IDS, filled

ROOT = Path(__file__).resolve().parent.parent
SHOWN = ROOT / "docs" / "pictures" / "forms"
GOLDEN = ROOT / "tests" / "unit" / "exchange" / "golden"
SHOWN_DPI = 72
GOLDEN_DPI = 48
GREYS = 8
"""Levels of grey in the palette of a picture."""
_LONG_SIDE = 297 / 25.4
_SHORT_SIDE = 210 / 25.4
_BLOCK = 8
"""Side in pixels of the squares that are compared."""


def first_page(form_id: str, dpi: int) -> QImage:
    """Draw the first page of the filled form in a few greys."""
    document = filled(form_id)
    pdf = print_document(document)
    return greys(render_pages(pdf, round((_LONG_SIDE if is_wide(pdf) else _SHORT_SIDE) * dpi))[0])


def is_wide(pdf: bytes) -> bool:
    """Tell a page that lies on its side."""
    page = render_pages(pdf, 64)[0]
    return page.width > page.height


def greys(page: PageImage) -> QImage:
    """Turn a page into a picture of few greys."""
    whole = QImage(page.rgba, page.width, page.height, page.width * 4, QImage.Format.Format_RGBA8888)
    step = 255 / (GREYS - 1)
    table = [qRgb(*(3 * [round(level * step)])) for level in range(GREYS)]
    return whole.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


def differences(one: QImage, other: QImage) -> tuple[float, int]:
    """Give the mean difference of all pixels and the largest of a square of 8 by 8, in greys of 0 to 255."""
    if one.size() != other.size():
        return 255, 255
    pixels = list(map(abs, map(sub, _bytes(one), _bytes(other))))
    blocks = list(map(abs, map(sub, _bytes(_shrunk(one)), _bytes(_shrunk(other)))))
    return sum(pixels) / len(pixels), max(blocks)


def _shrunk(image: QImage) -> QImage:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    size = grey.size() / _BLOCK
    return grey.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _bytes(image: QImage) -> bytes:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    lines = bytes(grey.constBits())
    return b"".join(lines[top : top + grey.width()] for top in range(0, len(lines), grey.bytesPerLine()))


def renew() -> None:
    """Draw every picture anew."""
    for folder, dpi in ((SHOWN, SHOWN_DPI), (GOLDEN, GOLDEN_DPI)):
        folder.mkdir(parents=True, exist_ok=True)
        for form_id in FORM_IDS:
            first_page(form_id, dpi).save(str(folder / f"{form_id}.png"))


if __name__ == "__main__":
    renew()
