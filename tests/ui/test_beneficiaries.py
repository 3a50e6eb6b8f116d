"""The list of payees: imported as confirmed, filtered and searched, held to its voucher, changed payees named."""

from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Row
from desktop.dossier.list_views import PayeeMark
from desktop.ui.beneficiaries.acknowledge import NameDialog
from desktop.ui.beneficiaries.mapping import MappingDialog
from desktop.ui.beneficiaries.view import PayeeView
from desktop.ui.editor.page import EditorPage
from desktop.ui.kit.cells import CELL, Cell
from desktop.ui.shell import MainWindow
from tests.ui import payee_states
from tests.ui.memory import Memory, proposal
from tests.ui.stage import Stage


@pytest.fixture
def view(window: MainWindow, memory: Memory) -> PayeeView:
    return payee_states.view(Stage(memory, window))


def rows(view: PayeeView) -> list[Row]:
    return view.draft.document(1).tables["lines"]


def shown(view: PayeeView) -> list[int]:
    return [row for row in range(len(view.model.rows)) if not view.grid.isRowHidden(row)]


def cell(view: PayeeView, row: int, key: str) -> Cell:
    index = view.model.index_of(row, key) if key else view.model.index(row, view.model.columnCount() - 1)
    found = index.data(CELL)
    assert isinstance(found, Cell)
    return found


@pytest.mark.parametrize(
    ("chip", "kept"), [("error", [6, 8, 10, 12, 15]), ("twice", [5, 11]), ("new", [14]), ("changed", [6, 12])]
)
def test_a_chip_shows_its_rows(view: PayeeView, chip: str, kept: list[int]) -> None:
    view.chips.chips[chip].click()
    assert shown(view) == kept
    assert view.chips.chips[chip].text().endswith(f" {len(kept)}")
    view.chips.chips[""].click()
    assert len(shown(view)) == 16


@pytest.mark.parametrize(
    ("typed", "kept"), [("lo thi", [9]), ("MỶ", [5]), ("3508 2050 18112", [5, 11]), ("muong lat", 15), ("không có", [])]
)
def test_a_search_needs_no_marks(view: PayeeView, typed: str, kept: list[int] | int) -> None:
    view.search.setText(typed)
    view.search.returnPressed.emit()
    assert (len(shown(view)) if isinstance(kept, int) else shown(view)) == kept


def test_cells_say_what_is_wrong(view: PayeeView) -> None:
    assert (cell(view, 8, "amount").text, cell(view, 8, "amount").problem) == ("chưa có", "error")
    assert (cell(view, 5, "account").problem, cell(view, 11, "account").problem) == ("warning", "warning")
    assert (cell(view, 6, "").text, cell(view, 6, "").tint) == ("Đổi tài khoản", "red")
    assert [cell(view, row, "").text for row in (12, 14, 15)] == ["Đổi tên", "Mới", "Đã xác nhận"]
    assert view.model.index(6, view.model.columnCount() - 1).data(Qt.ItemDataRole.ToolTipRole) == payee_states.BEFORE


def test_the_mark_is_nothing_to_type_into(view: PayeeView) -> None:
    index = view.model.index(0, view.model.columnCount() - 1)
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    assert not view.model.setData(index, "x")


def test_the_sums_are_held_against_each_other(view: PayeeView) -> None:
    assert view.side.sums.badge.accessibleName() == "Lệch 955.000 đ"
    words = [made.text() for made in view.side.sums.findChildren(QLabel)]
    assert {"15.400.000", "14.445.000", "955.000", "Đúng bằng ô còn trống ở dòng 9."} <= set(words)
    view.model.put(8, {"amount": 955_000})
    assert view.side.sums.badge.accessibleName() == "Khớp"


def test_a_finding_leads_to_its_cell(view: PayeeView) -> None:
    view.chips.choose("new")
    found = view.side.found
    place = next(i for i, p in enumerate(found.found.problems) if p.where.row == 10)
    found.clicked.emit(found.found.index(place))
    assert (view.grid.currentIndex().row(), view.grid.currentIndex()) == (10, view.model.index_of(10, "bank"))
    assert len(shown(view)) == 16


def test_a_problem_above_the_list_opens_its_head(view: PayeeView) -> None:
    assert view.head.isHidden()
    view.bar.unfold.click()
    assert view.head.isVisible()
    assert set(view.inputs) >= {"parent_voucher_no", "parent_voucher_date"}


def test_a_file_that_needs_no_question_is_taken_at_once(view: PayeeView, qtbot: QtBot, window: MainWindow) -> None:
    view.take(Path("luong.xlsx"))
    qtbot.waitUntil(lambda: rows(view) == [{"name": "luong", "amount": 1}])
    assert window.toast._words.text() == "Đã nhập 1 dòng, 2 cột từ luong.xlsx."
    assert view.bar.remap.isVisible()
    window.toast._undo.click()
    assert len(rows(view)) == 16


def asked(view: PayeeView, qtbot: QtBot, name: str) -> MappingDialog:
    view.take(Path(name))
    qtbot.waitUntil(lambda: view.imports.dialog is not None)
    assert view.imports.dialog is not None
    return view.imports.dialog


