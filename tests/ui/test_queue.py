"""The queue's rows, chart and headline from plain values."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.dossier.lifecycle import Facts
from desktop.dossier.views import DeliveryView, LinkView, LogLine, QueueItem, ReceivedLine
from desktop.ui.delivery.chart import LinkChart, _round_up
from desktop.ui.delivery.current import CurrentCard
from desktop.ui.delivery.page import DeliveryPage
from desktop.ui.delivery.queue_model import QueueModel, share
from desktop.ui.delivery.side import Side
from desktop.ui.kit.cells import CELL, Cell
from desktop.ui.shell import MainWindow
from desktop.ui.statusbar import StatusLine
from tests.ui.memory import Memory
from tests.ui.sample import delivery, queue_item

WAITING = Facts(submitted=True, steps=2, signed=2, package_id="4" * 64, queued=True)
SENDING = replace(WAITING, sending=True, progress=0.5)
SENT = replace(WAITING, queued=False)
DOUBTFUL = replace(WAITING, doubtful=True)


def item(facts: Facts = WAITING, size: int = 1000, sent: int = 0, **more: bool) -> QueueItem:
    return queue_item("0420", "Khám nghĩa vụ quân sự", 9_000_000, size, sent, facts, "Chưa gửi phần nào", **more)


def cell(shown: QueueItem, column: int) -> Cell:
    model = QueueModel()
    model.show((shown,))
    found = model.index(0, column).data(CELL)
    assert isinstance(found, Cell)
    return found


@pytest.mark.parametrize(("size", "sent", "part"), [(0, 0, 0.0), (1000, 250, 0.25), (1000, 1000, 1.0), (10, 99, 1.0)])
def test_how_much_of_a_package_is_confirmed(size: int, sent: int, part: float) -> None:
    assert share(item(size=size, sent=sent)) == part


@pytest.mark.parametrize(
    ("facts", "paused", "words", "icon", "tint"),
    [
        (WAITING, False, "Chờ đến lượt", "clock", ""),
        (WAITING, True, "Bạn tạm dừng gói này", "pause", "amber"),
        (SENDING, False, "Đang gửi 0 byte / 1000 byte", "upload", "blue"),
        (SENT, False, "Chờ biên nhận", "hourglass", "teal"),
        (DOUBTFUL, False, "Chưa rõ kết quả", "circle-help", "amber"),
    ],
)
def test_each_state_has_word_icon_and_colour(facts: Facts, paused: bool, words: str, icon: str, tint: str) -> None:
    found = cell(item(facts, paused=paused), 5)
    assert (found.text, found.icon, found.tint) == (words, icon, tint)


@pytest.mark.parametrize(
    ("sent", "paused", "tint"), [(0, False, "blue"), (1000, False, "green"), (0, True, "amber"), (1000, True, "amber")]
)
def test_the_bar_s_colour(sent: int, paused: bool, tint: str) -> None:
    assert cell(item(sent=sent, paused=paused), 4).tint == tint


def test_a_package_says_dossier_amount_and_its_own_number(qtbot: QtBot) -> None:
    model = QueueModel()
    model.show((item(),))
    assert model.index(0, 1).data(CELL).spoken == "Khám nghĩa vụ quân sự, 0420, 9.000.000 đ"
    assert "Mã gói" in model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(0, 5).data(Qt.ItemDataRole.ToolTipRole) == "Chưa gửi phần nào"


@pytest.mark.parametrize(("urgent", "words", "icon"), [(True, "Gấp", "chevrons-up"), (False, "Thường", "")])
def test_urgent_is_a_word_and_a_sign(urgent: bool, words: str, icon: str) -> None:
    found = cell(item(urgent=urgent), 2)
    assert (found.text, found.icon) == (words, icon)


def test_rows_stay_while_only_numbers_move(qtbot: QtBot) -> None:
    model = QueueModel()
    model.show((item(),))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show((item(sent=500),))
    with qtbot.waitSignal(model.modelReset):
        model.show(())
    assert model.rowCount() == 0


@pytest.fixture
def page(window: MainWindow) -> DeliveryPage:
    window.go("delivery")
    found = window.page()
    assert isinstance(found, DeliveryPage)
    return found


def test_the_cursor_stays_on_its_package_when_another_leaves(page: DeliveryPage) -> None:
    page.table.choose(4)
    page.show_view(replace(delivery(), items=delivery().items[1:]))
    chosen = page.item()
    assert chosen is not None
    assert chosen.number == "0420"


def test_the_cursor_goes_to_the_first_when_its_package_left(page: DeliveryPage) -> None:
    page.table.choose(4)
    page.show_view(replace(delivery(), items=delivery().items[:4]))
    assert page.table.current_row() == 0


def test_an_empty_queue_offers_nothing_to_do(page: DeliveryPage, memory: Memory, qtbot: QtBot) -> None:
    page.show_view(replace(delivery(), items=(), current=None))
    assert not any(b.isEnabled() for b in (page.now, page.hold, page.show_dossier))
    assert page._sub.text() == "Hàng chờ trống"
    page.send_now()
    page.toggle_item()
    page.open_dossier()
    assert memory.delivery.calls == []
    assert page.window().page() is page


@pytest.fixture
def card(qtbot: QtBot) -> CurrentCard:
    made = CurrentCard()
    qtbot.addWidget(made)
    return made


OFF = LinkView("offline", "Ngoại tuyến")


@pytest.mark.parametrize(
    ("view", "value", "caption"),
    [
        (DeliveryView((item(),), OFF, eta_seconds=None), "–", "để gửi hết"),
        (DeliveryView((item(),), OFF, eta_seconds=420), "Khoảng 7 phút", "khi có mạng"),
        (DeliveryView((item(),), LinkView("weak", "Mạng yếu"), eta_seconds=20), "Dưới 1 phút", "để gửi hết"),
    ],
)
def test_the_time_needed_is_never_more_exact_than_the_link(
    card: CurrentCard, view: DeliveryView, value: str, caption: str
) -> None:
    card.show_view(view)
    assert [part.text() for part in card._numbers[4]] == [value, caption]


@pytest.mark.parametrize(
    ("view", "begins"),
    [
        (DeliveryView((item(),), LinkView("captive", "")), "1 gói chờ mạng. Mở trình duyệt đăng nhập mạng này"),
        (DeliveryView((item(SENT, sent=1000),), OFF), "Không còn gói nào chờ gửi."),
        (DeliveryView((item(),), LinkView("good", ""), current=item(size=9)), "Đang gửi gói 1 trên 1: 0420"),
    ],
)
def test_the_headline(card: CurrentCard, view: DeliveryView, begins: str) -> None:
    card.show_view(view)
    assert card.accessibleName().startswith(begins)


@pytest.mark.parametrize(("paused", "rate", "shown"), [(False, 8806, "8,6 KB/s"), (True, 8806, "–"), (False, 0, "–")])
def test_a_speed_is_shown_only_while_something_moves(card: CurrentCard, paused: bool, rate: int, shown: str) -> None:
    card.show_view(DeliveryView((item(),), LinkView("weak", ""), rate=rate, paused=paused))
    assert card._numbers[3][0].text() == shown


@pytest.mark.parametrize(("value", "top"), [(0, 4), (4, 4), (5, 10), (39, 40), (41, 100), (20_000, 20_001)])
def test_the_chart_s_scale_ends_on_a_round_number(value: float, top: int) -> None:
    assert _round_up(value) == top


def test_the_chart_is_a_sentence_too(qtbot: QtBot) -> None:
    chart = LinkChart()
    qtbot.addWidget(chart)
    assert chart.accessibleName() == "Chưa có số đo tốc độ mạng"
    samples = (("2026-11-24T01:00:00Z", 40 * 1024), ("2026-11-24T02:00:00Z", 0))
    chart.show_link(LinkView("good", "", samples=samples))
    assert chart.accessibleName() == "Tốc độ mạng, cao nhất 40 KB/s, có mạng ở 1 trên 2 lần đo"


def test_the_chart_draws_bars_gaps_and_none_without_samples(qtbot: QtBot) -> None:
    chart = LinkChart()
    qtbot.addWidget(chart)
    chart.resize(330, 136)
    empty = chart.grab().toImage()
    chart.show_link(delivery().link)
    full = chart.grab().toImage()
    shades = lambda image: {image.pixelColor(x, 60).name() for x in range(40, 330)}  # noqa: E731
    assert len(shades(full)) > len(shades(empty))


def test_the_side_says_what_came_back_and_what_the_machine_did(qtbot: QtBot) -> None:
    side = Side()
    qtbot.addWidget(side)
    lines = (LogLine("2026-11-24T07:28:00Z", "circle-check", "green", "Có biên nhận cho 0423."),)
    back = (ReceivedLine("receipt-text", "Biên nhận", 1, "KB-26-119870"),)
    side.show_view(DeliveryView((), OFF, log=lines, received=back))
    texts = [label.text() for label in side.findChildren(QLabel)]
    assert {"14:28", "Có biên nhận cho 0423.", "Biên nhận", "1", "KB-26-119870"} <= set(texts)
    side.show_view(DeliveryView((), OFF))
    texts = [label.text() for label in side.findChildren(QLabel)]
    assert {"Chưa có gì từ Kho bạc.", "Chưa làm gì từ lúc mở máy."} <= set(texts)


def test_the_line_at_the_bottom_keeps_the_whole_sentence_in_its_tooltip(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    told = "Không có mạng. Hồ sơ vẫn giữ trong máy và tự gửi khi có mạng."
    line.show_link(DeliveryView((), LinkView("offline", told, "2026-11-24T02:42:00Z")))
    assert line._link.text() == "Ngoại tuyến từ 09:42"
    assert line._link.toolTip() == f"Ngoại tuyến từ 09:42. {told}"
    assert line._link.property("tint") == "amber"


def test_a_link_of_an_unknown_state_looks_offline(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_link(DeliveryView((), LinkView("mới", "Đang thử.")))
    assert (line._link.text(), line._link.property("tint")) == ("Đang thử", "amber")
