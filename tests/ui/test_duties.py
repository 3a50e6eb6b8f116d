"""What the window offers each duty: one real window on a real store, whose user gets one duty after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QToolButton, QWidget

from desktop.demo.unit import PEOPLE, UNIT
from desktop.dossier.duties import MAY, Act, Duty, for_whom
from desktop.dossier.lifecycle import State
from desktop.dossier.users import User
from desktop.opened import OpenUnit, open_unit
from desktop.store.store import Store
from desktop.ui.dossiers.page import DossiersPage
from desktop.ui.editor.fields import LineInput
from desktop.ui.editor.form_view import FormView
from desktop.ui.editor.page import EditorPage
from desktop.ui.kit.allowing import DECLARED, act_of
from desktop.ui.settings.backup_section import BackupSection
from desktop.ui.settings.page import SettingsPage
from desktop.ui.shell import PLACES, MainWindow
from desktop.ui.signing.away_dialog import AwayDialog
from desktop.ui.signing.page import SigningPage
from tests.contract.store_kit import CHEAP, PASSWORD
from tests.ui.stage import until


class Offer(NamedTuple):
    """A button as it stands."""

    act: Act | None
    enabled: bool
    tip: str


Found = dict[tuple[str, str], Offer]

BY_PLACE = {
    "dossiers": {
        "Nhập tệp": Act.DRAFT, "Từ hồ sơ tháng trước": Act.DRAFT, "Lập hồ sơ": Act.DRAFT, "Sao chép": Act.DRAFT,
        "Tạo bản sửa": Act.DRAFT, "Xóa bản soạn": Act.DRAFT, "In bộ giấy…": Act.SUBMIT, "In": Act.EXPORT,
        "Rút về bước soạn": Act.WITHDRAW,
    },
    "signing": {
        "Ký số": Act.SIGN, "Chuyển máy khác ký…": Act.SIGN, "Nhận hồ sơ từ USB…": Act.SIGN,
        "Bảng kê trình ký": Act.EXPORT,
    },
    "delivery": {"Tạm dừng": Act.SEND, "Gửi gói này ngay": Act.SEND, "Tạm dừng gói này": Act.SEND},
    "balances": {
        "In": Act.EXPORT, "Xuất Excel": Act.EXPORT, "Nhập dự toán bổ sung": Act.MONEY, "Lập bảng đối chiếu": Act.MONEY,
        "Đảo bút toán": Act.MONEY,
    },
    "papers": {"Xuất danh sách": Act.EXPORT},
    "settings": {
        "Xuất danh sách": Act.EXPORT, "Nhật ký": Act.JOURNAL, "Thêm người dùng": Act.USERS, "Mã khôi phục…": Act.KEYS,
        "Thôi mật khẩu chung…": Act.USERS, "Tự khóa…": Act.SETTINGS, "Sửa tên, nhiệm vụ…": Act.USERS,
        "Đặt mật khẩu…": Act.USERS, "Ngừng…": Act.USERS, "Xóa khỏi đơn vị…": Act.USERS, "Thêm người ký": Act.SIGNERS,
        "Khai chứng thư…": Act.SIGNERS, "Ủy quyền…": Act.SIGNERS, "Sửa tên, chức danh…": Act.SIGNERS,
        "Thôi đăng ký…": Act.SIGNERS, "Ghi tệp hỗ trợ…": Act.EXPORT, "Chọn tệp trình điều khiển…": Act.SETTINGS,
        "Thêm gốc…": Act.TRUST, "Nhập tệp…": Act.TRUST, "Đổi nơi cấp, số ngày…": Act.TRUST,
        "Hỏi lại khi có mạng": Act.TRUST, "Chọn nơi lưu…": Act.BACKUP, "Sao lưu ngay": Act.BACKUP,
    },
}  # fmt: skip
"""What each place offers, by its words, and what it is."""
OFFERED = {(place, words): act for place, here in BY_PLACE.items() for words, act in here.items()}
ALWAYS = {
    ("dossiers", "Lập hồ sơ"), ("dossiers", "In"), ("delivery", "Tạm dừng"), ("settings", "Thêm người dùng"),
    ("settings", "Thêm người ký"), ("settings", "Nhật ký"), ("settings", "Tự khóa…"), ("signing", "Nhận hồ sơ từ USB…"),
}  # fmt: skip
"""What stands ready for whoever may, whatever is chosen."""
FOR_ALL = {
    "dossiers": {"Mở"},
    "signing": {"Xem hồ sơ ở máy khác", "Bạn đang ký gì", "Xem đúng bản sẽ ký"},
    "delivery": {"Thử kết nối", "Mở hồ sơ", "Chép nhật ký"},
    "balances": {"Mở bảng", "Xem bảng số thay biểu đồ (F6)"},
    "papers": set[str](),
    "settings": {"Khám token", "Khởi động lại trình điều khiển", "Kiểm tra toàn bộ", "Dừng", "Dừng khám", "Bỏ lọc"}
    | {"Hỏi cả Kho bạc", "Kiểm tra nhật ký"},
}
"""What anybody may do; the last two stand in a section that is shut to others."""
KEYS = {
    ("", "Ctrl+N"): Act.DRAFT, ("", "Ctrl+T"): Act.SEND, ("dossiers", "Ctrl+E"): Act.EXPORT,
    ("dossiers", "Ctrl+P"): Act.EXPORT, ("signing", "Ctrl+Return"): Act.SIGN, ("delivery", "Ctrl+Return"): Act.SEND,
    ("balances", "Ctrl+E"): Act.EXPORT, ("balances", "Ctrl+P"): Act.EXPORT, ("papers", "Ctrl+E"): Act.EXPORT,
    ("settings", "Ctrl+E"): Act.EXPORT,
}  # fmt: skip
KEYS_FOR_ALL = {"Ctrl+F", "F3", "F5", "F6", "Ctrl+L", *(f"Ctrl+{number}" for number in range(2, 8))}
PARTS = {"users": "u1", "people": PEOPLE[0].person_id, "tokens": "", "trust": "", "backup": "", "data": ""}


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[OpenUnit]:
    del qapp
    store = Store.create(tmp_path_factory.mktemp("duties") / "unit", PASSWORD, UNIT, PEOPLE, kdf=CHEAP)
    store.users.save(User(user_id="u1", name="Lò Văn Páo", duties=(Duty.ADMINISTRATOR,)), "")
    store.users.save(User(user_id="u2", name="Hờ A Dia", duties=(Duty.PREPARER,)), "u1")
    running = open_unit(store, PEOPLE[0], user_id="u2", send=False)
    running.window.context.services.desk.create("C2-02a/NS")
    running.window.show()
    yield running
    running.close()


def seat(unit: OpenUnit, duty: Duty) -> MainWindow:
    """Give the user of the window, which stays open, this duty and no other."""
    unit.store.users.save(User(user_id="u2", name="Hờ A Dia", duties=(duty,)), "u1")
    unit.window.go("dossiers")
    unit.window.page().problem.hide()
    unit.window.context.bus.changed.emit()
    return unit.window


def in_place(name: str, page: QWidget) -> Found:
    """Every button of a place that does something, by its words; figures in them do not count."""
    found: Found = {}
    for one in [*page.findChildren(QPushButton), *page.findChildren(QToolButton)]:
        words = re.sub(r" \d+ hồ sơ| \d+", "", one.accessibleName() or one.text())
        act = one.property(DECLARED)
        if act or (words and one.property("k") and not one.isCheckable() and words != "Đóng thông báo"):
            found[name, words] = Offer(Act(act) if act else None, one.isEnabled(), one.toolTip())
    return found


@pytest.fixture(scope="module")
def offers(unit: OpenUnit) -> Callable[[Duty], Found]:
    """Looks through the window once for each duty."""
    return cache(partial(offered, unit))


def offered(unit: OpenUnit, duty: Duty) -> Found:
    """Everything every place offers to one duty, with a line chosen and each state of a dossier in turn."""
    window, found = seat(unit, duty), Found()
    for place in PLACES:
        window.go(place.name)
        page = window.page()
        if isinstance(page, SettingsPage):
            found |= settings_offer(page)
        elif isinstance(page, DossiersPage):
            found |= dossiers_offer(page)
        else:
            found |= in_place(place.name, page)
    return found


def dossiers_offer(page: DossiersPage) -> Found:
    found: Found = {}
    detail = page._desk.detail(page.model.row_at(0).local_id)  # type: ignore[union-attr]
    for state in State:
        status = replace(detail.row.status, state=state)
        page.detail.show_detail(replace(detail, row=replace(detail.row, status=status)))
        found |= in_place("dossiers", page)
    return found


def settings_offer(page: SettingsPage) -> Found:
    found: Found = {}
    for part, key in PARTS.items():
        page.show_part(part)
        section = page.section()
        if key:
            until(lambda section=section: section.list().model.rowCount() > 0)
            section.list().choose(key)
        if part == "tokens":
            section.turn_to(section.lists[2])
        section.show_chosen(section.list().key)
        found |= in_place("settings", page)
    return found


def test_every_command_says_what_it_is(offers: Callable[[Duty], Found]) -> None:
    """A new button is one of those anybody may press, or says whose it is: otherwise it stands here as left over."""
    found = offers(Duty.ADMINISTRATOR)
    unsaid = [key for key, one in found.items() if one.act is None and key[1] not in FOR_ALL[key[0]]]
    assert unsaid == []
    told = {key: one.act for key, one in found.items()}
    assert {key: told.get(key) for key in OFFERED} == OFFERED


@pytest.mark.parametrize("duty", Duty)
def test_what_a_duty_may_not_do_is_grey_and_says_whose_it_is(offers: Callable[[Duty], Found], duty: Duty) -> None:
    found = offers(duty)
    for key, one in found.items():
        held = one.act is not None and one.act not in MAY[duty]
        assert (one.act is not None and for_whom(one.act) in one.tip) is held, key
        assert not (held and one.enabled), key
    free = {key for key, one in found.items() if one.act in MAY[duty] and one.enabled}
    assert free >= {key for key in ALWAYS if OFFERED[key] in MAY[duty]}


def test_every_key_says_what_it_is(unit: OpenUnit) -> None:
    for place in PLACES:
        unit.window.go(place.name)
    places = [("", unit.window), *((place.name, unit.window.pages[place.name]) for place in PLACES)]
    told = {
        (name, one.key().toString()): one.property(DECLARED)
        for name, widget in places
        for one in widget.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)
    }
    assert {key: act for key, act in told.items() if act} == KEYS
    assert {keys for (_, keys), act in told.items() if not act} <= KEYS_FOR_ALL


@pytest.mark.parametrize(("place", "keys"), [key for key, act in KEYS.items() if act not in MAY[Duty.VIEWER]])
def test_keys_of_others_only_say_whose_they_are(unit: OpenUnit, place: str, keys: str) -> None:
    window, act = seat(unit, Duty.VIEWER), KEYS[place, keys]
    if place:
        window.go(place)
    before = unit.store.journal.head()
    key = QKeySequence(keys)[0]
    QTest.keyClick(window.page(), key.key(), key.keyboardModifiers())
    assert window.page().problem.accessibleName().startswith(for_whom(act).rstrip("."))
    assert (window.findChildren(QDialog), unit.store.journal.head()) == ([], before)


DROPS = [("signing", Act.SIGN, "a.vxky"), ("settings", Act.TRUST, "a.vxtrust")]


@pytest.mark.parametrize(("place", "act", "name"), DROPS)
@pytest.mark.parametrize("duty", [Duty.PREPARER, Duty.ADMINISTRATOR])
def test_a_file_is_taken_only_where_it_may_be(
    unit: OpenUnit, tmp_path: Path, place: str, act: Act, name: str, duty: Duty
) -> None:
    window = seat(unit, duty)
    window.go(place if place == "signing" else "settings/trust")
    page = window.page()
    over = page.section() if isinstance(page, SettingsPage) else page
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event = QDragEnterEvent(QPoint(1, 1), Qt.DropAction.CopyAction, carried, *keys)
    event.ignore()
    QApplication.sendEvent(over, event)
    assert event.isAccepted() is (act in MAY[duty])


@pytest.mark.parametrize("duty", Duty)
def test_who_signs_sees_the_button_others_do_not(unit: OpenUnit, duty: Duty) -> None:
    window = seat(unit, duty)
    window.go("signing")
    page = window.page()
    assert isinstance(page, SigningPage)
    until(lambda: not page.reading)
    assert page.go.isHidden() is (Act.SIGN not in MAY[duty])


@pytest.mark.parametrize("duty", Duty)
def test_only_who_drafts_may_change_a_draft(unit: OpenUnit, duty: Duty) -> None:
    window, (editor, view) = seat(unit, duty), opened(unit)
    saved, may = unit.store.drafts.get(editor.draft.local_id), Act.DRAFT in MAY[duty]
    lines = [one for one in view.inputs.values() if isinstance(one, LineInput)]
    assert lines
    assert {one.isReadOnly() for one in (*lines, editor.title)} == {not may}
    assert {box.isEnabled() for ticks in view.ticks.values() for box in ticks.boxes.values()} <= {may}
    assert {grid.grid.spare for grid in view.grids.values()} == {int(may)}
    assert [one.isHidden() for one in (editor.submit_button, editor.more, editor.frozen)] == [not may, not may, may]
    QTest.keyClicks(view.inputs["payee_name"], "Ai do")
    assert editor.keep()
    assert (unit.store.drafts.get(editor.draft.local_id) != saved) is may
    assert editor.unsaved.isHidden()
    window.go("dossiers")


def opened(unit: OpenUnit) -> tuple[EditorPage, FormView]:
    row = unit.window.dossiers().model.row_at(0)
    assert row is not None
    unit.window.open_dossier(row.local_id)
    editor = unit.window.page()
    assert isinstance(editor, EditorPage)
    view = editor.views[0]
    assert isinstance(view, FormView)
    view.inputs["payee_name"].setFocus()
    return editor, view


def test_a_viewer_is_told_so_and_copies(unit: OpenUnit) -> None:
    seat(unit, Duty.VIEWER)
    editor, _view = opened(unit)
    assert editor.frozen.accessibleName().startswith("Bạn chỉ xem hồ sơ này")
    assert for_whom(Act.DRAFT).rstrip(".") in editor.frozen.accessibleName()
    editor.title.setText("Mua giấy in")
    editor.title.selectAll()
    QTest.keyClick(editor.title, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Mua giấy in"


def test_what_opens_only_now_and_then_says_it_too() -> None:
    assert [act_of(run) for run in (BackupSection.ask_restore, AwayDialog.take_back, AwayDialog.drop_guest)] == [
        Act.RESTORE, Act.WITHDRAW, Act.WITHDRAW,
    ]  # fmt: skip
