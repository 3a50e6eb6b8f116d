"""New and changed payees: told to everyone, stood for by the last signer one by one, never skipped silently."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.dossier.sign_views import SignItem
from desktop.ui.context import Context
from desktop.ui.kit.cells import CELL
from desktop.ui.signing.batch_model import STATE, BatchModel
from desktop.ui.signing.covered import Covered, CoveredDialog
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.news import NewsDialog, NewsLine
from tests.ui.memory import THANG, Memory
from tests.ui.signing_sample import CHANGES, NEWS, SITTING, many_news, sign_item, with_news
from tests.ui.stage import settled

Open = Callable[..., SigningDialog]


def words(widget: object) -> str:
    shown = widget.findChildren(QLabel)  # type: ignore[attr-defined]
    return "\n".join(label.text() for label in shown if label.isVisibleTo(widget))


def lines(dialog: SigningDialog) -> list[NewsLine]:
    return dialog.covered.findChildren(NewsLine)


@pytest.fixture
def opened(context: Context, memory: Memory, qtbot: QtBot) -> Iterator[Open]:
    made: list[SigningDialog] = []

    def build(*items: SignItem) -> SigningDialog:
        memory.signing.waiting["p3"] = list(items)
        made.append(SigningDialog(context, THANG))
        made[0].resize(1178, 688)
        qtbot.addWidget(made[0])
        made[0].show()
        qtbot.waitUntil(lambda: settled(made[0]))
        return made[0]

    yield build
    made[0].accept()


def sign(dialog: SigningDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.pin, "123456")
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.running)


def test_the_button_says_how_many_wait_for_somebody_to_stand_for_their_payees(opened: Open) -> None:
    dialog = opened(with_news(436), sign_item(435))
    assert dialog.go.text() == "Ký 1 hồ sơ, còn 1 chờ xác nhận"
    assert dialog.list.count.text() == "1 hồ sơ sẽ ký, 1 tài liệu"
    assert dialog.model.index(0, STATE).data(CELL).text == "Xác nhận 2 người"


def test_those_nobody_stood_for_are_left_out_in_words(opened: Open, qtbot: QtBot, memory: Memory) -> None:
    dialog = opened(with_news(436), sign_item(435))
    sign(dialog, qtbot)
    assert memory.signing.signed == ["d0435"]
    assert "1 hồ sơ chưa ký vì chưa xác nhận người nhận tiền mới hoặc đổi." in words(dialog)
    assert (dialog.go.text(), dialog.go.isEnabled()) == ("Còn 1 hồ sơ chờ xác nhận", False)


def test_each_payee_is_stood_for_by_itself_and_the_keys_go_with_the_batch(
    opened: Open, qtbot: QtBot, memory: Memory
) -> None:
    dialog = opened(with_news(436), sign_item(435))
    first, second = lines(dialog)
    qtbot.mouseClick(first.box, Qt.MouseButton.LeftButton)
    assert dialog.go.text() == "Ký 1 hồ sơ, còn 1 chờ xác nhận"
    second.box.setFocus()
    qtbot.keyClick(second.box, Qt.Key.Key_Space)
    assert dialog.go.text() == "Ký 2 hồ sơ"
    sign(dialog, qtbot)
    assert memory.signing.signed == ["d0436", "d0435"]
    assert memory.signing.stood == {"d0436": ("k1", "k2")}
    assert memory.signing.shown == {"d0436": "mark of d0436", "d0435": "mark of d0435"}


def test_a_click_on_the_words_ticks_and_a_second_takes_it_back(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(with_news(436))
    for expected in (frozenset({"k1"}), frozenset()):
        qtbot.mouseClick(lines(dialog)[0], Qt.MouseButton.LeftButton, pos=lines(dialog)[0].rect().center())
        assert dialog.model.stood_for("d0436") == expected


def test_a_box_says_the_whole_sentence_to_a_screen_reader(opened: Open) -> None:
    dialog = opened(with_news(436))
    assert [line.box.accessibleName() for line in lines(dialog)] == [f"Xác nhận: {news.text}" for news in NEWS]


def test_who_is_not_last_is_told_and_not_asked(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(with_news(436, must_acknowledge=False))
    assert [line.box for line in lines(dialog)] == [None, None]
    qtbot.waitUntil(lambda: NEWS[1].text in words(dialog.covered))  # Qt shows what was just laid out a little later
    assert dialog.go.text() == "Ký 1 hồ sơ"


def test_a_long_list_of_payees_is_stood_for_in_a_window_of_its_own(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(with_news(436, news=many_news(115)))
    assert lines(dialog) == []
    more = next(b for b in dialog.covered.findChildren(QPushButton) if "115" in b.text())
    more.click()
    asked = dialog.findChild(NewsDialog)
    asked.table.setFocus()
    qtbot.keyClick(asked.table, Qt.Key.Key_Space)
    assert (asked._left.text(), dialog.model.stood_for("d0436")) == ("Còn 114 người chưa xác nhận", {"n0"})
    asked.every.click()
    assert (asked._left.text(), dialog.go.text()) == ("Đã xác nhận tất cả", "Ký 1 hồ sơ")
    asked.accept()


def test_what_changed_since_the_last_payment_is_said_in_sentences(qtbot: QtBot) -> None:
    panel = Covered(lambda: None)
    qtbot.addWidget(panel)
    panel.show_item(with_news(436, same_sitting=SITTING))
    said = words(panel)
    for sentence in (*CHANGES, "Hồ sơ 0399, 20/10/2026", "Trả cho 12 người nhận", SITTING):
        assert sentence in said


def test_a_dossier_of_another_machine_says_so(qtbot: QtBot) -> None:
    panel = Covered(lambda: None)
    qtbot.addWidget(panel)
    panel.show_item(sign_item(436, came_from="PC-KETOAN"))
    assert "Hồ sơ nhận từ máy «PC-KETOAN», ký xong thì chuyển lại máy đó." in words(panel)
    assert BatchModel([sign_item(436, came_from="PC-KETOAN")]).index(0, 2).data(CELL).text.startswith("Từ PC-KETOAN:")


def test_a_dossier_that_cannot_be_read_is_not_shown_as_if_it_were_empty(qtbot: QtBot) -> None:
    panel = Covered(lambda: None)
    qtbot.addWidget(panel)
    panel.show_item(sign_item(436, documents=(), steps=()))
    assert "Hồ sơ này chưa đọc được nên không ký được." in words(panel)
    assert "Chữ ký gắn với đúng 0" not in words(panel)


def test_in_a_small_window_enter_opens_the_panel_and_its_boxes_count(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(with_news(436))
    dialog.setMinimumSize(0, 0)
    dialog.resize(940, 540)
    assert not dialog.list.details.isHidden()
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    panel = dialog.findChild(CoveredDialog).panel
    for line in panel.findChildren(NewsLine):
        line.box.click()
    assert dialog.go.text() == "Ký 1 hồ sơ"
