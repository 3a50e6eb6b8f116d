"""The pane beside the list: what each state says and offers."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop.dossier.lifecycle import Facts
from desktop.dossier.views import DossierDetail, FileView, StepView, TimeNote
from desktop.ui.dossiers.detail import DetailPane
from desktop.ui.editor.page import EditorPage
from desktop.ui.shell import MainWindow
from tests.ui.memory import Memory
from tests.ui.sample import HOUR
from tests.ui.states import DUE, LATE

SENT = Facts(submitted=True, steps=2, signed=2, package_id="b" * 64)
RECEIVED = Facts(submitted=True, steps=2, signed=2, package_id="b" * 64, receipt_no="KB-1")
SUPPLEMENT = Facts(submitted=True, steps=2, signed=2, package_id="b" * 64, receipt_no="KB-1", decision="supplement")
REFUSED = Facts(submitted=True, steps=2, signed=2, package_id="b" * 64, refused_code="E-7")
PAID = Facts(submitted=True, steps=2, signed=2, package_id="b" * 64, receipt_no="KB-1", decision="paid")
TO_SIGN = Facts(submitted=True, steps=2, signed=1)

Show = Callable[..., DetailPane]


@pytest.fixture
def show(window: MainWindow, memory: Memory) -> Show:
    """Show dossier 0440 with facts and whatever else its detail holds."""

    def build(facts: Facts, **more: object) -> DetailPane:
        memory.desk.facts["d0440"] = facts
        memory.desk.details["d0440"] = DossierDetail(memory.desk.detail("d0440").row, **more)  # type: ignore[arg-type]
        window.go("dossiers")
        window.dossiers().choose("d0409")
        window.dossiers().choose("d0440")
        return window.dossiers().detail

    return build


def words(pane: DetailPane) -> list[str]:
    return [label.text() for label in pane.findChildren(QLabel) if label.text()]


def offers(pane: DetailPane) -> list[str]:
    return [b.accessibleName() for b in pane.findChildren(QAbstractButton)]


@pytest.mark.parametrize(
    ("facts", "first", "last"),
    [
        (Facts(), "Mở", "Xóa bản soạn"),
        (Facts(errors=2), "Mở", "Xóa bản soạn"),
        (TO_SIGN, "Mở", "Rút về bước soạn"),
        (SENT, "Mở", "Sao chép"),
        (RECEIVED, "Mở", "Sao chép"),
        (SUPPLEMENT, "Tạo bản sửa", "Sao chép"),
        (REFUSED, "Tạo bản sửa", "Sao chép"),
    ],
)
def test_what_can_be_done_in_each_state(show: Show, facts: Facts, first: str, last: str) -> None:
    found = offers(show(facts))
    assert (found[0], found[-1]) == (first, last)


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        (SUPPLEMENT, "Kho bạc yêu cầu bổ sung, lần duy nhất"),
        (REFUSED, "Vì sao không nhận"),
    ],
)
def test_why_it_came_back_is_said_in_the_treasury_s_words(show: Show, facts: Facts, title: str) -> None:
    found = words(show(facts, reason="Thiếu biên bản nghiệm thu."))
    assert title in found
    assert "Thiếu biên bản nghiệm thu." in found


def test_only_known_facts_have_a_line(show: Show) -> None:
    found = words(show(RECEIVED, receipt_no="KB-1", payee="HTX Sông Lát"))
    assert [found[found.index(name) + 1] for name in ("Đơn vị nhận", "Biên nhận")] == ["HTX Sông Lát", "KB-1"]
    assert "Mã số hồ sơ" not in found


@pytest.mark.parametrize(
    ("time", "line"),
    [
        (DUE, "Hạn Kho bạc trả kết quả: thứ Sáu 25/12/2026 (còn 1 ngày làm việc)."),
        (LATE, "Hạn Kho bạc trả kết quả: thứ Sáu 25/12/2026 (quá 2 ngày làm việc)."),
    ],
)
def test_the_day_of_the_answer_is_said_with_its_source(show: Show, time: TimeNote, line: str) -> None:
    pane = show(RECEIVED, time=time)
    found = next(label for label in pane.findChildren(QLabel) if label.text() == line)
    assert found.toolTip() == time.reason
    assert found.property("tint") == ("red" if time is LATE else "")


def test_before_sending_the_time_left_is_said_and_stays_true(show: Show, window: MainWindow, memory: Memory) -> None:
    pane = show(TO_SIGN)
    assert "Kho bạc nhận hồ sơ hôm nay đến 16:00, còn 1 giờ 55 phút." in words(pane)
    later = HOUR._replace(text="Kho bạc nhận hồ sơ hôm nay đến 16:00, còn 1 giờ 54 phút")
    memory.delivery.shown = replace(memory.delivery.shown, time=later)
    window.poll()
    assert f"{later.text}." in words(pane)
    window.dossiers().detail.tick(None)
    assert f"{later.text}." in words(pane)


def test_a_deadline_is_not_overwritten_by_the_hour(show: Show, window: MainWindow) -> None:
    pane = show(RECEIVED, time=DUE)
    window.poll()
    assert f"{DUE.title}: {DUE.text}." in words(pane)
    assert f"{HOUR.text}." not in words(pane)


def test_a_paid_dossier_says_nothing_of_time(show: Show) -> None:
    assert not [text for text in words(show(PAID)) if "Kho bạc nhận hồ sơ" in text or "Hạn" in text]


@pytest.mark.parametrize(("digest", "head"), [("a" * 64, "Tài liệu đã ký (1)"), ("", "Tài liệu (1)")])
def test_documents_are_called_signed_once_they_are_frozen(show: Show, digest: str, head: str) -> None:
    assert head in words(show(SENT, documents=(FileView("Giấy rút dự toán", digest, 1024),)))


def test_each_signer_s_step_is_said_while_it_is_signed(show: Show) -> None:
    steps = (
        StepView("Kế toán trưởng", "Hà Văn Tuyên", "signed", "2026-11-23T02:10:00Z"),
        StepView("Chủ tài khoản", "Vi Đình Thắng", "turn", ""),
    )
    found = words(show(TO_SIGN, steps=steps))
    assert "Hà Văn Tuyên, 23/11 09:10" in found
    assert "đến lượt" in found
    assert "Chữ ký" not in words(show(SENT, steps=steps))


def test_a_dossier_in_signing_is_taken_back(show: Show, window: MainWindow, memory: Memory) -> None:
    pane = show(TO_SIGN)
    next(b for b in pane.findChildren(QAbstractButton) if b.accessibleName() == "Rút về bước soạn").click()
    assert memory.desk.facts["d0440"] == Facts()
    assert window.toast._words.text() == "Đã rút hồ sơ về bước soạn."


def test_a_copy_opens_in_the_editor(show: Show, window: MainWindow, qtbot: QtBot) -> None:
    pane = show(SENT)
    next(b for b in pane.findChildren(QAbstractButton) if b.text() == "Sao chép").click()
    page = window.page()
    assert isinstance(page, EditorPage)
    assert (page.draft.dossier.number, page.draft.dossier.replaces) == ("0443", None)


def test_after_a_deletion_the_cursor_stays_where_it_was(window: MainWindow) -> None:
    page = window.dossiers()
    page.choose("d0440")
    place = page.table.current_row()
    page.delete()
    assert page.table.current_row() == place
    current = page.current()
    assert current is not None
    assert current.number == "0437"


def test_an_emptied_list_empties_the_pane(window: MainWindow, memory: Memory) -> None:
    memory.desk.dossiers.clear()
    window.go("dossiers")
    assert words(window.dossiers().detail) == ["Chọn một hồ sơ trong danh sách để xem chi tiết."]
