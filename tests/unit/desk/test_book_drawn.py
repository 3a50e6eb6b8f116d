"""From a sum of the book to the dossiers in it, and the book on paper."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from desktop.desk.book_desk import BookDesk
from tests.unit.desk.test_book_desk import JUNE, MAY, order, spend
from tests.unit.desk.test_reconciling_books import desk_of
from tests.unit.desk.treasury_kit import Pair


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair.make(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(pair: Pair) -> BookDesk:
    return desk_of(pair)


def test_what_waits_comes_first_then_the_newest_used(pair: Pair, desk: BookDesk) -> None:
    pair.rule(pair.submit("a", spend("1", 200_000)), MAY)
    pair.rule(pair.submit("b", spend("2", 70_000, econ="6551")), JUNE)
    pair.submit("c", spend("3", 50_000))
    found = [(one.amount, one.date, one.held) for one in desk.drawn(2026, "13", "341")]
    assert found == [(50_000, "", True), (70_000, "2026-06-04", False), (200_000, "2026-05-04", False)]


@pytest.mark.parametrize(
    ("codes", "count"), [(("13", "341", "6551", ""), 1), (("13", "", "", ""), 2), (("12", "341", "", ""), 0)]
)
def test_a_line_names_only_its_own(pair: Pair, desk: BookDesk, codes: tuple[str, ...], count: int) -> None:
    pair.rule(pair.submit("a", spend("1", 200_000)), MAY)
    pair.rule(pair.submit("b", spend("2", 70_000, econ="6551")), MAY)
    pair.submit("c", order("3", 9_000))
    assert len(desk.drawn(2026, *codes)) == count


def test_the_paper_has_every_line_and_account(pair: Pair, desk: BookDesk, tmp_path: Path) -> None:
    pair.rule(pair.submit("a", spend("1", 200_000_000)), MAY)
    desk.print_book(tmp_path / "so-du.pdf", 2026)
    with pypdfium2.PdfDocument(tmp_path / "so-du.pdf") as pdf:
        words = pdf[0].get_textpage().get_text_bounded()
    assert all(said in words for said in ("NĂM 2026", "Nguồn 13", "700.000.000", "Tổng cộng", "Tài khoản tiền gửi"))