def test_old_letters_are_confirmed_by_a_person(view: PayeeView, qtbot: QtBot, memory: Memory) -> None:
    dialog = asked(view, qtbot, "cu.csv")
    assert [pick.text() for pick in dialog.letters.buttons()] == ["TCVN3 (ABC)", "VNI"]
    dialog.letters.buttons()[1].click()
    qtbot.waitUntil(lambda: dialog.proposal.letters.key == "vni")
    dialog.take.click()
    qtbot.waitUntil(lambda: rows(view) == [{"name": "cu", "amount": 1}])
    assert memory.desk.mapped == [{0: "name", 1: "account"}]


def test_a_strange_heading_is_mapped_by_a_person(view: PayeeView, qtbot: QtBot, memory: Memory) -> None:
    dialog = asked(view, qtbot, "la.csv")
    assert not dialog.take.isEnabled()
    choose(dialog, 2, "name")
    assert dialog.take.isEnabled()
    choose(dialog, 0, "name")
    assert dialog.columns() == {0: "name"}
    dialog.take.click()
    qtbot.waitUntil(lambda: memory.desk.mapped == [{0: "name"}])


def choose(dialog: MappingDialog, column: int, key: str) -> None:
    combo = dialog.combos[column]
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def test_a_file_that_is_not_wanted_changes_nothing(view: PayeeView, qtbot: QtBot) -> None:
    asked(view, qtbot, "la.csv").cancel.click()
    assert view.imports.dialog is None
    assert len(rows(view)) == 16


def test_columns_are_named_as_spreadsheets_do(qtbot: QtBot) -> None:
    wide = proposal(Path("a.csv"), "M20")
    dialog = MappingDialog(wide.__class__(**{**vars(wide), "headings": ("x",) * 28}), print, None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    assert "Cột AB" in dialog.combos[27].accessibleName()


def test_a_range_is_pasted_from_the_first_cell(view: PayeeView) -> None:
    QGuiApplication.clipboard().setText("Công chức\tVi Văn C\t999888777666\tBIDV\t5.000")
    view.bar.paste.click()
    assert (rows(view)[0]["name"], rows(view)[0]["account"], rows(view)[0]["amount"]) == (
        "Vi Văn C",
        "999888777666",
        5000,
    )


def test_the_list_is_written_out(view: PayeeView, qtbot: QtBot, tmp_path: Path) -> None:
    view.export(tmp_path / "out.csv")
    qtbot.waitUntil(lambda: (tmp_path / "out.csv").exists())
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("Hờ A Chống\n")


def named(view: PayeeView) -> NameDialog:
    view.side.acknowledge.click()
    return view.findChild(NameDialog)


def test_a_change_stays_until_somebody_types_their_name(view: PayeeView, memory: Memory) -> None:
    view.grid.setCurrentIndex(view.model.index_of(12, "name"))
    dialog = named(view)
    dialog.name.setText("ai đó")
    dialog.agree.click()
    assert dialog.problem.isVisible()
    assert memory.desk.marks["Phạm Bá Đoan"].standing == "changed"
    dialog.name.setText("Lò Thị Hạnh")
    dialog.agree.click()
    assert memory.desk.marks["Phạm Bá Đoan"] == PayeeMark("known", by="Lò Thị Hạnh")
    assert view.model.rows_of("changed") == {6}


def test_a_voucher_whose_payee_changed_says_so_and_asks(window: MainWindow, memory: Memory) -> None:
    payee_states.voucher(Stage(memory, window))
    page = window.page()
    assert isinstance(page, EditorPage)
    assert "Hải Lâm" in page.changed.words.text()
    page.changed.acknowledge.click()
    dialog = page.findChild(NameDialog)
    memory.desk.problems = lambda _dossier: ()
    dialog.name.setText("Lò Thị Hạnh")
    dialog.agree.click()
    assert memory.desk.marks["Công ty TNHH Thương mại Hải Lâm"].by == "Lò Thị Hạnh"
    assert not page.changed.isVisible()


def test_paper_gives_way_to_the_sums(view: PayeeView, window: MainWindow) -> None:
    page = window.page()
    assert isinstance(page, EditorPage)
    assert (page.preview.isVisible(), view.side.isVisible(), view.badge.isVisible()) == (False, True, False)
    page._show_panes(False)
    assert (view.side.isVisible(), view.badge.isVisible()) == (False, True)
    page._show_panes(True)
    page.tabs.setCurrentIndex(0)
    assert (page.preview.isVisible(), view.side.isVisible()) == (True, False)


def test_a_thousand_rows_stay_fluid(view: PayeeView, qtbot: QtBot) -> None:
    people = [
        {"name": f"Người {n}", "account": f"35082{n:08}", "bank": "Agribank", "amount": n + 1} for n in range(1000)
    ]
    view.draft.set_rows(1, "lines", people)
    timer = QElapsedTimer()
    timer.start()
    view.chips.choose("error")
    view.chips.choose("")
    view.grid.go_to(999, "amount")
    view.grid.viewport().repaint()
    assert timer.elapsed() < 500
    assert view.model.total() == 500_500
