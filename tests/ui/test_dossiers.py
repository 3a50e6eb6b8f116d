"""The list: what it reads, how it is narrowed, and what its buttons do."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Dossier
from desktop.dossier.views import ListFilter
from desktop.ui.dossiers.model import BLOCK, DossierModel
from desktop.ui.editor.page import EditorPage
from desktop.ui.kit.cells import CELL
from desktop.ui.shell import MainWindow
from tests.ui.memory import Memory, MemoryDesk
from tests.ui.sample import LIST


def numbers(window: MainWindow) -> list[str]:
    model = window.dossiers().model
    return [model.index(row, 0).data(CELL).text for row in range(model.rowCount())]


def press(window: MainWindow, qtbot: QtBot, words: str) -> None:
    buttons = lambda: [b for b in window.page().findChildren(QPushButton) if b.text() == words and b.isVisible()]  # noqa: E731
    qtbot.waitUntil(lambda: bool(buttons()))
    buttons()[0].click()


def test_a_long_list_is_read_in_blocks() -> None:
    desk = MemoryDesk({str(i): Dossier(local_id=str(i), number=f"{i:05d}", title="x") for i in range(1000)})
    model = DossierModel(desk)
    model.show(model.query)
    assert model.rowCount() == 1000
    model.index(500, 0).data(CELL)
    assert [(q.offset, q.limit) for q in desk.reads] == [(500 // BLOCK * BLOCK, BLOCK)]
    model.index(501, 3).data(CELL)
    assert len(desk.reads) == 1


def test_all_dossiers_are_listed_newest_first_with_their_sum(window: MainWindow) -> None:
    assert numbers(window) == [entry[0] for entry in LIST]
    words = {label.text() for label in window.dossiers().findChildren(QLabel)}
    assert "14 hồ sơ, tổng 537.457.500 đ" in words


def test_search_waits_for_a_pause_and_needs_no_diacritics(window: MainWindow, qtbot: QtBot, memory: Memory) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    memory.desk.reads.clear()
    qtbot.keyClicks(window.dossiers().search, "van phong")
    assert not memory.desk.reads
    qtbot.waitUntil(lambda: numbers(window) == ["0442"])
    assert {q.text for q in memory.desk.reads} == {"van phong"}


@pytest.mark.parametrize(
    ("chip", "expected"),
    [
        (ListFilter.FIX, ["0442", "0441"]),
        (ListFilter.DRAFT, ["0440"]),
        (ListFilter.RETURNED, ["0409"]),
        (ListFilter.PAID, ["0415"]),
        (ListFilter.READY, ["0424", "0423", "0421"]),
    ],
)
def test_chips_narrow_the_list(window: MainWindow, chip: ListFilter, expected: list[str]) -> None:
    window.dossiers().chips._chips[chip][0].click()
    assert numbers(window) == expected


def test_a_head_sorts_and_sorts_back(window: MainWindow) -> None:
    header = window.dossiers().table.horizontalHeader()
    header.sectionClicked.emit(0)
    assert numbers(window) == sorted(entry[0] for entry in LIST)
    header.sectionClicked.emit(0)
    assert numbers(window) == sorted((entry[0] for entry in LIST), reverse=True)


def test_an_empty_search_offers_the_way_back(window: MainWindow, qtbot: QtBot) -> None:
    window.dossiers().search.setText("không có")
    qtbot.waitUntil(lambda: numbers(window) == [])
    press(window, qtbot, "Bỏ lọc")
    assert len(numbers(window)) == len(LIST)


def test_enter_opens_and_escape_comes_back_to_the_same_row(window: MainWindow, qtbot: QtBot) -> None:
    window.dossiers().choose("d0440")
    qtbot.keyClick(window.dossiers().table, Qt.Key.Key_Return)
    assert isinstance(window.page(), EditorPage)
    qtbot.keyClick(window.page(), Qt.Key.Key_Escape)
    current = window.dossiers().current()
    assert current is not None
    assert current.number == "0440"


def test_a_returned_dossier_says_why_and_offers_a_correction(window: MainWindow, qtbot: QtBot) -> None:
    window.dossiers().choose("d0409")
    assert any("số 07/2026" in label.text() for label in window.dossiers().detail.findChildren(QLabel))
    press(window, qtbot, "Tạo bản sửa")
    page = window.page()
    assert isinstance(page, EditorPage)
    assert page.draft.dossier.replaces == "d0409"


def test_a_draft_can_be_deleted_and_brought_back(window: MainWindow, memory: Memory) -> None:
    window.dossiers().choose("d0440")
    window.dossiers().delete()
    assert "0440" not in numbers(window)
    window.toast._undo.click()
    assert "0440" in numbers(window)


def test_the_list_is_exported_as_it_is_narrowed(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.dossiers().chips._chips[ListFilter.PAID][0].click()
    window.dossiers().files.export_to(tmp_path / "list.csv", window.dossiers().query)
    qtbot.waitUntil(lambda: "Đã xuất" in window.toast._words.text())
    assert (tmp_path / "list.csv").read_text(encoding="utf-8") == "Lương và phụ cấp tháng 10"


def test_the_forms_of_a_dossier_are_written_as_pdf(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.dossiers().choose("d0409")
    window.dossiers().files.print_to(tmp_path / "0409.pdf", "d0409")
    qtbot.waitUntil(lambda: "0409.pdf" in window.toast._words.text())
    assert (tmp_path / "0409.pdf").read_bytes().startswith(b"%PDF")


def test_a_dossier_goes_on_paper_and_says_so(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = window.dossiers()
    page.choose("d0440")
    page.files.pack_to(tmp_path / "0440.pdf", "d0440", "Mất mạng từ ngày 20/11")
    qtbot.waitUntil(lambda: "nộp giấy" in window.toast._words.text())
    assert (tmp_path / "0440.pdf").read_bytes().startswith(b"%PDF")
    page.choose("d0440")
    assert "Mất mạng từ ngày 20/11" in " ".join(label.text() for label in page.detail.findChildren(QLabel))
    assert [b for b in page.detail.findChildren(QToolButton) if b.accessibleName() == "Rút về bước soạn"]


def test_a_file_that_cannot_be_imported_is_named_on_the_page(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = window.dossiers()
    page.files.take(tmp_path / "x.zip")
    qtbot.waitUntil(page.problem.isVisible)
    assert page.problem.accessibleName() == "Tệp này không phải chứng từ DVC."
