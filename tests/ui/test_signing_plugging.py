"""Tokens that come and go while the dialog stands open: seen within two seconds, announced, without a jump."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.dossier.errors import VungXaError
from desktop.ui.context import Context
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.token_choice import SLOW, TokenChoice, choose_token
from tests.ui.memory import THANG, Memory
from tests.ui.signing_sample import token
from tests.ui.signing_states import SOON30
from tests.ui.stage import settled

SOON_MS = 2000


@pytest.fixture
def dialog(context: Context, memory: Memory, qtbot: QtBot) -> Iterator[SigningDialog]:
    memory.signing.plugged = []
    made = SigningDialog(context, THANG)
    made.resize(1178, 688)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: settled(made))
    yield made
    made.accept()


def test_on_and_off_are_seen_within_two_seconds_and_the_list_stays_where_it_is(
    dialog: SigningDialog, memory: Memory, qtbot: QtBot
) -> None:
    place, clock = dialog.list.y(), QElapsedTimer()
    for plugged, tint in (([token("p3")], "green"), ([], "amber")):
        clock.start()
        memory.signing.plugged = plugged
        qtbot.waitUntil(lambda now=tint: dialog.banner.property("tint") == now)
        assert clock.elapsed() < SOON_MS
        assert dialog.pin.isEnabled() is bool(plugged)
        assert dialog.list.y() == place


def test_nothing_is_painted_again_while_nothing_changes(dialog: SigningDialog, memory: Memory, qtbot: QtBot) -> None:
    memory.signing.plugged = [token("p3")]
    dialog.find_token()
    qtbot.waitUntil(dialog.pin.isEnabled)
    before = dialog.banner.children()
    for _ in range(2):
        with qtbot.waitSignal(dialog.watch.seen):
            dialog.find_token()
    assert dialog.banner.children() == before


def test_a_half_typed_pin_survives_the_watching(dialog: SigningDialog, memory: Memory, qtbot: QtBot) -> None:
    memory.signing.plugged = [token("p3")]
    dialog.find_token()
    qtbot.waitUntil(dialog.pin.isEnabled)
    dialog.pin.setFocus()
    qtbot.keyClicks(dialog.pin, "123")
    with qtbot.waitSignal(dialog.watch.seen):
        dialog.find_token()
    assert (dialog.pin.text(), dialog.focusWidget()) == ("123", dialog.pin)


def test_a_driver_is_asked_again_only_after_it_answered_and_a_slow_one_is_told(
    dialog: SigningDialog, memory: Memory, qtbot: QtBot
) -> None:
    shown: list[TokenChoice] = []
    dialog.watch.seen.connect(shown.append)
    dialog.watch.stop()
    memory.signing.answered.clear()
    dialog.find_token()
    dialog.find_token()
    assert shown == []
    dialog.watch.slow_ms = 0
    qtbot.waitUntil(lambda: (dialog.find_token(), bool(shown))[1])
    memory.signing.answered.set()
    assert (shown[0].refusal, shown[0].looking) == (SLOW, True)


def test_an_end_that_is_near_is_announced_beside_a_token_that_may_sign(
    dialog: SigningDialog, memory: Memory, qtbot: QtBot
) -> None:
    memory.signing.plugged = [token("p3", expiry="soon30", days_left=12, notice=SOON30)]
    dialog.find_token()
    qtbot.waitUntil(dialog.strips.notice.isVisible)
    assert dialog.strips.notice.accessibleName() == SOON30
    assert dialog.banner.accessibleName().endswith(SOON30)
    assert dialog.pin.isEnabled()


@pytest.mark.parametrize("code", ["no_module", "module_crashed", "token_timeout", "module_wrong_bits"])
def test_a_driver_s_fault_offers_the_doctor_where_there_is_one(
    context: Context, memory: Memory, qtbot: QtBot, code: str
) -> None:
    memory.signing.broken = VungXaError(code, "Trình điều khiển token gặp lỗi. Cài lại.")
    context.places.add("settings")
    made = SigningDialog(context, THANG)
    made.resize(1178, 688)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: settled(made))
    button = next(b for b in made.banner.findChildren(QPushButton) if b.text() == "Khám token")
    with qtbot.waitSignal(context.bus.went) as went:
        button.click()
    assert (went.args, made.isVisible()) == (["settings/tokens"], False)


def test_several_tokens_none_of_them_this_person_s() -> None:
    others = [token("p1", owner="Lò Thị Hạnh"), token("p2", serial="T2", owner="Hà Văn Tuyên")]
    choice = choose_token(others, THANG)
    assert choice.token is None
    assert choice.refusal.startswith("Đang cắm 2 token, chưa token nào của Vi Đình Thắng.")


def test_further_tokens_are_counted_and_left_alone(dialog: SigningDialog, memory: Memory, qtbot: QtBot) -> None:
    choice: Callable[[], TokenChoice] = lambda: choose_token(memory.signing.plugged, THANG)  # noqa: E731
    memory.signing.plugged = [token("p1", serial="T1"), token("p3"), token("p2", serial="T2")]
    assert (choice().others, choice().token.serial) == (2, "T3")


def test_the_token_is_left_alone_once_the_dialog_is_closed(dialog: SigningDialog) -> None:
    dialog.accept()
    assert not dialog.watch._timer.isActive()
