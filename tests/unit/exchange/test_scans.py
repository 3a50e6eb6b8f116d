"""Scans get smaller, keep their colour only where there is some, and nothing but scans is touched."""

import io
import struct
import zlib

import pytest
from PIL import Image

from desktop.exchange.errors import ExchangeError
from desktop.exchange.pages import page_count, render_pages
from desktop.exchange.printing import print_document
from desktop.exchange.scan_pictures import coloured, read_picture
from desktop.exchange.scans import draw, shrink
from tests.fixtures.scans import page, scan
from tests.ui.sample import VOUCHER

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(("kind", "media"), [("JPEG", JPEG), ("PNG", PNG), ("PDF", PDF)])
@pytest.mark.parametrize("seal", [False, True])
def test_a_scan_gets_much_smaller_and_keeps_colour_only_where_there_is_some(kind: str, media: str, seal: bool) -> None:
    content = scan(kind, seal=seal)
    made = shrink(content, media)
    assert made.size_after == len(made.content) < made.size_before / 2
    assert ("giữ màu" in made.note) is seal
    assert shrink(content, media).content == made.content


@pytest.mark.parametrize("seal", [False, True])
def test_yellow_paper_is_no_colour(seal: bool) -> None:
    assert coloured(page(seal)) is seal


def test_a_picture_is_turned_upright_at_150_dpi_and_says_nothing_of_the_camera() -> None:
    told = Image.Exif()
    told[0x0112], told[0x010F] = 6, "MÁY-CHỤP-CỦA-TÔI"
    made = opened(shrink(scan(exif=told.tobytes(), comment="bí mật"), JPEG).content)
    assert made.size == (845, 600)
    assert not made.getexif()
    assert "comment" not in made.info


def test_every_page_of_a_scanned_pdf_keeps_its_size_on_paper() -> None:
    content = scan("PDF", pages=3)
    made = shrink(content, PDF)
    assert made.pages == page_count(made.content) == 3
    before, after = render_pages(content, 200), render_pages(made.content, 200)
    assert [(p.width, p.height) for p in before] == [(p.width, p.height) for p in after]


def refusal(content: bytes, media: str) -> str:
    with pytest.raises(ExchangeError) as error:
        shrink(content, media)
    return error.value.code


def test_what_is_no_scan_is_refused_in_words() -> None:
    small = shrink(scan(), JPEG)
    text = print_document(VOUCHER)
    assert refusal(small.content, JPEG) == "scan_small_already"
    assert refusal(text, PDF) == "scan_not_a_picture"
    assert refusal(b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document") == (
        "scan_not_a_picture"
    )
    assert refusal(scan("PDF") + b"\n% /ByteRange [0 1 2 3]", PDF) == "scan_signed"
    assert refusal(b"%PDF-1.7 rubbish", PDF) == "bad_pdf"


@pytest.mark.parametrize("cut", [10, 200, 5_000])
def test_a_damaged_picture_is_said(cut: int) -> None:
    assert refusal(scan()[:cut], JPEG) == "scan_unreadable"
    assert refusal(scan("PNG")[:cut], PNG) == "scan_unreadable"


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(60_000, 60_000), (9_000, 7_000), (2_000_000, 40)])
def test_a_bomb_is_never_laid_out(size: tuple[int, int]) -> None:
    assert refusal(bomb(*size), PNG) == "scan_too_large"


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16"])
def test_every_way_to_keep_a_picture_is_read(mode: str) -> None:
    out = io.BytesIO()
    plain = page(size=(300, 400))
    odd = {"I;16": Image.new("I;16", plain.size, 60_000), "P": plain.convert("L").quantize(16)}
    picture = odd[mode] if mode in odd else plain.convert(mode)
    picture.save(out, "JPEG" if mode == "CMYK" else "PNG")
    with read_picture(out.getvalue()) as found:
        assert (found.mode, found.size) == ("L", (300, 400))
        assert found.getextrema()[1] > 200


def test_a_picture_is_drawn_to_be_looked_at() -> None:
    (drawn,) = draw(scan(seal=True), JPEG, 300)
    assert (drawn.width, drawn.height) == (300, 422)
    assert len(drawn.rgba) == 300 * 422 * 4
    (grey,) = draw(scan(), JPEG, 300)
    assert len({grey.rgba[0], grey.rgba[2]}) == 2, "yellow paper is shown yellow: it is the scan as it is"
    assert draw(b"PK", "application/zip", 300) == []
