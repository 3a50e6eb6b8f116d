"""The queue: every state in words, pause and send now, the chart, the status line."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.dossier.views import DeliveryView, LinkView
from desktop.ui.delivery.chart import SLOTS, buckets, hours
from desktop.ui.delivery.page import DeliveryPage
from desktop.ui.editor.page import EditorPage
from desktop.ui.kit.cells import CELL
from desktop.ui.kit.times import TimeLine
from desktop.ui.shell import MainWindow
from desktop.ui.statusbar import queue_words
from tests.ui.memory import Memory
from tests.ui.sample import HOUR, delivery

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: MainWindow) -> DeliveryPage:
    window.go("delivery")
    found = window.page()
    assert isinstance(found, DeliveryPage)
    return found


def test_every_state_is_said_in_words(page: DeliveryPage) -> None:
    states = [page.model.index(row, 5).data(CELL) for row in range(7)]
    assert [(cell.text, cell.tint) for cell in states] == [
        ("Kho bạc kiểm soát", "teal"),
        ("Chờ biên nhận", "teal"),
        ("Đang gửi 401 KB / 640 KB", "blue"),
        (states[3].text, "amber"),
        ("Chờ đến lượt", ""),
        ("Bạn tạm dừng gói này", "amber"),
        ("Chờ đến lượt", ""),
    ]
    assert states[3].text.startswith("Chưa rõ")
    assert states[0].spoken == "Kho bạc kiểm soát, KB-26-119870, lúc 14:28"


def test_progress_is_a_number_too(page: DeliveryPage) -> None:
    assert [page.model.index(row, 4).data(CELL).spoken for row in range(4)] == ["100 %", "100 %", "63 %", "0 %"]


def test_the_card_on_top_says_what_goes_now(page: DeliveryPage) -> None:
    words = page.current.accessibleName()
    assert words.startswith("Đang gửi gói 3 trên 7: 0421 Tạm ứng mua giống hỗ trợ hộ nghèo.")
    assert "tốc độ lúc này 8,6 KB/s" in words
    assert "để gửi hết Khoảng 3 phút" in words


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"paused": True}, "Bạn đã tạm dừng gửi."),
        ({"current": None, "link": LinkView("offline", "Ngoại tuyến")}, "5 gói chờ mạng. Có mạng máy tự gửi."),
        ({"current": None, "link": LinkView("good", "Mạng tốt")}, "5 gói sắp gửi."),
        ({"current": None, "items": ()}, "Không còn gói nào chờ gửi."),
    ],
)
def test_the_card_in_other_situations(page: DeliveryPage, change: dict[str, object], title: str) -> None:
    page.show_view(replace(delivery(), **change))  # type: ignore[arg-type]
    assert page.current.accessibleName().startswith(title)


def test_sending_is_paused_and_resumed_from_any_place(window: MainWindow, qtbot: QtBot, memory: Memory) -> None:
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL)
    assert memory.delivery.calls == ["pause", "resume"]


def test_one_package_is_paused_and_goes_on(page: DeliveryPage, memory: Memory) -> None:
    page.table.choose(4)
    page.hold.click()
    assert memory.delivery.shown.items[4].paused
    assert page.hold.text() == "Gửi tiếp gói này"
    page.hold.click()
    assert not memory.delivery.shown.items[4].paused


def test_send_now_is_for_what_still_waits(page: DeliveryPage, qtbot: QtBot, memory: Memory) -> None:
    page.table.choose(0)
    assert not page.now.isEnabled()
    page.table.choose(6)
    qtbot.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    assert memory.delivery.calls == [f"now {page.model.items[6].package_id}"]


def test_the_link_is_tried_with_f5(window: MainWindow, qtbot: QtBot, memory: Memory) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert memory.delivery.calls == ["test"]


def test_a_package_opens_its_dossier(page: DeliveryPage, window: MainWindow) -> None:
    page.table.choose(2)
    page.show_dossier.click()
    assert isinstance(window.page(), EditorPage)
    assert window.page().draft.dossier.number == "0421"


def test_the_cursor_stays_while_numbers_move(page: DeliveryPage, memory: Memory) -> None:
    page.table.choose(5)
    view = delivery()
    moved = replace(view.items[2], sent=600_000)
    page.show_view(replace(view, items=(*view.items[:2], moved, *view.items[3:])))
    assert page.table.current_row() == 5
    assert page.model.index(2, 4).data(CELL).spoken == "92 %"


def test_the_log_is_copied_for_whoever_helps(page: DeliveryPage) -> None:
    page.side.copy_log()
    assert QGuiApplication.clipboard().text().startswith("14:33 Đang gửi 0421, mảnh 13 trên 20.\n14:32 Mạng rớt")


def test_samples_become_bars_and_gaps() -> None:
    made = buckets(delivery().link.samples)
    assert made is not None
    start, step, found = made
    assert (f"{start:%H:%M}", len(found)) == ("08:00", SLOTS)
    assert hours(start, step)[0] == (0, "08:00")
    assert len(hours(start, step)) == 3
    assert hours(start, timedelta(0)) == [(0, "08:00")]
    assert found[0] == 31 * 1024
    assert found[SLOTS // 2] == 0
    assert buckets(()) is None


def test_the_queue_in_one_phrase() -> None:
    assert queue_words(delivery()) == "Hàng chờ 5 gói · 1,3 MB · khoảng 3 phút"
    assert queue_words(DeliveryView((), LinkView("good", ""))) == "Không có gói nào chờ gửi"


def test_the_hour_to_send_by_stands_beside_the_link(page: DeliveryPage) -> None:
    assert f"{HOUR.text}." in [label.text() for label in page.side.findChildren(QLabel)]
    page.show_view(replace(delivery(), time=None))
    assert not any(line.isVisibleTo(page) for line in page.side.findChildren(TimeLine))
