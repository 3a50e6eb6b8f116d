"""A hand-over at the window: what goes out, what a file brings, both sides of a conflict, and nothing merged."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QInputDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.dossier.handover_views import HandoverOutcome
from desktop.ui.context import Context
from desktop.ui.kit.cells import CELL
from desktop.ui.signing.away_dialog import AwayDialog
from desktop.ui.signing.hand_out_dialog import HandOutDialog
from desktop.ui.signing.handover_dialog import HandoverDialog
from desktop.ui.signing.page import SigningPage
from tests.ui.memory import THANG, Memory
from tests.ui.signing_sample import AWAY, HANDOVER, PROBLEM


@pytest.fixture
def page(context: Context, memory: Memory, qtbot: QtBot) -> Iterator[SigningPage]:
    memory.handover.views["usb.vxky"] = HANDOVER
    made = SigningPage(context)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    read(made, qtbot)
    made.choose_person(THANG)
    yield made
    for dialog in made.findChildren(QDialog):
        dialog.reject()


def read(page: SigningPage, qtbot: QtBot) -> None:
    page.refresh()
    qtbot.waitUntil(lambda: not page.reading)


def words(widget: object) -> str:
    shown = widget.findChildren(QLabel)  # type: ignore[attr-defined]
    return "\n".join(label.text() for label in shown if label.isVisibleTo(widget))


@pytest.fixture
def incoming(page: SigningPage, qtbot: QtBot) -> HandoverDialog:
    page.handing.look_at(Path("usb.vxky"))
    qtbot.waitUntil(lambda: page.findChild(HandoverDialog) is not None)
    found = page.findChild(HandoverDialog)
    assert found is not None
    return found


def test_what_is_ticked_goes_out_and_the_code_is_shown(
    page: SigningPage, memory: Memory, qtbot: QtBot, tmp_path: Path
) -> None:
    page._toggle()
    page.out.click()
    dialog = page.findChild(HandOutDialog)
    assert dialog.go.text() == "Chuyển 11 hồ sơ…"
    dialog.write(tmp_path / "di.vxky")
    qtbot.waitUntil(dialog.ended.isVisible)
    assert dialog.ended.accessibleName().startswith("Đã ghi 11 hồ sơ ra di.vxky.")
    assert dialog.code.accessibleName() == "Mã đối chiếu 0 4 7 1   0 8 1 5"
    assert memory.handover.calls[0][:2] == ("out", "d0435")


def test_a_file_that_cannot_be_written_is_said_and_can_be_tried_again(page: SigningPage, qtbot: QtBot) -> None:
    page.out.click()
    dialog = page.findChild(HandOutDialog)
    dialog.write(Path("/khong/co/di.vxky"))
    qtbot.waitUntil(dialog.ended.isVisible)
    assert dialog.ended.property("tint") == "red"
    assert dialog.go.isEnabled()


def test_what_is_away_is_listed_but_not_signed_here(page: SigningPage, memory: Memory, qtbot: QtBot) -> None:
    memory.handover.away = list(AWAY)
    read(page, qtbot)
    row = next(i for i, item in enumerate(page.model.items) if item.local_id == "d0431")
    assert page.model.index(row, 2).data(CELL).text.startswith("Ở máy khác:")
    assert page.model.index(row, 0).data(CELL).ticked is None
    page.model.toggle(row)
    assert page.go.text() == "Ký 11 hồ sơ"
    assert "1 hồ sơ đang ở máy khác để ký." in page.away.accessibleName()


def test_a_file_is_shown_before_anything_is_taken(incoming: HandoverDialog, memory: Memory) -> None:
    assert memory.handover.calls == []
    assert [incoming.model.index(row, 4).data(CELL).text for row in range(4)] == [
        "Sẽ nhận để ký",
        "Đã có ở máy này",
        "Hai máy khác nhau",
        "Không nhận được",
    ]
    assert incoming.go.text() == "Nhận 1 hồ sơ"
    assert "0471 0815" in words(incoming)


def test_a_conflict_comes_first_with_both_sides(incoming: HandoverDialog) -> None:
    assert incoming.table.current_row() == 2
    said = words(incoming.detail)
    assert "Ở máy này\nTrình ký lúc 24/11 09:10, 1 chữ ký.\nSố tiền 7.407.000 đ." in said
    assert "Trong tệp\nTrình ký lúc 23/11 15:02, 1 chữ ký.\nSố tiền 7.047.000 đ." in said


@pytest.mark.parametrize(("gives_up", "replaced", "taken"), [(False, (), 1), (True, ("d0434",), 2)])
def test_nothing_is_replaced_unless_a_person_gives_it_up(
    incoming: HandoverDialog, memory: Memory, qtbot: QtBot, gives_up: bool, replaced: tuple[str, ...], taken: int
) -> None:
    if gives_up:
        incoming.detail.findChild(QCheckBox).click()
    assert incoming.go.text() == f"Nhận {taken} hồ sơ"
    incoming.go.click()
    qtbot.waitUntil(incoming.ended.isVisible)
    assert memory.handover.calls == [("take", *replaced)]
    assert incoming.ended.accessibleName().startswith(f"Đã nhận {taken} hồ sơ, {3 - taken} hồ sơ để nguyên.")
    assert PROBLEM in words(incoming)


def test_what_is_refused_says_why(incoming: HandoverDialog, qtbot: QtBot) -> None:
    incoming.table.choose(3)
    qtbot.waitUntil(lambda: "Chữ ký của kế toán trưởng trong tệp không còn đúng." in words(incoming.detail))
    assert incoming.model.dossiers[3].outcome is HandoverOutcome.REFUSED


def test_a_broken_file_is_said_on_the_page(page: SigningPage, qtbot: QtBot) -> None:
    page.handing.look_at(Path("hong.vxky"))
    qtbot.waitUntil(page.problem.isVisible)
    assert page.problem.accessibleName() == "Tệp này bị hỏng. Chép lại từ máy kia rồi mở lại."


def test_a_locked_file_asks_for_its_passphrase(page: SigningPage, memory: Memory, qtbot: QtBot) -> None:
    memory.handover.passphrase = "bốn chữ để nhớ"
    page.handing.look_at(Path("usb.vxky"))
    qtbot.waitUntil(lambda: page.findChild(QInputDialog) is not None)
    asked = page.findChild(QInputDialog)
    asked.setTextValue("bốn chữ để nhớ")
    asked.accept()
    qtbot.waitUntil(lambda: page.findChild(HandoverDialog) is not None)


@pytest.mark.parametrize(("name", "opens"), [("usb.vxky", True), ("anh.png", False)])
def test_a_file_can_be_dropped_on_the_page(page: SigningPage, qtbot: QtBot, name: str, opens: bool) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(f"/media/usb/{name}")])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(QPoint(50, 50)), Qt.DropAction.CopyAction, dropped, buttons, keys)
    page.dropEvent(event)
    QApplication.processEvents()
    if opens:
        qtbot.waitUntil(lambda: page.findChild(HandoverDialog) is not None)
    assert (page.findChild(HandoverDialog) is not None) is opens


@pytest.mark.parametrize(("place", "button", "call"), [(0, "back", ("back", "d0431")), (1, "drop", ("drop", "d0390"))])
def test_what_travels_can_be_taken_back_or_put_away(
    page: SigningPage, memory: Memory, qtbot: QtBot, place: int, button: str, call: tuple[str, str]
) -> None:
    memory.handover.away = list(AWAY)
    page.handing.show_lines(AWAY)
    dialog = page.findChild(AwayDialog)
    dialog.table.choose(place)
    getattr(dialog, button).click()
    qtbot.waitUntil(lambda: len(dialog.model.lines) == 1)
    assert memory.handover.calls == [call]


def test_guests_go_back_together(page: SigningPage, memory: Memory, qtbot: QtBot, tmp_path: Path) -> None:
    page.handing.show_lines(AWAY)
    dialog = page.findChild(AwayDialog)
    dialog.table.choose(1)
    assert dialog.send.text() == "Chuyển lại 1 hồ sơ…"
    dialog.send.click()
    out = dialog.findChild(HandOutDialog)
    out.write(tmp_path / "ve.vxky")
    qtbot.waitUntil(out.ended.isVisible)
    assert memory.handover.calls == [("out", "d0390")]


def test_warnings_stand_over_the_list(page: SigningPage, memory: Memory, qtbot: QtBot) -> None:
    assert page.late.isHidden()
    memory.warnings = ["3 gói đã ký chưa có dấu thời gian sau 7 ngày. Nối mạng.", "Chứng thư còn 12 ngày. Gia hạn."]
    read(page, qtbot)
    assert "Chứng thư còn 12 ngày. Gia hạn." in page.late.accessibleName()


def test_the_digest_holds_what_is_ticked(page: SigningPage, memory: Memory, qtbot: QtBot, tmp_path: Path) -> None:
    page._toggle()
    with qtbot.waitSignal(page._context.bus.said):
        page.digest.write(tmp_path / "bk.pdf", page.person, [item.local_id for item in page.model.marked()])
    assert memory.signing.digests == [("p3", tuple(item.local_id for item in page.model.items[1:]))]


def test_the_dialog_begins_with_what_is_ticked_on_the_page(page: SigningPage) -> None:
    page._toggle()
    assert page.model.unticked() == {"d0436"}
