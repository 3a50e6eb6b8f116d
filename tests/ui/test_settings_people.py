"""«Người ký»: told, searched, sorted, exported, changed in dialogs; what the desk refuses stays in the dialog."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dossier.errors import VungXaError
from desktop.dossier.people import Role
from desktop.dossier.people_views import DelegationEdit, PersonEdit
from desktop.dossier.registration import Scope
from desktop.ui.kit.cells import CELL
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.page import SettingsPage
from desktop.ui.settings.people_lines import sign_of
from tests.ui.memory import Memory
from tests.ui.settings_sample import PEOPLE, certificate
from tests.ui.stage import until


@pytest.fixture
def page(settings: SettingsPage, memory: Memory) -> SettingsPage:
    settings.show_part("people")
    until(lambda: settings.people.shown == memory.settings.people.shown)
    return settings


def names(page: SettingsPage) -> list[str]:
    model = page.section().list().model
    return [str(model.index(row, 0).data(CELL).text) for row in range(model.rowCount())]


def said(widget: QWidget) -> str:
    return " | ".join(made.text() for made in widget.findChildren(QLabel))


def press(widget: QWidget, words: str) -> None:
    next(one for one in widget.findChildren(QPushButton) if one.text().startswith(words)).click()


def dialog(page: SettingsPage) -> AskDialog:
    return page.findChildren(AskDialog)[-1]


@pytest.mark.parametrize(
    ("state", "words", "tint"),
    [("good", "Còn hạn", "green"), ("soon60", "Còn 44 ngày", "amber"), ("over", "Đã hết hạn", "red")],
)
def test_a_certificate_is_a_word_and_a_colour(state: str, words: str, tint: str) -> None:
    shown = sign_of(certificate("1", "A", 44, state))
    assert (shown[0], shown[2]) == (words, tint)


def test_none_and_waiting_are_said_first() -> None:
    waiting = certificate("1", "A", 44, "soon60", awaiting=True)
    assert (sign_of(None)[0], sign_of(waiting)[0]) == ("Chưa khai", "Chờ Mẫu 24")


def test_what_ends_and_what_is_to_do_stands_on_top(page: SettingsPage) -> None:
    assert "còn 15 ngày" in page.people.expiry.accessibleName()
    assert "Mẫu 24 của hồ sơ 0398" in page.people.tasks.accessibleName()


@pytest.mark.parametrize(
    ("text", "found"),
    [("ha van", ["Hà Văn Tuyên"]), ("tuq thang", ["Sùng A Páo"]), ("chua khai", ["Giàng Thị Mỷ"]), ("xyz", [])],
)
def test_a_search_needs_no_diacritics(page: SettingsPage, text: str, found: list[str]) -> None:
    page.search.setText(text)
    until(lambda: page.people.people.model.text == text)
    assert names(page) == found


@pytest.mark.parametrize("tab", range(3))
def test_every_column_sorts_both_ways(page: SettingsPage, tab: int) -> None:
    page.people.tabs.setCurrentIndex(tab)
    shown = page.people.list()
    for section in range(shown.model.columnCount()):
        shown.table.horizontalHeader().sectionClicked.emit(section)
        once = [line.sorts[section] for line in shown.model.lines]
        shown.table.horizontalHeader().sectionClicked.emit(section)
        assert [line.sorts[section] for line in shown.model.lines] == once[::-1]
        assert once == sorted(once)  # type: ignore[type-var]


def test_the_list_is_written_as_it_is_narrowed(page: SettingsPage, tmp_path: Path) -> None:
    page.search.setText("ke toan")
    until(lambda: len(page.people.people.model.lines) == 1)
    page.export_to(written := tmp_path / "a.csv")
    until(written.exists)
    lines = written.read_text("utf-8").splitlines()
    assert lines == ["Họ tên|Chức danh|Chứng thư|Đến ngày", "Hà Văn Tuyên|Kế toán trưởng|Còn 15 ngày|09/12/2026"]


def test_a_person_is_added_with_the_certificate_plugged_in(page: SettingsPage, memory: Memory, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.people.commands[0], Qt.MouseButton.LeftButton)
    made = dialog(page)
    qtbot.keyClicks(made.name, "Giang Thi My")  # type: ignore[attr-defined]
    made.now.click()  # type: ignore[attr-defined]
    until(lambda: bool(made.pick.found))  # type: ignore[attr-defined]
    made.roles[Role.PREPARER].click()  # type: ignore[attr-defined]
    made.submit()
    until(lambda: bool(memory.settings.people.did))
    assert memory.settings.people.did == [("add", PersonEdit("Giang Thi My", (Role.PREPARER,)), "e" * 64, False)]


def test_nobody_gets_a_certificate_unasked(page: SettingsPage, memory: Memory) -> None:
    page.people.add()
    made = dialog(page)
    made.name.setText("  Lý   A Dế ")  # type: ignore[attr-defined]
    made.submit()
    until(lambda: bool(memory.settings.people.did))
    assert memory.settings.people.did == [("add", PersonEdit("Lý A Dế", ()), "", False)]


def test_two_titles_that_sign_in_a_row_cannot_be_one_persons(page: SettingsPage) -> None:
    page.people.add()
    made = dialog(page)
    for role in (Role.PREPARER, Role.ACCOUNT_HOLDER):
        made.roles[role].setChecked(True)  # type: ignore[attr-defined]
    assert not made.go.isEnabled()
    made.reject()


def test_another_name_must_be_confirmed(page: SettingsPage, memory: Memory) -> None:
    page.people.people.choose("p5")
    press(page.people.pane, "Khai chứng thư")
    made = dialog(page)
    until(lambda: bool(made.pick.found))  # type: ignore[attr-defined]
    states = []
    for digit, confirm in (("e", False), ("1", False), ("f", False), ("f", True)):
        made.pick.list.choose(digit * 64)  # type: ignore[attr-defined]
        made.pick.confirm.setChecked(confirm)  # type: ignore[attr-defined]
        states.append(made.go.isEnabled())
    assert states == [True, False, False, True]
    made.submit()
    until(lambda: bool(memory.settings.people.did))
    assert memory.settings.people.did == [("certificate", "p5", "f" * 64, True)]


def test_a_certificate_may_come_from_a_file(page: SettingsPage) -> None:
    page.people.people.choose("p5")
    page.people.give_certificate()
    pick = dialog(page).pick  # type: ignore[attr-defined]
    until(lambda: bool(pick.found))
    pick.take_file(Path("anh.png"))
    until(lambda: pick.said.isVisible())
    pick.take_file(Path("moi.cer"))
    until(lambda: pick.chosen.where == "moi.cer")
    dialog(page).reject()


def test_a_refusal_stays_in_the_dialog(page: SettingsPage, memory: Memory) -> None:
    memory.settings.people.refuse = VungXaError("last_person", "Đơn vị phải còn ít nhất một người. Thêm người khác.")
    page.people.end_person()
    made = dialog(page)
    made.submit()
    until(made.problem.isVisible)
    assert made.isVisible()
    assert "ít nhất một người" in made.problem.accessibleName()
    made.reject()


def test_ending_says_what_stays_good_and_the_list_follows(page: SettingsPage, memory: Memory) -> None:
    page.people.people.choose("p4")
    press(page.people.pane, "Thôi đăng ký")
    made = dialog(page)
    assert "vẫn có giá trị" in said(made)
    made.reason.setText("Nghỉ hưu")  # type: ignore[attr-defined]
    made.submit()
    until(lambda: "Sùng A Páo" not in names(page))
    assert memory.settings.people.did == [("end", "p4", "Nghỉ hưu")]


def test_a_delegation_with_days_and_scope(page: SettingsPage, memory: Memory) -> None:
    page.people.people.choose("p3")
    page.people.delegate()
    made = dialog(page)
    made.to.setCurrentIndex(made.to.findData("p4"))  # type: ignore[attr-defined]
    made.roles[Role.HEAD_OF_UNIT].setChecked(False)  # type: ignore[attr-defined]
    typed = {
        "start": "1/12/2026",
        "until": "31/12/2026",
        "document": "15/QĐ",
        "forms": "16; M17",
        "amount": "50.000.000",
    }
    for name, words in typed.items():
        getattr(made, name).setText(words)
    made.submit()
    until(lambda: bool(memory.settings.people.did))
    scope = Scope(forms=("M16", "M17"), max_amount=50_000_000)
    wanted = DelegationEdit("p3", "p4", "2026-12-01", "2026-12-31", "15/QĐ", (Role.ACCOUNT_HOLDER,), scope)
    assert memory.settings.people.did == [("delegate", wanted)]


@pytest.mark.parametrize(("name", "words"), [("until", "31/13/2026"), ("amount", "năm triệu"), ("start", "")])
def test_what_is_no_day_and_no_amount_is_told(page: SettingsPage, memory: Memory, name: str, words: str) -> None:
    page.people.delegate()
    made = dialog(page)
    getattr(made, name).setText(words)
    made.submit()
    assert made.problem.isVisible()
    assert memory.settings.people.did == []
    made.reject()


def test_only_a_standing_delegation_ends(page: SettingsPage, memory: Memory) -> None:
    page.people.tabs.setCurrentIndex(1)
    page.people.delegations.choose("2")
    page.people.end_delegation()
    assert page.findChildren(AskDialog) == []
    page.people.delegations.choose("1")
    press(page.people.pane, "Kết thúc")
    dialog(page).submit()
    until(lambda: memory.settings.people.did == [("end_delegation", 1, "")])


def test_who_waited_is_accepted_with_one_button(page: SettingsPage, memory: Memory) -> None:
    page.people.people.choose("p4")
    press(page.people.pane, "Kho bạc đã chấp nhận")
    until(lambda: memory.settings.people.did == [("accepted", "p4")])


def test_the_pane_follows_the_cursor(page: SettingsPage, qtbot: QtBot) -> None:
    page.people.people.choose("p1")
    page.people.people.focus()
    qtbot.keyClick(page.people.people.table, Qt.Key.Key_Down)
    assert said(page.people.pane).startswith(PEOPLE.people[1].name)
