"""Makes a scan smaller: 150 dots an inch, grey unless there is colour, nothing kept of who took it where and when.

A page at 300 dpi and in colour takes megabytes, which is minutes on a slow link; stamps and small print are read well
at half of that. Only pictures are touched: text, signatures and Word files stay what they are.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from desktop.exchange.errors import ExchangeError
from desktop.exchange.pages import PageImage, opened, render_pages, timeless
from desktop.exchange.scan_pages import is_signed, only_pictures, page_pictures, within_bounds
from desktop.exchange.scan_pictures import DPI, compressed, drawn, read_picture

if TYPE_CHECKING:
    import pypdfium2

LEAST_SAVED = 5
"""A scan must get smaller by one part in so many, or it is left alone."""
_TALLEST = 8
_JPEG, _PNG, _PDF = "image/jpeg", "image/png", "application/pdf"


class ScanError(ExchangeError):
    """A file that is not made smaller; `code` is scan_not_a_picture, scan_signed, scan_small_already, …"""


class Shrunk(NamedTuple):
    """A scan made smaller: sizes in bytes, `dpi` at most 150, `note` says in words what was done."""

    content: bytes
    media_type: str
    size_before: int
    size_after: int
    pages: int
    dpi: int
    note: str


def shrink(content: bytes, media_type: str) -> Shrunk:
    """Make a JPEG, a PNG or a scanned PDF smaller; slow, call it in a background job. The same input, the same bytes.

    Raises ScanError scan_not_a_picture (Word, a PDF of text), scan_signed, scan_small_already when less than a fifth
    would be saved, scan_too_large, scan_unreadable.
    """
    if media_type in (_JPEG, _PNG):
        made, kind, grey = _picture(content)
        pages = 1
    elif media_type == _PDF:
        made, pages, grey = _pdf(content)
        kind = _PDF
    else:
        raise refused("scan_not_a_picture")
    if len(made) * LEAST_SAVED > len(content) * (LEAST_SAVED - 1):
        raise refused("scan_small_already")
    note = f"{DPI} điểm mỗi inch, " + ("đen trắng" if grey else "giữ màu") + ", đã bỏ thông tin máy chụp"
    return Shrunk(made, kind, len(content), len(made), pages, DPI, note)


def draw(content: bytes, media_type: str, width: int) -> list[PageImage]:
    """Draw the pages of a PDF or a picture `width` pixels wide, to be looked at; [] for other kinds.

    Raises PrintError bad_pdf, ScanError scan_too_large or scan_unreadable.
    """
    if media_type == _PDF:
        return render_pages(content, width)
    if media_type not in (_JPEG, _PNG):
        return []
    with _said():
        picture = drawn(content, width, _TALLEST)
    return [PageImage(picture.width, picture.height, picture.tobytes())]


def refused(code: str) -> ScanError:
    """Make the error of a known code."""
    return ScanError(code, _MESSAGES[code])


_MESSAGES = {
    "scan_not_a_picture": "Tệp này có chữ, không phải bản quét, nên không thu nhỏ. Tệp được giữ nguyên như cũ.",
    "scan_signed": "Tệp này có chữ ký số nên không được sửa. Tệp được giữ nguyên như cũ.",
    "scan_small_already": "Bản quét này đã nhỏ, thu nhỏ thêm không lợi. Tệp được giữ nguyên như cũ.",
    "scan_too_large": "Ảnh có quá nhiều điểm nên không thu nhỏ được. Quét lại ở 150 dpi rồi đính kèm lại.",
    "scan_unreadable": "Không đọc được ảnh trong tệp này. Mở thử tệp gốc, nếu hỏng thì quét lại.",
}


def _picture(content: bytes) -> tuple[bytes, str, bool]:
    with _said(), read_picture(content) as picture:
        made, kind = compressed(picture)
        return made, kind, picture.mode == "L"


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except OverflowError:
        raise refused("scan_too_large") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise refused("scan_unreadable") from None  # a picture's own text may stand in the cause


def _pdf(content: bytes) -> tuple[bytes, int, bool]:
    if b"/ByteRange" in content:
        raise refused("scan_signed")
    import pypdfium2

    made: list[tuple[float, float, bytes]] = []
    grey = True
    with opened(content) as document:
        _refuse_unfit(document)
        for width, height, picture in page_pictures(document):
            jpeg, _ = compressed(picture, only_jpeg=True)
            grey = grey and picture.mode == "L"
            made.append((width, height, jpeg))
        whole = pypdfium2.PdfDocument.new()
        for width, height, jpeg in made:
            _add_page(whole, width, height, jpeg)
        buffer = io.BytesIO()
        whole.save(buffer)
        whole.close()
    return timeless(buffer.getvalue()), len(made), grey


def _refuse_unfit(document: pypdfium2.PdfDocument) -> None:
    if is_signed(document):
        raise refused("scan_signed")
    if not within_bounds(document):
        raise refused("scan_too_large")
    if not only_pictures(document):
        raise refused("scan_not_a_picture")


def _add_page(whole: pypdfium2.PdfDocument, width: float, height: float, jpeg: bytes) -> None:
    """One picture over the whole page, which keeps its size on paper."""
    import pypdfium2

    page = whole.new_page(width, height)
    image = pypdfium2.PdfImage.new(whole)
    image.load_jpeg(io.BytesIO(jpeg), inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page.insert_obj(image)
    page.gen_content()
