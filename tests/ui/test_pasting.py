"""A range copied in a spreadsheet goes into the lines of any form, whatever its columns hold."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.dossier.document import Row, Value
from desktop.ui.editor.page import EditorPage
from desktop.ui.editor.values import to_value
from desktop.ui.shell import MainWindow
from tests.ui.memory import Memory
from tests.ui.test_every_form import EDITABLE, opened, view

CTRL = Qt.KeyboardModifier.ControlModifier


def pasted(page: EditorPage, qtbot: QtBot, table: str, column: str, text: str, row: int = 0) -> list[Row]:
    grid = view(page).grids[table]
    grid.go_to(row, column)
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(grid, Qt.Key.Key_V, CTRL)
    return page.draft.document(0).tables[table]


def test_groups_days_and_ticks(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    page = opened(window, memory, "M09")
    lines = (
        "Số liệu đã hạch toán\t14/10/26\t0391\tMua giấy\t2026\t8116\tTRUE\t\r\n"
        "SỐ LIỆU ĐỀ NGHỊ ĐIỀU CHỈNH\t15/10/2026\t0392\tMua mực\t2026\t8116\tFALSE\tx\r\n"
    )
    rows = pasted(page, qtbot, "lines", "group", lines)[:2]
    kept = [[row.get(key) for key in ("group", "posting_date", "plan_year", "advance", "actual")] for row in rows]
    assert kept == [["posted", "2026-10-14", 2026, True, None], ["requested", "2026-10-15", 2026, None, True]]
    qtbot.keyClick(page, Qt.Key.Key_Z, CTRL)
    assert page.draft.history.index() == 0


def test_foreign_money_and_rates(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    page = opened(window, memory, "M11")
    rows = pasted(page, qtbot, "lines", "rate", "25.450,5\t1.234,5\t31.418.643\n26000\t10\t260.000", row=0)
    assert [(row["rate"], row["advanced_fc"], row["advanced_vnd"]) for row in rows[:2]] == [
        ("25450.5", "1234.50", 31_418_643),
        ("26000", "10.00", 260_000),
    ]


def test_what_is_worked_out_is_not_pasted_over(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    page = opened(window, memory, "M14")
    row = pasted(page, qtbot, "lines", "amount", "5\t1.000\t9.000")[0]
    assert (row["amount"], row["remit_amount"], row["payee_amount"]) == (10_000, 1_000, 9_000)


def test_what_cannot_be_read_stays_for_the_check_to_name(window: MainWindow, memory: Memory, qtbot: QtBot) -> None:
    page = opened(window, memory, "M11")
    row = pasted(page, qtbot, "lines", "rate", "25,450\tmột nghìn")[0]
    assert (row["rate"], row["advanced_fc"]) == ("25,450", "một nghìn")


@pytest.mark.parametrize("form_id", [form_id for form_id in EDITABLE if form_id != "M20"])
def test_a_row_copied_from_a_table_is_the_same_pasted_below_it(
    window: MainWindow, memory: Memory, form_id: str, qtbot: QtBot
) -> None:
    page = opened(window, memory, form_id)
    for key, grid in view(page).grids.items():
        model, count = grid.grid, len(grid.grid.rows)
        if not count:
            continue
        shown = [model.data(model.index(0, i), Qt.ItemDataRole.EditRole) for i in range(1, model.columnCount())]
        rows = pasted(page, qtbot, key, model.columns[0].key, "\t".join(map(str, shown)), row=count)
        pictures = {column.key for column in model.columns if "image" in column.type}
        assert {k: v for k, v in rows[count].items() if k not in pictures} == {
            k: v for k, v in rows[0].items() if k not in pictures
        }


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [("18/11/26", "date", "2026-11-18"), ("1.2.27", "date", "2027-02-01"), ("Đúng", "tick", True), ("0", "tick", None)],
)
def test_short_days_and_ticks_as_people_write_them(text: str, kind: str, value: Value) -> None:
    assert to_value(text, kind) == value  # type: ignore[arg-type]
