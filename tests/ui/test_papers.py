"""«Giấy từ Kho bạc»: found without diacritics, sorted, shown, printed, exported; never changed."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.dossier.views import DossierDetail
from desktop.ui.kit.cells import CELL
from desktop.ui.papers.model import HEADS
from desktop.ui.papers.page import PapersPage
from desktop.ui.papers.viewer import PaperViewer
from desktop.ui.shell import MainWindow
from tests.ui.memory import Memory
from tests.ui.paper_states import FIGURES, REFUSAL, UNREADABLE, with_papers
from tests.ui.stage import until


@pytest.fixture
def page(window: MainWindow, memory: Memory) -> PapersPage:
    with_papers(memory)
    window.go("papers")
    page = window.page()
    assert isinstance(page, PapersPage)
    return page


def numbers(page: PapersPage) -> list[str]:
    return [str(page.model.index(row, 2).data(CELL).text) for row in range(page.model.rowCount())]


def said(widget: object) -> str:
    return " | ".join(made.text() for made in widget.findChildren(QLabel))  # type: ignore[attr-defined]


def test_the_newest_stands_first_and_its_pane_says_what_it_is(page: PapersPage) -> None:
    assert numbers(page) == ["118/TB-PGD14", "12/LHT", "0000218"]
    assert "không khớp số tiền" in said(page.pane)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("le phi", ["0000218"]),
        ("giang a so", ["12/LHT"]),
        ("36.000", ["0000218"]),
        ("0416", ["118/TB-PGD14"]),
        ("khong co", []),
    ],
)
def test_a_search_needs_no_diacritics(page: PapersPage, text: str, found: list[str]) -> None:
    page.search.setText(text)
    until(lambda: page.model.text == text)
    assert numbers(page) == found


@pytest.mark.parametrize("section", range(len(HEADS)))
def test_every_column_sorts_both_ways(page: PapersPage, section: int) -> None:
    page.table.horizontalHeader().sectionClicked.emit(section)
    once = numbers(page)
    page.table.horizontalHeader().sectionClicked.emit(section)
    assert numbers(page) in (once[::-1], once)
    assert {"↓", "↑"} & set(str(page.model.headerData(section, Qt.Orientation.Horizontal)))


def test_a_paper_opens_read_only_and_prints(page: PapersPage, tmp_path: Path) -> None:
    page.open()
    viewer = page.viewer
    assert isinstance(viewer, PaperViewer)
    viewer.print_to(tmp_path / "a.pdf")
    printed = tmp_path / "a.pdf"
    until(lambda: printed.exists() and printed.read_text("utf-8") == REFUSAL.number)
    viewer.accept()


def test_a_refund_tells_how_it_came_there(page: PapersPage) -> None:
    page.table.choose(1)
    page.open()
    assert page.viewer is None
    assert "12/LHT ngày 02/11/2026" in said(page.pane)
    assert "Đã hạch toán hoàn trả" in said(page.pane)


def test_a_paper_that_cannot_be_read_says_so(page: PapersPage) -> None:
    page.show_paper(UNREADABLE)
    assert page.viewer is None
    assert page.problem.isVisibleTo(page)


def test_the_list_is_written_as_it_is_narrowed(page: PapersPage, tmp_path: Path) -> None:
    page.search.setText("bien lai")
    until(lambda: len(page.model.rows) == 1)
    page.export_to(tmp_path / "a.csv")
    written = tmp_path / "a.csv"
    until(lambda: written.exists() and written.read_text("utf-8") == "0000218")


def test_the_dossier_of_a_refusal_opens_from_its_paper(page: PapersPage, window: MainWindow) -> None:
    opened: list[str] = []
    window.context.bus.opened.disconnect()
    window.context.bus.opened.connect(opened.append)
    next(b for b in page.pane.findChildren(QPushButton) if b.text() == "Mở hồ sơ").click()
    assert opened == ["d0416"]


def test_a_dossier_shows_what_the_treasury_wrote_into_it(window: MainWindow, memory: Memory) -> None:
    detail: DossierDetail = memory.desk.detail("d0416")
    pane = window.dossiers().detail
    pane.show_detail(replace(detail, figures=FIGURES * 7, papers=(REFUSAL,)))
    words = said(pane)
    assert "Mẫu 10, dòng 1: Số đề nghị thanh toán | 4.000.000 đ  (đơn vị ghi 6.000.000 đ)" in words
    assert "và 2 số liệu khác" in words
    shown: list[object] = []
    pane._show_paper = shown.append
    pane.show_detail(replace(detail, papers=(REFUSAL,)))
    next(b for b in pane.findChildren(QPushButton) if "118/TB" in b.text()).click()
    assert shown == [REFUSAL]
