"""What is left of the estimate, line by line and in all."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.dossier.views import EstimateView
from desktop.ui.balances.page import HEADS, BalancesPage
from desktop.ui.kit.cells import CELL, Kind
from desktop.ui.shell import MainWindow
from tests.ui.memory import Memory

Show = Callable[[EstimateView | None], BalancesPage]


@pytest.fixture
def show(window: MainWindow, memory: Memory) -> Show:
    def build(line: EstimateView | None) -> BalancesPage:
        memory.desk.estimate_line = line
        window.go("balances")
        page = window.page()
        assert isinstance(page, BalancesPage)
        return page

    return build


def line(memory: Memory) -> EstimateView:
    assert memory.desk.estimate_line is not None
    return memory.desk.estimate_line


def texts(page: BalancesPage) -> list[str]:
    return [page.model.index(0, column).data(CELL).text for column in range(len(HEADS))]


def test_a_line_says_all_four_amounts_and_when_the_treasury_confirmed(show: Show, memory: Memory) -> None:
    assert texts(show(line(memory))) == [
        "2026",
        "9523.4.1098765",
        "13",
        "341",
        "600.000.000",
        "312.150.000",
        "105.450.000",
        "182.400.000",
        "",
        "24/11 09:40",
    ]


def test_the_bar_is_a_number_too(show: Show, memory: Memory) -> None:
    page = show(line(memory))
    cell = page.model.index(0, 8).data(CELL)
    assert (cell.kind, cell.spoken) == (Kind.PROGRESS, "52 %")
    assert show(replace(line(memory), given=0)).model.index(0, 8).data(CELL).spoken == "0 %"


@pytest.mark.parametrize(("left", "tint", "words"), [(182_400_000, "", "182.400.000"), (-30, "red", "−30")])
def test_an_overdrawn_line_is_red_with_its_sign(show: Show, memory: Memory, left: int, tint: str, words: str) -> None:
    page = show(replace(line(memory), left=left))
    cell = page.model.index(0, 7).data(CELL)
    assert (cell.tint, cell.text) == (tint, words)
    assert page._sums[3].property("tint") == (tint or "green")


def test_what_the_treasury_never_confirmed_says_so(show: Show, memory: Memory) -> None:
    assert texts(show(replace(line(memory), confirmed_at="")))[9] == "chưa có"


def test_amounts_stand_right_and_heads_with_them(show: Show, memory: Memory) -> None:
    model = show(line(memory)).model
    align = [model.headerData(i, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) for i in (3, 4, 7)]
    assert align[0] is None
    assert all(which & Qt.AlignmentFlag.AlignRight for which in align[1:])


def test_no_estimate_says_where_it_comes_from(show: Show) -> None:
    page = show(None)
    shown = [label.text() for label in page.table.viewport().findChildren(QLabel) if label.isVisible()]
    assert shown == ["Chưa có dự toán nào. Số dự toán về khi máy nối được với Kho bạc."]
    assert [value.text() for value in page._sums] == ["0 đ"] * 4
