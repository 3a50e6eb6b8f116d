"""The small parts every page is made of: what they say aloud, and that no amount is cut off."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QStandardItemModel
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.basic import ElidedLabel, button, clear, column, icon_button, label, row
from desktop.ui.kit.cells import CELL, Cell, CellDelegate, Kind, cell_data, problem_ground
from desktop.ui.kit.scroll import scrolled
from desktop.ui.kit.signs import DOT_WORDS, Badge, Banner, Dot, ThinBar, paint_dot
from desktop.ui.nav import NavBar, Place
from desktop.ui.theme import fit, tokens
from desktop.ui.toast import Toast
from tests.ui.memory import HANH, UNIT


@pytest.mark.parametrize(
    ("cell", "spoken"),
    [
        (Cell(text="0442"), "0442"),
        (Cell(text="Chờ đến lượt", second="Chưa gửi phần nào"), "Chờ đến lượt, Chưa gửi phần nào"),
        (Cell(Kind.DOTS, dots=("signed", "bad", "turn", "waiting")), "đã ký, chữ ký hỏng, đến lượt, chưa đến"),
        (Cell(Kind.PROGRESS, share=0.634), "63 %"),
        (Cell(Kind.TICK, ticked=True), "đã chọn"),
        (Cell(Kind.TICK, ticked=False), "không chọn"),
    ],
)
def test_every_kind_of_cell_is_words_too(cell: Cell, spoken: str) -> None:
    assert cell_data(cell, Qt.ItemDataRole.AccessibleTextRole) == spoken
    assert cell_data(cell, CELL) is cell
    assert cell_data(cell, Qt.ItemDataRole.DecorationRole) is None


def test_text_from_outside_is_never_markup(qtbot: QtBot) -> None:
    made = label("<b>Công ty</b>")
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert made.sizeHint().width() > label("Công ty").sizeHint().width()


def test_a_shortened_line_keeps_its_words_in_the_tooltip(qtbot: QtBot) -> None:
    made = ElidedLabel("Hợp đồng")
    qtbot.addWidget(made)
    made.setText("Hợp đồng số 17/2026 đã ký đủ các bên.pdf")
    made.resize(60, 20)
    assert made.toolTip() == made.text() == "Hợp đồng số 17/2026 đã ký đủ các bên.pdf"
    assert made.minimumSizeHint().width() <= made.sizeHint().width()


def test_buttons_say_what_they_do_and_with_which_keys(qtbot: QtBot) -> None:
    pressed: list[str] = []
    words = button("Thử kết nối", "refresh-cw", run=lambda: pressed.append("words"), hint="F5")
    sign = icon_button("lock", "Khóa màn hình", lambda: pressed.append("sign"))
    for made in (words, sign):
        qtbot.addWidget(made)
        made.click()
    assert pressed == ["words", "sign"]
    assert (words.accessibleName(), words.toolTip()) == ("Thử kết nối", "Thử kết nối (F5)")
    assert (sign.accessibleName(), sign.toolTip()) == ("Khóa màn hình", "Khóa màn hình")


def test_clearing_a_layout_clears_the_layouts_in_it(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    outer, inner = column(host), row()
    inner.addWidget(label("trong"))
    outer.addLayout(inner)
    outer.addWidget(label("ngoài"))
    clear(outer)
    assert outer.count() == 0
    assert host.findChildren(QWidget) == []


def test_a_badge_and_a_banner_say_their_words(qtbot: QtBot) -> None:
    badge, banner = Badge("Đang soạn", "pencil-line", "slate"), Banner("red", "circle-alert", "Đĩa đầy.", "Xóa bớt.")
    for made in (badge, banner):
        qtbot.addWidget(made)
    badge.show_state("Đã thanh toán", "circle-check", "green")
    assert (badge.accessibleName(), badge.property("tint")) == ("Đã thanh toán", "green")
    assert banner.accessibleName() == "Đĩa đầy. Xóa bớt."
    banner.say("amber", "info", "Ngoại tuyến")
    assert (banner.accessibleName(), banner.property("tint")) == ("Ngoại tuyến", "amber")


@pytest.mark.parametrize(("share", "words"), [(-1.0, "0 %"), (0.634, "63 %"), (7.0, "100 %")])
def test_a_bar_stays_between_nothing_and_all(qtbot: QtBot, share: float, words: str) -> None:
    bar = ThinBar()
    qtbot.addWidget(bar)
    bar.set_share(share)
    assert bar.accessibleName() == words


def painted(state: str) -> QImage:
    image = QImage(24, 24, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens().surface))
    painter = QPainter(image)
    paint_dot(painter, 12, 12, 16, state)
    painter.end()
    return image


def test_the_four_dots_differ_in_shape_and_not_in_colour_alone() -> None:
    ink = {state: sum(_dark(painted(state), x, y) for x in range(24) for y in range(24)) for state in DOT_WORDS}
    assert ink["waiting"] < ink["turn"] < min(ink["signed"], ink["bad"])
    assert {Dot(state).accessibleName() for state in DOT_WORDS} == set(DOT_WORDS.values())


def _dark(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y).lightness() < 200


@pytest.mark.parametrize(("problem", "tint"), [("error", "red"), ("warning", "amber")])
def test_a_cell_with_a_problem_has_a_corner_mark(problem: str, tint: str) -> None:
    image = QImage(60, 27, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    problem_ground(painter, QRect(0, 0, 60, 27), problem)
    painter.end()
    look = tokens().tint(tint)
    assert image.pixelColor(1, 1).name() == look.ink.lower()
    assert image.pixelColor(40, 20).name() == look.paper.lower()


def left_edge(text: str, width: int) -> int:
    """The first column of pixels with ink when an amount is painted into a cell."""
    image, option = QImage(width, 28, QImage.Format.Format_RGB32), QStyleOptionViewItem()
    model = QStandardItemModel(1, 1)
    model.setData(model.index(0, 0), Cell(Kind.MONEY, text), CELL)
    option.rect = QRect(0, 0, width, 28)  # type: ignore[attr-defined]
    painter = QPainter(image)
    CellDelegate().paint(painter, option, model.index(0, 0))
    painter.end()
    return min(x for x in range(width) for y in range(26) if image.pixelColor(x, y).lightness() < 128)


def test_a_long_amount_is_drawn_smaller_and_not_cut() -> None:
    normal, wide = left_edge("99.999.999.999", 102), left_edge("99.999.999.999", 140)
    assert normal >= CellDelegate.pad
    assert 102 - normal < 140 - wide


@pytest.mark.parametrize(("name", "reached"), [("", False), ("Máy đã làm gì", True)])
def test_a_scrolling_column_is_reached_by_key_when_it_has_a_name(qtbot: QtBot, name: str, reached: bool) -> None:
    area, box = scrolled((0, 0, 0, 0), 4, name)
    qtbot.addWidget(area)
    box.addWidget(label("x"))
    assert (area.focusPolicy() is Qt.FocusPolicy.TabFocus) is reached
    assert area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_a_window_is_never_larger_than_what_is_behind_it(qtbot: QtBot) -> None:
    behind, made = QWidget(), QWidget()
    for widget in (behind, made):
        qtbot.addWidget(widget)
    behind.resize(500, 300)
    made.setParent(behind, Qt.WindowType.Dialog)
    fit(made, 1178, 688)
    assert (made.width(), made.height()) == (500, 300)


def test_a_confirmation_is_taken_back_once(qtbot: QtBot) -> None:
    host, back = QWidget(), []
    qtbot.addWidget(host)
    toast = Toast(host)
    toast.say("Đã xóa bản soạn.", lambda: back.append("back"))
    toast._undo.click()
    toast._undo.click()
    assert back == ["back"]
    assert toast.isHidden()


@pytest.mark.parametrize(("undo", "hidden"), [(None, False), (lambda: None, True)])
def test_what_belongs_to_a_page_that_is_gone_cannot_be_taken_back(qtbot: QtBot, undo: object, hidden: bool) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    toast = Toast(host)
    toast.say("Đã nhập 30 dòng.", undo)  # type: ignore[arg-type]
    toast.forget()
    assert toast.isHidden() is hidden


def test_the_places_say_their_counts_wide_and_narrow(qtbot: QtBot) -> None:
    went: list[str] = []
    nav = NavBar(
        UNIT,
        (HANH.name, "Người lập"),
        (Place("one", "Số dư & dự toán", "wallet"), Place("two", "Ký số", "pen-line")),
        lambda: None,
    )
    qtbot.addWidget(nav)
    nav.went.connect(went.append)
    nav.set_count("two", 3)
    nav.set_count("không có", 9)
    nav.set_wide(False)
    one, two = nav._buttons.values()
    assert (one.text(), one.toolTip()) == ("", "Số dư & dự toán")
    assert two.accessibleName() == "Ký số, 3 việc"
    nav.set_wide(True)
    assert one.text().strip() == "Số dư && dự toán"
    two.click()
    assert went == ["two"]
