"""Signing: whose token, one PIN, progress, and what stays when something goes wrong in the middle."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.dossier.errors import VungXaError
from desktop.dossier.sign_views import TokenView
from desktop.ui.context import Context
from desktop.ui.kit.cells import CELL
from desktop.ui.shell import MainWindow
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.page import SigningPage
from desktop.ui.signing.paper_dialog import PaperDialog
from desktop.ui.signing.token_banner import short_serial
from desktop.ui.signing.token_choice import choose_token
from tests.ui.memory import THANG, Memory
from tests.ui.signing_sample import sign_item, token
from tests.ui.stage import settled


@pytest.fixture
def dialog(context: Context, qtbot: QtBot) -> Iterator[SigningDialog]:
    made = SigningDialog(context, THANG)
    made.resize(1178, 688)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: settled(made))
    yield made
    made.accept()


def states(dialog: SigningDialog) -> list[str]:
    return [dialog.model.progress[item.local_id].state for item in dialog.model.items]


def sign(dialog: SigningDialog, qtbot: QtBot, pin: str = "123456") -> None:
    qtbot.keyClicks(dialog.pin, pin)
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.running)


def says(dialog: SigningDialog) -> str:
    shown = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    return "\n".join(shown)


@pytest.mark.parametrize(
    ("plugged", "refusal"),
    [
        ([], "Chưa thấy token. Cắm token của Vi Đình Thắng vào máy."),
        ([token("p3")], ""),
        ([token("p1", owner="Lò Thị Hạnh"), token("p3")], ""),
        ([token("p1", owner="Lò Thị Hạnh")], "Token này của Lò Thị Hạnh, không phải của Vi Đình Thắng."),
        ([token(None, problem="Chứng thư chưa đăng ký.")], "Chứng thư chưa đăng ký."),
        ([token("p3", problem="Chứng thư đã hết hạn.", days_left=-3)], "Chứng thư đã hết hạn."),
    ],
)
def test_only_the_registered_person_s_sound_token_may_sign(plugged: list[TokenView], refusal: str) -> None:
    choice = choose_token(plugged, THANG)
    assert choice.refusal.startswith(refusal)
    assert bool(choice.refusal) == bool(refusal)
    assert refusal or (choice.token is not None and choice.token.matches_person_id == "p3")


def test_a_serial_number_is_shortened_in_pairs() -> None:
    assert short_serial("54010A7C9912345678339E") == "54 01 0A 7C … 33 9E"
    assert short_serial("0A0b") == "0A 0B"


def test_a_whole_batch_is_signed_with_one_pin(dialog: SigningDialog, qtbot: QtBot, memory: Memory) -> None:
    sign(dialog, qtbot)
    assert states(dialog) == ["signed"] * 12
    assert memory.signing.signed == [item.local_id for item in dialog.model.items]
    assert "Đã ký xong 12 hồ sơ." in says(dialog)
    assert dialog.later.text() == "Xong"


def test_the_pin_is_gone_once_it_was_handed_over(dialog: SigningDialog, qtbot: QtBot) -> None:
    assert dialog.pin.echoMode() is QLineEdit.EchoMode.Password
    sign(dialog, qtbot)
    assert dialog.pin.text() == ""
    assert not dialog.pin.isUndoAvailable()


def test_a_wrong_pin_signs_nothing_and_asks_again(dialog: SigningDialog, qtbot: QtBot, memory: Memory) -> None:
    sign(dialog, qtbot, "000000")
    assert (memory.signing.signed, states(dialog)) == ([], ["waiting"] * 12)
    assert dialog.pin.property("state") == "error"
    assert "Sai mã PIN." in says(dialog)
    assert "Còn ít lần thử. Sai hết, token tự khóa." in says(dialog)
    qtbot.keyClicks(dialog.pin, "1")
    assert "Sai mã PIN." not in says(dialog)


def test_a_token_pulled_out_keeps_what_is_signed(dialog: SigningDialog, qtbot: QtBot, memory: Memory) -> None:
    memory.signing.fail["d0433"] = VungXaError("token_gone", "Token bị rút.")
    sign(dialog, qtbot)
    assert states(dialog) == ["signed"] * 3 + ["stopped"] + ["waiting"] * 8
    assert "khi đang ký hồ sơ 0433" in says(dialog)
    assert "3 hồ sơ ký xong vẫn giữ nguyên." in says(dialog)
    assert dialog.go.text() == "Ký tiếp 9 hồ sơ"
    memory.signing.fail.clear()
    sign(dialog, qtbot)
    assert states(dialog) == ["signed"] * 12


def test_any_other_error_is_said_in_its_own_words(dialog: SigningDialog, qtbot: QtBot, memory: Memory) -> None:
    memory.signing.fail["d0436"] = VungXaError("pin_locked", "Token đã khóa. Mang đến nơi cấp để mở.")
    sign(dialog, qtbot)
    assert "Token đã khóa.\nMang đến nơi cấp để mở. Chưa hồ sơ nào được ký." in says(dialog)


def test_space_unticks_and_the_totals_follow(dialog: SigningDialog, qtbot: QtBot, memory: Memory) -> None:
    dialog.table.choose(1)
    dialog.toggle()
    assert (dialog.list.count.text(), dialog.list.total.text()) == ("11 hồ sơ sẽ ký, 23 tài liệu", "79.008.000 đ")
    assert dialog.model.index(1, 0).data(CELL).spoken == "không chọn"
    sign(dialog, qtbot)
    assert "d0435" not in memory.signing.signed
    assert len(memory.signing.signed) == 11


def test_a_batch_stops_between_two_dossiers(dialog: SigningDialog, qtbot: QtBot, memory: Memory) -> None:
    gate, entered = threading.Event(), threading.Event()

    def hold(local_id: str) -> None:
        if local_id == "d0434":
            entered.set()
            gate.wait(5)

    memory.signing.before = hold
    qtbot.keyClicks(dialog.pin, "123456")
    dialog.sign()
    assert entered.wait(5)
    assert dialog.later.text() == "Dừng sau hồ sơ này"
    dialog.leave()
    gate.set()
    qtbot.waitUntil(lambda: not dialog.running)
    assert states(dialog) == ["signed"] * 2 + ["waiting"] * 10
    assert "Đã dừng theo ý bạn." in says(dialog)


def test_what_is_signed_is_listed_with_its_digests(dialog: SigningDialog, qtbot: QtBot) -> None:
    dialog.table.choose(5)
    for words in ("f55f 16f0 … d114", "7c1c 97df … c3b8", "đến lượt bạn"):
        qtbot.waitUntil(lambda shown=words: shown in says(dialog))


def test_the_exact_paper_opens_with_one_tab_per_document(dialog: SigningDialog, qtbot: QtBot) -> None:
    dialog.look()
    paper = dialog.findChild(PaperDialog)
    qtbot.waitUntil(lambda: paper.tabs.count() == 2)
    names = [paper.tabs.tabText(i) for i in range(paper.tabs.count())]
    assert names == ["Giấy rút dự toán C2-02a/NS", "Bảng kê chứng từ thanh toán.pdf"]
    paper.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: bool(paper.preview._sheets._pages))
    paper.accept()


def test_the_place_lists_each_signer_s_dossiers(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = window.pages["signing"]
    assert isinstance(page, SigningPage)
    qtbot.waitUntil(lambda: not page.reading)
    assert not page.go.isEnabled()
    page._chips["p3"].click()
    assert (page.go.text(), page.go.isEnabled()) == ("Ký 12 hồ sơ", True)
    assert page.covered.accessibleName() == "Bạn đang ký gì"


def test_a_thousand_signatures_are_shown_in_few_pictures(context: Context, memory: Memory, qtbot: QtBot) -> None:
    memory.signing.waiting["p3"] = [replace(sign_item(436), local_id=f"x{i}", number=f"{i:04d}") for i in range(1000)]
    made, pictures = SigningDialog(context, THANG), []
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: settled(made))
    made._run.progressed.connect(lambda told: pictures.append(len(told)))
    sign(made, qtbot)
    assert (made.model.signed_count(), sum(pictures)) == (1000, 2000)
    assert len(pictures) < 200
    made.accept()
