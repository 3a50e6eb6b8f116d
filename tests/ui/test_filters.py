"""How the list is narrowed and sorted, and what it asks the store for."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Dossier
from desktop.dossier.views import ListFilter, RowQuery
from desktop.ui.dossiers.chips import CHIPS, KEPT, Chips
from desktop.ui.dossiers.model import BLOCK, SORTS, DossierModel
from desktop.ui.dossiers.model import KEPT as BLOCKS
from desktop.ui.dossiers.page import DossiersPage
from desktop.ui.dossiers.search import SearchField
from desktop.ui.kit.cells import CELL
from desktop.ui.shell import MainWindow
from tests.ui.memory import Memory, MemoryDesk


@pytest.fixture
def page(window: MainWindow) -> DossiersPage:
    return window.dossiers()


def last(memory: Memory) -> RowQuery:
    return memory.desk.reads[-1]


@pytest.mark.parametrize(
    ("box", "words", "name", "value"), [("year", "Năm 2026", "year", 2026), ("source", "Nguồn 13", "source", "13")]
)
def test_year_and_source_come_from_the_estimate(
    page: DossiersPage, memory: Memory, box: str, words: str, name: str, value: object
) -> None:
    chosen = getattr(page, box)
    assert [chosen.itemText(i) for i in range(chosen.count())][1:] == [words]
    chosen.setCurrentIndex(1)
    assert getattr(last(memory), name) == value
    assert page.narrowed
    chosen.setCurrentIndex(0)
    assert not page.narrowed


@pytest.mark.parametrize("section", [i for i, name in enumerate(SORTS) if name])
def test_every_head_sorts_by_its_own_column(page: DossiersPage, memory: Memory, section: int) -> None:
    page._ask(sort="number" if SORTS[section] != "number" else "title", descending=True)
    head = page.table.horizontalHeader()
    head.sectionClicked.emit(section)
    first = (last(memory).sort, last(memory).descending)
    head.sectionClicked.emit(section)
    assert first == (SORTS[section], section in (3, 6))
    assert (last(memory).sort, last(memory).descending) == (SORTS[section], section not in (3, 6))


def test_the_sorted_head_has_an_arrow_and_dots_cannot_be_sorted(page: DossiersPage) -> None:
    head = lambda i: page.model.headerData(i, Qt.Orientation.Horizontal)  # noqa: E731
    page.table.horizontalHeader().sectionClicked.emit(0)
    assert head(0) == "Mã  ↑"
    page.table.horizontalHeader().sectionClicked.emit(4)
    assert (head(0), head(4)) == ("Mã  ↑", "Ký")


def test_sorting_alone_is_no_narrowing(page: DossiersPage) -> None:
    page.table.horizontalHeader().sectionClicked.emit(3)
    assert not page.narrowed


def test_everything_is_cleared_with_one_button(page: DossiersPage, qtbot: QtBot) -> None:
    page.year.setCurrentIndex(1)
    page.chips._chips[ListFilter.PAID][0].click()
    page.search.setText("không có chữ này")
    qtbot.waitUntil(lambda: page.model.totals.count == 0)
    assert page.empty.button is not None
    assert (page.empty.words.text(), page.empty.button.text()) == ("Không có hồ sơ khớp.", "Bỏ lọc")
    page.empty.button.click()
    assert (page.query.text, page.query.filter, page.query.year) == ("", None, None)
    assert (page.search.text(), page.year.currentIndex()) == ("", 0)
    assert page.table.hasFocus()


@pytest.mark.parametrize(
    ("section", "words"), [(2, "Lương và phụ cấp tháng 10"), (3, "220.420.000 đ"), (5, "Đã thanh toán"), (0, None)]
)
def test_what_may_be_shortened_is_whole_in_the_tooltip(page: DossiersPage, section: int, words: str | None) -> None:
    row = page.model.find("d0415")
    assert page.model.index(row, section).data(Qt.ItemDataRole.ToolTipRole) == words


def test_only_the_blocks_last_looked_at_are_kept() -> None:
    count = BLOCK * (BLOCKS + 4)
    model = DossierModel(
        MemoryDesk({str(i): Dossier(local_id=str(i), number=f"{i:05d}", title="x") for i in range(count)})
    )
    model.show(RowQuery())
    for block in range(BLOCKS + 4):
        assert model.row_at(block * BLOCK) is not None
    assert len(model._blocks) == BLOCKS
    assert model.row_at(count) is None
    assert model.row_at(-1) is None


def test_a_row_that_vanished_since_it_was_counted_shows_nothing(memory: Memory) -> None:
    model = DossierModel(memory.desk)
    model.show(RowQuery())
    memory.desk.dossiers.pop("d0415")
    assert model.index(13, 0).data(CELL) is None
    assert model.find("d0415") == -1


@pytest.fixture
def chips(qtbot: QtBot) -> Chips:
    made = Chips()
    qtbot.addWidget(made)
    made.show_counts({which.value: place for place, which in enumerate(ListFilter)})
    return made


def test_each_chip_says_its_stage_and_count(chips: Chips) -> None:
    names = [chips._chips[which][0].accessibleName() for which, *_ in CHIPS]
    assert names[:3] == ["Tất cả, 0 hồ sơ", "Cần sửa, 1 hồ sơ", "Đang soạn, 2 hồ sơ"]
    assert len(names) == 8


def test_narrow_keeps_four_chips_and_folds_the_rest(chips: Chips, qtbot: QtBot) -> None:
    chips.set_narrow(True)
    assert {which for which, (chip, _) in chips._chips.items() if not chip.isHidden()} == set(KEPT)
    folded = [chips._others.itemText(i) for i in range(chips._others.count())]
    assert folded == ["Trạng thái khác", "Đang soạn  2", "Sẵn sàng gửi  4", "Ở kho bạc  5", "Đã thanh toán  7"]
    with qtbot.waitSignal(chips.chosen) as told:
        chips._others.setCurrentIndex(4)
        chips._others.activated.emit(4)
    assert told.args == ["paid"]
    with qtbot.waitSignal(chips.chosen) as told:
        chips._others.activated.emit(0)
    assert told.args == ["all"]


def test_a_folded_choice_keeps_its_place_when_counts_move(chips: Chips) -> None:
    chips._others.setCurrentIndex(2)
    chips.show_counts({})
    assert chips._others.currentText() == "Sẵn sàng gửi  0"


def test_enter_searches_at_once_and_the_same_words_only_once(qtbot: QtBot) -> None:
    asked: list[str] = []
    field = SearchField("Tìm", asked.append)
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "dien")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked == ["dien"]
    field.focus()
    assert field.selectedText() == "dien"
