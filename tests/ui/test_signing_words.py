"""The signing dialog's words in each situation: the token, the PIN, how a batch ended."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.dossier.errors import VungXaError
from desktop.dossier.sign_views import SignProgress, TokenView
from desktop.ui.context import Context
from desktop.ui.kit.cells import CELL
from desktop.ui.signing.batch_model import STATE, BatchModel
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.outcome import Outcome, kept
from desktop.ui.signing.pin_foot import BatchState, PinFoot
from desktop.ui.signing.pin_words import KEYBOARD, LOCKS
from desktop.ui.signing.token_banner import TokenBanner
from desktop.ui.signing.token_choice import TokenChoice
from tests.ui.memory import NOW, THANG, Memory
from tests.ui.signing_sample import sign_item, token
from tests.ui.stage import settled, until


def words(widget: object) -> list[str]:
    shown = widget.findChildren(QLabel)  # type: ignore[attr-defined]
    return [label.text() for label in shown if label.text() and label.isVisibleTo(widget)]


@pytest.fixture
def foot(qtbot: QtBot) -> PinFoot:
    made = PinFoot(lambda: None, lambda: None)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("state", "go", "later"),
    [
        (BatchState(12, 0, 0, 12), "Ký 12 hồ sơ", "Để sau"),
        (BatchState(0, 0, 0, 12), "Ký 0 hồ sơ", "Để sau"),
        (BatchState(9, 0, 3, 9), "Ký tiếp 9 hồ sơ", "Để sau"),
        (BatchState(10, 2, 0, 12), "Ký 10 hồ sơ, còn 2 chờ xác nhận", "Để sau"),
        (BatchState(0, 2, 10, 2), "Còn 2 hồ sơ chờ xác nhận", "Để sau"),
        (BatchState(0, 0, 12, 0), "Ký tiếp 0 hồ sơ", "Xong"),
    ],
)
def test_the_buttons_say_verb_object_and_number(foot: PinFoot, state: BatchState, go: str, later: str) -> None:
    foot.show_token(token("p3"))
    foot.show_batch(state)
    assert (foot.go.text(), foot.later.text()) == (go, later)
    assert foot.go.isEnabled() is bool(state.chosen)
    assert foot.go.isHidden() is not bool(state.left)
    assert foot.pin.isEnabled() is bool(state.left)


@pytest.mark.parametrize(("plugged", "running"), [(None, False), (token("p3"), True)])
def test_no_pin_is_taken_without_a_token_or_while_signing(
    foot: PinFoot, plugged: TokenView | None, running: bool
) -> None:
    foot.show_token(plugged)
    foot.show_batch(BatchState(3, 0, 0, 3, running=running))
    assert not foot.pin.isEnabled()
    assert not foot.go.isEnabled()
    assert (foot.later.text() == "Dừng sau hồ sơ này") is running


@pytest.mark.parametrize(
    ("flags", "said", "advice"),
    [
        ({}, "", KEYBOARD),
        ({"pin_low": True}, "Còn ít lần thử mã PIN.", LOCKS),
        ({"pin_final_try": True}, "Chỉ còn 1 lần thử mã PIN.", LOCKS),
        ({"pin_low": True, "pin_final_try": True}, "Chỉ còn 1 lần thử mã PIN.", LOCKS),
        ({"pin_to_change": True}, "Token đòi đổi mã PIN mới trước khi ký.", "Bấm «Đổi mã PIN», rồi nhập mã mới để ký."),
        ({"pin_locked": True}, "Token đã khóa vì sai mã PIN nhiều lần.", None),
    ],
)
def test_what_a_token_reports_is_said_and_never_a_number_it_did_not_give(
    foot: PinFoot, flags: dict[str, bool], said: str, advice: str | None
) -> None:
    foot.show_token(token("p3", **flags))
    assert foot._said.text() == said
    assert advice is None or foot._advice.text() == advice
    assert not re.search(r"\d", foot._said.text().replace("1 lần", ""))


def test_a_wrong_pin_is_weightier_than_few_tries_until_the_next_key(foot: PinFoot, qtbot: QtBot) -> None:
    foot.show_batch(BatchState(3, 0, 0, 3))
    foot.refuse(f"Sai mã PIN. Còn ít lần thử. {LOCKS}")
    foot.show_token(token("p3", pin_low=True))
    assert (foot._said.text(), foot._said.property("tint")) == ("Sai mã PIN.", "red")
    assert foot._advice.text() == f"Còn ít lần thử. {LOCKS}"
    qtbot.keyClicks(foot.pin, "1")
    assert (foot._said.text(), foot._said.property("tint")) == ("Còn ít lần thử mã PIN.", "amber")


@pytest.fixture
def outcome(qtbot: QtBot) -> Outcome:
    made = Outcome()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(("signed", "said"), [(0, "Chưa hồ sơ nào được ký."), (3, "3 hồ sơ ký xong vẫn giữ nguyên.")])
def test_what_is_kept_is_said_in_numbers(signed: int, said: str) -> None:
    assert kept(signed) == said


def test_a_token_pulled_out_says_where_and_what_next(outcome: Outcome) -> None:
    outcome.pulled_out("0431", 5, 7)
    assert "khi đang ký hồ sơ 0431" in outcome.accessibleName()
    assert "Cắm lại token rồi nhập mã PIN để ký 7 hồ sơ còn lại." in outcome.accessibleName()
    assert (outcome.isHidden(), outcome.property("tint")) == (False, "amber")


GONE = SignProgress("d1", "failed", "Hồ sơ đã đổi.")


@pytest.mark.parametrize(
    ("failed", "signed", "left", "held", "stopped", "tint", "begins"),
    [
        ([], 12, 0, 0, False, "green", "Đã ký xong 12 hồ sơ."),
        ([], 3, 9, 0, True, "amber", "Đã dừng theo ý bạn."),
        ([], 12, 0, 0, True, "green", "Đã ký xong 12 hồ sơ."),
        ([], 10, 2, 2, False, "amber", "Đã ký xong 10 hồ sơ."),
        ([("0436", GONE)], 2, 1, 0, False, "red", "1 hồ sơ chưa ký được: 0436."),
        ([("0436", GONE)] * 5, 2, 5, 0, False, "red", "5 hồ sơ chưa ký được."),
    ],
)
def test_how_a_batch_ended(
    outcome: Outcome,
    failed: list[tuple[str, SignProgress]],
    signed: int,
    left: int,
    held: int,
    stopped: bool,
    tint: str,
    begins: str,
) -> None:
    outcome.ended(failed, signed, left, held, stopped)
    assert (outcome.property("tint"), words(outcome)[0]) == (tint, begins)
    assert ("chưa xác nhận người nhận tiền" in outcome.accessibleName()) is bool(held)
    assert ("Hồ sơ đã đổi." in outcome.accessibleName()) is bool(failed)


@pytest.mark.parametrize(
    ("choice", "tint", "spoken"),
    [
        (TokenChoice(None, "Chưa thấy token."), "amber", "Chưa thấy token."),
        (TokenChoice(token("p3"), ""), "green", "Token của Vi Đình Thắng, khớp người đã đăng ký"),
        (
            TokenChoice(token("p1", owner="Lò Thị Hạnh"), "Token này của Lò Thị Hạnh."),
            "red",
            "Token này của Lò Thị Hạnh.",
        ),
    ],
)
def test_the_token_s_strip(qtbot: QtBot, choice: TokenChoice, tint: str, spoken: str) -> None:
    banner = TokenBanner()
    qtbot.addWidget(banner)
    banner.show_choice(choice)
    assert (banner.property("tint"), banner.accessibleName()) == (tint, spoken)


@pytest.mark.parametrize(("days", "said"), [(476, "còn 476 ngày"), (0, "còn 0 ngày"), (-3, "đã hết hạn")])
def test_how_long_a_certificate_lasts(qtbot: QtBot, days: int, said: str) -> None:
    banner = TokenBanner()
    qtbot.addWidget(banner)
    banner.show_choice(TokenChoice(token("p3", days_left=days), ""))
    texts = [label.text() for label in banner.findChildren(QLabel)]
    assert f"14/03/2028, {said}" in texts


def test_a_long_issuer_is_shortened_with_the_whole_in_the_tooltip(qtbot: QtBot) -> None:
    issuer = "Cục Chứng thực số và Bảo mật thông tin, Ban Cơ yếu Chính phủ"
    banner = TokenBanner()
    qtbot.addWidget(banner)
    banner.show_choice(TokenChoice(token("p3", issuer=issuer), ""))
    found = next(label for label in banner.findChildren(QLabel) if label.toolTip() == issuer)
    assert found.text().endswith("…")
    assert len(found.text()) <= 30


def test_a_signed_dossier_shows_its_own_signature_and_keeps_its_tick() -> None:
    model = BatchModel([sign_item(436), sign_item(435)])
    assert model.show_progress(SignProgress("d0436", "signed", at=NOW)) == 0
    step = model.items[0].steps[-1]
    assert (step.name, step.state, step.when) == ("Vi Đình Thắng", "signed", NOW)
    model.toggle(0)
    assert model.index(0, 0).data(CELL).spoken == "đã chọn"
    assert [item.number for item in model.chosen()] == ["0435"]


def test_progress_of_a_dossier_that_is_not_here_changes_nothing() -> None:
    model = BatchModel([sign_item(436)])
    assert model.show_progress(SignProgress("khác", "signed")) == -1
    model.toggle(7)
    assert len(model.chosen()) == 1


@pytest.mark.parametrize(
    ("state", "said", "tint"),
    [
        ("waiting", "Chờ ký", ""),
        ("signing", "Đang ký", "violet"),
        ("signed", "Đã ký 14:05:00", "green"),
        ("failed", "Chưa ký được", "red"),
        ("stopped", "Dừng, chưa ký", "amber"),
    ],
)
def test_each_state_of_a_row(state: str, said: str, tint: str) -> None:
    model = BatchModel([sign_item(436)])
    model.show_progress(SignProgress("d0436", state, at=NOW))
    cell = model.index(0, STATE).data(CELL)
    assert (cell.text, cell.tint) == (said, tint)


@pytest.fixture
def opened(context: Context, qtbot: QtBot, memory: Memory) -> Iterator[Callable[..., SigningDialog]]:
    made: list[SigningDialog] = []

    def build(*plugged: TokenView) -> SigningDialog:
        memory.signing.plugged = list(plugged)
        made.append(SigningDialog(context, THANG))
        qtbot.addWidget(made[0])
        made[0].show()
        until(lambda: settled(made[0]))
        return made[0]

    yield build
    made[0].accept()


def test_the_right_token_plugged_in_later_is_found_by_itself(
    opened: Callable[..., SigningDialog], memory: Memory
) -> None:
    dialog = opened()
    assert not dialog.pin.isEnabled()
    memory.signing.plugged.append(token("p3"))
    dialog.find_token()
    until(dialog.pin.isEnabled)
    assert dialog.banner.property("tint") == "green"


def test_enter_without_a_pin_signs_nothing(opened: Callable[..., SigningDialog], memory: Memory) -> None:
    dialog = opened(token("p3"))
    dialog.sign()
    assert not dialog.running
    assert memory.signing.signed == []


def test_a_driver_that_breaks_down_is_said_in_the_strip_and_forgotten_once_it_works(
    opened: Callable[..., SigningDialog],
) -> None:
    dialog = opened(token("p3"))
    dialog.watch._failed(VungXaError("module_error", "Trình điều khiển token gặp lỗi."))
    assert dialog.banner.accessibleName() == "Trình điều khiển token gặp lỗi."
    assert not dialog.pin.isEnabled()
    dialog.find_token()
    until(dialog.pin.isEnabled)
    assert dialog.outcome.isHidden()


@pytest.mark.parametrize(("width", "shown"), [(1178, True), (1000, True), (999, False)])
def test_in_a_small_window_the_list_has_all_the_room(
    opened: Callable[..., SigningDialog], width: int, shown: bool
) -> None:
    dialog = opened(token("p3"))
    dialog.setMinimumSize(0, 0)
    dialog.resize(width, 600)
    assert dialog.covered.isHidden() is not shown
