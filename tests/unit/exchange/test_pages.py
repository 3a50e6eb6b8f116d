"""Proofs that the pictures show the very PDF, whole and upright, and that a bad PDF is refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop.exchange.errors import PrintError
from desktop.exchange.pages import PageImage, merge, page_count, render_pages
from desktop.exchange.printing import print_document
from tests.unit.exchange.papers import payees, withdrawal

PDF = print_document(withdrawal())


def dark(page: PageImage, top: float, bottom: float) -> int:
    rows = page.rgba[int(page.height * top) * page.width * 4 : int(page.height * bottom) * page.width * 4]
    return sum(value < 100 for value in rows[::4])


def test_a_page_is_a_picture_of_a4() -> None:
    (page,) = render_pages(PDF, 620)
    assert (page.width, len(page.rgba)) == (620, page.width * page.height * 4)
    assert page.height == pytest.approx(620 * 297 / 210, abs=2)
    assert page.rgba[:4] == b"\xff\xff\xff\xff"


def test_the_picture_shows_ink_where_the_form_has_it() -> None:
    (page,) = render_pages(PDF, 620)
    assert dark(page, 0, 0.5) > 4_000
    assert dark(page, 0.97, 1) == 0


def test_every_page_is_drawn_and_counted() -> None:
    pdf = print_document(payees(120))
    assert len(render_pages(pdf, 64)) == page_count(pdf) > 2


def test_pages_of_several_files_become_one() -> None:
    other = print_document(payees(120))
    assert page_count(merge([PDF, other, PDF])) == 2 + page_count(other)


def test_the_same_files_become_the_same_bytes() -> None:
    whole = merge([PDF, PDF])
    assert b"(D:20260101000000+00'00')" in whole
    assert whole == merge([PDF, PDF]) != merge([PDF])
    assert len({_identifier(merge([PDF] * count)) for count in (1, 2)}) == 2


def _identifier(pdf: bytes) -> bytes:
    return pdf[pdf.rindex(b"/ID[") :][:74]


def test_threads_take_turns() -> None:
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _: render_pages(PDF, 200), range(12)))
    assert all(picture == pictures[0] for picture in pictures)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no pdf", PDF[:200]])
def test_bytes_that_are_no_pdf(content: bytes) -> None:
    for use in (page_count, lambda pdf: render_pages(pdf, 100), lambda pdf: merge([pdf])):
        with pytest.raises(PrintError) as caught:
            use(content)
        assert caught.value.code == "bad_pdf"


def test_a_page_of_no_sane_shape() -> None:
    strip = PDF_STRIP.format(height=14_000).encode()
    with pytest.raises(PrintError):
        render_pages(strip, 100)


PDF_STRIP = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 {height}]>>endobj
trailer<</Root 1 0 R>>
"""


def test_the_strip_is_refused_for_its_shape_alone() -> None:
    assert len(render_pages(PDF_STRIP.format(height=20).encode(), 100)) == 1


@pytest.mark.parametrize("width", [0, -5, 5_000])
def test_a_width_out_of_bounds(width: int) -> None:
    with pytest.raises(ValueError, match="width"):
        render_pages(PDF, width)
